package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A guided session on a terminal, from its first question to its end. */
@FunctionalInterface
public interface FrontEnd {

    /** Returns the exit code that {@link ExitCode} has for how the session ended. */
    int run(Path root, Look look) throws ProjectException, InterruptedException;

    /**
     * How the user wants it to look.
     *
     * @param theme a theme's name or a file, where they said
     * @param resume whether to go on with an unfinished session without asking
     * @param notice what a screen says before the first question, as Markdown lines; empty for nothing
     */
    record Look(Optional<String> theme, Color color, boolean resume, List<String> notice) {

        public Look {
            notice = List.copyOf(notice);
        }
    }

    /** Whether colours are used. */
    enum Color {
        /** Where the terminal has them and {@code NO_COLOR} is not set. */
        AUTO,
        ALWAYS,
        NEVER
    }
}
