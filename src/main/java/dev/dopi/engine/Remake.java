package dev.dopi.engine;

import dev.dopi.edit.FileChange;
import dev.dopi.project.Project;
import java.util.List;
import java.util.Optional;

/** Makes what was applied again, on another state of the project. */
@FunctionalInterface
interface Remake {

    /** For entries of which nobody knows how they were made. */
    Remake NEVER = (_, _) -> Optional.empty();

    /** Returns what {@code choice} comes to on {@code project}, or empty where it comes to nothing there. */
    Optional<Made> make(Choice choice, Project project);

    /**
     * What a choice came to.
     *
     * @param refusals how many sentences say that something could not be done
     */
    record Made(List<FileChange> changes, int refusals) {

        public Made {
            changes = List.copyOf(changes);
        }
    }
}
