package dev.dopi.engine;

/** The project cannot be opened, read or written as asked. The message is a whole sentence for the user. */
public final class ProjectException extends Exception {

    private final Kind kind;

    public ProjectException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong, as far as an exit code tells. */
    public enum Kind {
        /** Wrong use, or a project that cannot be understood. */
        USAGE,
        /** A file was not as shown, or could not be written; nothing was changed, or all was put back. */
        REFUSED
    }
}
