package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Worker;
import dev.dopi.project.Project;
import java.util.List;
import java.util.Optional;

/** Whether a class's sockets can be moved to hibernation. */
record Movable(Optional<String> obstacle, List<MemoryField> memory) {

    static Movable of(Project project, Worker worker, DurableObjectClass type) {
        return new Movable(Optional.of("Moving them is not supported yet."), List.of());
    }
}
