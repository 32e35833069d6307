package dev.dopi.analysis;

import dev.dopi.project.Diagnostic;
import dev.dopi.project.Project;
import dev.dopi.project.WranglerConfig;
import java.util.List;
import java.util.Optional;

/** Says of a class that a configuration names, and that could not be found, what is wrong. */
final class Missing {

    private final Project project;
    private final List<Diagnostic> diagnostics;

    Missing(Project project, List<Diagnostic> diagnostics) {
        this.project = project;
        this.diagnostics = diagnostics;
    }

    /** Reports that nothing declares the class. */
    void report(WranglerConfig config, Optional<Module> entry, WranglerConfig.Named named) {
        Optional<String> language = otherLanguage(config);
        if (language.isPresent()) {
            diagnostics.add(Diagnostic.warning(
                    config.path(),
                    named.line(),
                    "The class %s is written in %s, which is not supported yet."
                            .formatted(named.className(), language.get())));
            return;
        }
        String where = entry.map(module -> module.path() + " does not export it")
                .orElseGet(() -> config.main()
                        .map(main -> main
                                + " is not there, or cannot be read, and no script in the Worker's folder declares it")
                        .orElse("the configuration names no main and no script in its folder declares it"));
        diagnostics.add(Diagnostic.error(
                config.path(),
                named.line(),
                "The class %s is %s, but %s.".formatted(named.className(), how(named), where)));
    }

    /** Reports that the class is there, in {@code file}, and is out of reach. */
    void unexported(WranglerConfig config, Module entry, WranglerConfig.Named named, String file) {
        diagnostics.add(Diagnostic.error(
                config.path(),
                named.line(),
                "The class %s is %s and declared in %s, but %s does not export it; export it there."
                        .formatted(named.className(), how(named), file, entry.path())));
    }

    /** Reports the bindings to classes of Workers that are not in the project, which nothing can be said of. */
    void elsewhere(WranglerConfig config, List<WranglerConfig> all) {
        for (WranglerConfig.Binding binding : config.bindings()) {
            binding.scriptName()
                    .filter(script -> all.stream().noneMatch(other -> other.isCalled(script)))
                    .ifPresent(script -> diagnostics.add(Diagnostic.info(
                            config.path(),
                            binding.line(),
                            "%s is bound to %s of the Worker %s, which is not in this project."
                                    .formatted(binding.name(), binding.className(), script))));
        }
    }

    private static String how(WranglerConfig.Named named) {
        return named.bound() ? "bound here" : "declared here";
    }

    private Optional<String> otherLanguage(WranglerConfig config) {
        if (config.main().filter(main -> main.endsWith(".py")).isPresent()) {
            return Optional.of("Python");
        }
        String cargo = config.folder().isEmpty() ? "Cargo.toml" : config.folder() + "/Cargo.toml";
        return project.read(cargo).map(_ -> "Rust");
    }
}
