package dev.dopi.pattern;

/**
 * What a finding is about: a class, or a Worker as a whole.
 *
 * @param worker the path of the Worker's configuration, or empty
 * @param className empty for the Worker as a whole
 */
public record Subject(String worker, String className) {

    public String label() {
        return className.isEmpty() ? "worker" : className;
    }
}
