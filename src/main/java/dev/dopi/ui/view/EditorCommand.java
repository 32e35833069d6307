package dev.dopi.ui.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The editor that the user's environment names, and how it is started.
 *
 * <p>No name of a file is ever part of what a shell reads.
 */
public record EditorCommand(String editor) {

    /** Returns what {@code VISUAL} says, else {@code EDITOR}, else vi. */
    public static EditorCommand of(Map<String, String> environment) {
        return new EditorCommand(List.of("VISUAL", "EDITOR").stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("vi"));
    }

    /** Returns the words that open {@code file}, at {@code line} where the editor is known to understand that. */
    public List<String> on(Path file, int line) {
        String program = editor.strip().split("\\s+", -1)[0];
        // Elsewhere it would be the name of a file.
        boolean jumps = program.substring(program.lastIndexOf('/') + 1)
                .matches("(n?vim?|nvi|nano|emacs|emacsclient|micro|kak|mg|joe|jed)");
        // Through a shell, because the variable may hold options.
        String script = editor + (jumps ? " +" + line : "") + " \"$1\"";
        return List.of("sh", "-c", script, "sh", file.toString());
    }

    /** Returns what to say of how it ended; empty where it ended well. */
    public String problem(int status) {
        return status == 0 ? "" : "The editor \"" + editor + "\" ended with exit code " + status + ".";
    }
}
