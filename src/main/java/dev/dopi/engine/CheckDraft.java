package dev.dopi.engine;

import dev.dopi.engine.Check.Obstacle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The words or the obstacle of one check, and the folder that it is about. */
record CheckDraft(Path folder, List<String> command, Optional<Obstacle> obstacle) {

    static CheckDraft of(Path folder, List<String> command) {
        return new CheckDraft(folder, command, Optional.empty());
    }

    /** There is nothing to check. */
    static CheckDraft nothing(Path folder, String reason) {
        return new CheckDraft(folder, List.of(), Optional.of(new Obstacle(reason, false)));
    }

    /** What would check it is not there. */
    static CheckDraft missing(Path folder, String reason) {
        return new CheckDraft(folder, List.of(), Optional.of(new Obstacle(reason, true)));
    }
}
