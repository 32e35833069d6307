package dev.dopi.project;

import dev.dopi.project.WranglerConfig.Binding;
import dev.dopi.project.WranglerConfig.DeclaredClass;
import dev.dopi.project.WranglerConfig.Format;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what one wrangler configuration file says of its Worker. */
final class WorkerReading {

    private static final Set<String> TELLING = Set.of(
            "name",
            "main",
            "compatibility_date",
            "durable_objects",
            "migrations",
            "exports",
            "env",
            "build",
            "assets",
            "pages_build_output_dir");

    private final SourceFile file;
    private final Settings settings;
    private final ConfigValue.Members root;
    private final Map<String, ConfigValue.Members> environments;

    WorkerReading(SourceFile file, Format format) throws MalformedConfigException {
        this.file = file;
        this.settings = new Settings(file, parserOf(format));
        this.root = settings.root();
        this.environments = settings.tables(settings.members(root, "env"));
    }

    static ConfigParser parserOf(Format format) {
        return format == Format.TOML ? ConfigParser.TOML : ConfigParser.JSONC;
    }

    /** Returns whether the file configures a Worker at all: other tools' files have names like wrangler's, too. */
    boolean describesWorker() {
        return root.byName().keySet().stream().anyMatch(TELLING::contains);
    }

    /** Returns what was odd so far; complete once {@link #config} has been called. */
    List<Diagnostic> diagnostics() {
        return settings.diagnostics();
    }

    WranglerConfig config(Format format) {
        Optional<String> name = text(root, "name");
        List<Binding> bindings = bindings(name);
        return new WranglerConfig(
                file.path(),
                format,
                name,
                main(),
                text(root, "compatibility_date"),
                settings.texts(root, "compatibility_flags").stream()
                        .map(ConfigValue.Text::text)
                        .toList(),
                bindings,
                classes(bindings));
    }

    private Optional<String> text(ConfigValue.Members in, String key) {
        return settings.text(in, key).map(ConfigValue.Text::text);
    }

    private Optional<String> main() {
        Optional<ConfigValue.Text> own = settings.text(root, "main");
        if (own.isEmpty()) {
            own = environments.values().stream()
                    .flatMap(environment -> settings.text(environment, "main").stream())
                    .findFirst();
        }
        if (own.isPresent()) {
            return inProject(own.get(), own.get().text());
        }
        // Wrangler 1 named the built module, within its upload folder.
        ConfigValue.Members upload = settings.members(settings.members(root, "build"), "upload");
        return settings.text(upload, "main")
                .flatMap(main -> inProject(main, text(upload, "dir").orElse("dist") + "/" + main.text()));
    }

    /** Returns {@code path}, as written in the file, relative to the root. */
    private Optional<String> inProject(ConfigValue.Text setting, String path) {
        var steps = new ArrayDeque<String>();
        int slash = file.path().lastIndexOf('/');
        String whole = slash < 0 ? path : file.path().substring(0, slash) + "/" + path;
        boolean escapes = path.startsWith("/");
        for (String step : whole.split("/", -1)) {
            if (step.equals("..")) {
                escapes |= steps.pollLast() == null;
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        String inside = String.join("/", steps);
        boolean folder = Paths.isUnder(inside, file.path());
        if (escapes || folder) {
            settings.warn(
                    settings.line(setting, "main"),
                    "\"main\" is \"%s\", which is no file inside the folder that dopi was opened on; open one that holds it"
                            .formatted(setting.text()));
            return Optional.empty();
        }
        return Optional.of(inside);
    }

    private List<Binding> bindings(Optional<String> worker) {
        var found = new LinkedHashMap<List<String>, Binding>();
        collect(root, Optional.empty(), worker, found);
        environments.forEach((name, environment) -> collect(environment, Optional.of(name), worker, found));
        return new ArrayList<>(found.values());
    }

    private void collect(
            ConfigValue.Members scope,
            Optional<String> environment,
            Optional<String> worker,
            Map<List<String>, Binding> found) {
        Set<String> own = ownNames(scope, environment, worker);
        for (ConfigValue.Members entry : settings.tables(settings.members(scope, "durable_objects"), "bindings")) {
            Optional<String> name = text(entry, "name");
            Optional<ConfigValue.Text> className = settings.text(entry, "class_name");
            if (name.isEmpty() || className.isEmpty()) {
                settings.warn(
                        settings.line(entry, "bindings"),
                        "a Durable Object binding lacks its \"name\" or \"class_name\"; it was ignored");
                continue;
            }
            String target = className.get().text();
            Optional<String> script = text(entry, "script_name").filter(other -> !own.contains(other));
            int line = settings.toml()
                    .map(lines -> lines.binding(environment, target))
                    .orElse(className.get().line());
            found.putIfAbsent(
                    List.of(name.get(), target, script.orElse("")),
                    new Binding(name.get(), target, script, environment, line));
        }
    }

    /** Returns the names under which a Worker may speak of itself: an environment's gets the environment's after it. */
    private Set<String> ownNames(ConfigValue.Members scope, Optional<String> environment, Optional<String> worker) {
        var names = new HashSet<String>();
        worker.ifPresent(names::add);
        text(scope, "name").ifPresent(names::add);
        environment.ifPresent(suffix -> worker.ifPresent(name -> names.add(name + "-" + suffix)));
        return names;
    }

    private List<DeclaredClass> classes(List<Binding> bindings) {
        var histories = new ArrayList<ClassHistory>();
        histories.add(ClassHistory.of(settings, root));
        environments.values().forEach(environment -> histories.add(ClassHistory.of(settings, environment)));
        if (histories.stream().anyMatch(ClassHistory::declaresAnything)) {
            for (Binding binding : bindings) {
                if (binding.scriptName().isEmpty()
                        && histories.stream().noneMatch(history -> history.knows(binding.className()))) {
                    settings.warn(
                            binding.line(),
                            "%s is bound to %s, which neither \"migrations\" nor \"exports\" declares; add it there"
                                    .formatted(binding.name(), binding.className()));
                }
            }
        }
        return ClassHistory.merge(histories);
    }
}
