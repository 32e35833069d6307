package dev.dopi.project;

/** A configuration file that cannot be parsed. The message says what is wrong, without the place. */
final class MalformedConfigException extends Exception {

    private final int line;
    private final int column;

    MalformedConfigException(String what, int line, int column) {
        super(what);
        this.line = line;
        this.column = column;
    }

    /** Returns this as something to tell the user, whose file {@code path} should have been {@code language}. */
    Diagnostic toDiagnostic(String path, String language) {
        var where = line > 0 ? ", line %d column %d".formatted(line, column) : "";
        return Diagnostic.error(
                path,
                line,
                "not valid %s: %s%s; correct it and run dopi again".formatted(language, getMessage(), where));
    }
}
