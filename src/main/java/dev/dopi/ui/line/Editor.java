package dev.dopi.ui.line;

import dev.dopi.ui.view.EditorCommand;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a file for the user to change it. */
@FunctionalInterface
interface Editor {

    /** Returns what went wrong, as a sentence; empty where the user came back. */
    String edit(Path file, int line) throws InterruptedException;

    /** The editor that the environment names, on the terminal that this program has. */
    static String ofTheUser(Path file, int line) throws InterruptedException {
        EditorCommand editor = EditorCommand.of(System.getenv());
        try {
            return editor.problem(new ProcessBuilder(editor.on(file, line))
                    .inheritIO()
                    .start()
                    .waitFor());
        } catch (IOException e) {
            return "The editor cannot be started: " + e.getMessage() + ".";
        }
    }
}
