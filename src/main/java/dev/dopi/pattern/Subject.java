package dev.dopi.pattern;

/**
 * What a finding is about: a class, or a Worker as a whole.
 *
 * @param worker the path of the Worker's configuration, or empty
 * @param className empty for the Worker as a whole
 */
public record Subject(String worker, String className) {

    /** Returns the class's name; for a Worker its {@link #place()}, or the word worker where that says nothing. */
    public String label() {
        if (!className.isEmpty()) {
            return className;
        }
        return place().isEmpty() ? "worker" : place();
    }

    /** Returns where the Worker is: its folder, or its configuration where that has a name of its own; empty for the usual one at the top. */
    public String place() {
        return worker.replaceFirst("(^|/)wrangler\\.(jsonc|json|toml)$", "");
    }
}
