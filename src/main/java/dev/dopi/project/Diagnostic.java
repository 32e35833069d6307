package dev.dopi.project;

/**
 * Something about the user's project that is worth saying and is not dopi's fault.
 *
 * @param file relative to the root, or empty where it is about the project as a whole
 * @param line counted from one; 0 where it is about the file as a whole
 * @param message one sentence: what, and what to do where that is known
 */
public record Diagnostic(Severity severity, String file, int line, String message) {

    /** How much it matters. An error means that some of the project could not be understood. */
    public enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    public static Diagnostic error(String file, int line, String message) {
        return new Diagnostic(Severity.ERROR, file, line, message);
    }

    public static Diagnostic warning(String file, int line, String message) {
        return new Diagnostic(Severity.WARNING, file, line, message);
    }

    public static Diagnostic info(String file, int line, String message) {
        return new Diagnostic(Severity.INFO, file, line, message);
    }

    /** Returns {@code file:line}, or as much of it as there is. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }
}
