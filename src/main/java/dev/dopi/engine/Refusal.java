package dev.dopi.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/** The sentences with which writing is refused: what, where, and what to do. */
final class Refusal {

    private Refusal() {}

    static ProjectException because(String sentence) {
        return new ProjectException(ProjectException.Kind.REFUSED, sentence);
    }

    static ProjectException stale(String file, String what) {
        return because(file + " " + what + "; nothing was written. Run the analysis again.");
    }

    static ProjectException cannotWrite(String file, String why) {
        return because(file + " cannot be written (" + why + "); nothing was written.");
    }

    static ProjectException stateFolder(Path folder, IOException cause) {
        // Whose journal is there already must not be sent to another place: what can be undone is known here alone.
        String remedy = Files.isWritable(folder)
                ? "Make room there, then try again."
                : "Set DOPI_STATE_HOME to a folder that you can write.";
        return because("dopi cannot keep its journal in %s (%s); nothing was changed. %s"
                .formatted(folder, reason(cause), remedy));
    }

    static ProjectException damaged(Path record, IOException cause) {
        return because(
                "The journal record %s cannot be read (%s); nothing was changed.".formatted(record, reason(cause)));
    }

    static ProjectException busy() {
        return because(
                "Another dopi is writing in this project; nothing was changed. Wait until it is done, then try again.");
    }

    static ProjectException interrupted(Operation operation) {
        return because(
                "An earlier dopi was interrupted while it was %s %s; nothing was changed. Finish that or roll it back first, with dopi resume."
                        .formatted(
                                operation.kind() == Interrupted.Kind.APPLY ? "applying" : "undoing",
                                String.join(", ", Workspace.patterns(operation))));
    }

    static ProjectException putBack(IOException cause, List<String> leftAlone) {
        String except = leftAlone.isEmpty()
                ? "everything was put back as it was."
                : "everything was put back as it was, except %s, which something else changed meanwhile."
                        .formatted(String.join(", ", leftAlone));
        return because("%s could not be written (%s); %s".formatted(file(cause), reason(cause), except));
    }

    static ProjectException notPutBack(IOException cause, IOException second) {
        return because(
                "%s could not be written (%s), and %s could not be put back (%s). Make room or give permission, then run dopi resume."
                        .formatted(file(cause), reason(cause), file(second), reason(second)));
    }

    static ProjectException notSettled(IOException cause) {
        return because("%s could not be written (%s). Make room or give permission, then run dopi resume."
                .formatted(file(cause), reason(cause)));
    }

    private static String file(IOException cause) {
        return cause instanceof FileSystemException system && system.getFile() != null ? system.getFile() : "A file";
    }

    /** Returns what went wrong in a few words, without the path. */
    static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "there is no such file or folder";
            case FileAlreadyExistsException _ -> "a file is in the way";
            case NotDirectoryException _ -> "it is not a folder";
            case FileSystemLoopException _ -> "its symbolic links run in a circle";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
