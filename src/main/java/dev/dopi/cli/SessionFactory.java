package dev.dopi.cli;

import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Opens a session on a project's folder; tells {@code events} what happens in it. */
@FunctionalInterface
public interface SessionFactory {

    Session open(Path root, Consumer<Event> events) throws ProjectException;
}
