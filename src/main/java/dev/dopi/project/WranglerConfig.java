package dev.dopi.project;

import dev.dopi.source.Paths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What one wrangler configuration file says of one Worker, environments merged in.
 *
 * @param path the file's path, relative to the root
 * @param main the entry file's path relative to the root, as configured; it may not exist (build output)
 * @param bindings the Durable Object bindings of the top level and of every {@code env.*}, without repeats
 * @param classes the classes that {@code migrations} or {@code exports} declare and that still exist, by their last name
 */
public record WranglerConfig(
        String path,
        Format format,
        Optional<String> name,
        Optional<String> main,
        Optional<String> compatibilityDate,
        List<String> compatibilityFlags,
        List<Binding> bindings,
        List<DeclaredClass> classes) {

    /** The names that wrangler looks for by itself, first come first served. */
    public static final List<String> NAMES = List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");

    public WranglerConfig {
        compatibilityFlags = List.copyOf(compatibilityFlags);
        bindings = List.copyOf(bindings);
        classes = List.copyOf(classes);
    }

    /** How the file is written. */
    public enum Format {
        JSONC,
        JSON,
        TOML
    }

    /**
     * A name under which the Worker reaches a class.
     *
     * @param scriptName the other Worker that holds the class, where it is not this one
     * @param environment the {@code env.*} it stands in, or empty for the top level
     * @param line where the binding stands in the file, counted from one
     */
    public record Binding(
            String name, String className, Optional<String> scriptName, Optional<String> environment, int line) {}

    /** A class with a life of its own, and what its objects store their data in. */
    public record DeclaredClass(String className, Backend backend, int line) {}

    /** What an object's storage is made of. A class that was deployed with one cannot change to the other. */
    public enum Backend {
        SQLITE,
        KV
    }

    /**
     * A class that the Worker must hold.
     *
     * @param bound whether a binding names it, and not only what declares classes
     */
    public record Named(String className, int line, boolean bound) {}

    /** Returns the classes that the Worker must hold, each with the line that says so; those of other Workers are none. */
    public List<Named> named() {
        var names = new LinkedHashMap<String, Named>();
        bindings.stream()
                .filter(binding ->
                        binding.scriptName().isEmpty() || binding.scriptName().equals(name))
                .forEach(binding ->
                        names.putIfAbsent(binding.className(), new Named(binding.className(), binding.line(), true)));
        classes.forEach(declared ->
                names.putIfAbsent(declared.className(), new Named(declared.className(), declared.line(), false)));
        return List.copyOf(names.values());
    }

    /** Returns whether {@code script} names this Worker, or one of its environments. */
    public boolean isCalled(String script) {
        return name.filter(own -> script.equals(own) || script.startsWith(own + "-"))
                .isPresent();
    }

    /** Returns the Workers among {@code all} that bind {@code className} of this one, by name. */
    public List<String> boundBy(String className, List<WranglerConfig> all) {
        return all.stream()
                .filter(other -> !other.path().equals(path))
                .filter(other -> other.bindings().stream()
                        .anyMatch(binding -> binding.className().equals(className)
                                && binding.scriptName().filter(this::isCalled).isPresent()))
                .map(other -> other.name().orElse(other.path()))
                .distinct()
                .toList();
    }

    /** Returns whether the file at {@code path} lies in this Worker's folder and in that of no Worker within it. */
    public boolean holds(String path, List<WranglerConfig> all) {
        return Paths.isUnder(folder(), path)
                && all.stream()
                        .map(WranglerConfig::folder)
                        .noneMatch(other -> other.length() > folder().length() && Paths.isUnder(other, path));
    }

    /** Returns the folder of the file, relative to the root; empty for the root itself. */
    public String folder() {
        return Paths.folder(path);
    }

    public Optional<Backend> backendOf(String className) {
        return classes.stream()
                .filter(declared -> declared.className().equals(className))
                .map(DeclaredClass::backend)
                .findFirst();
    }
}
