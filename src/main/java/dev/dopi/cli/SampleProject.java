package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.nio.file.Path;

/** The project that {@code dopi demo} shows things on. */
@FunctionalInterface
public interface SampleProject {

    /** Copies it to a new temporary folder, and returns that. */
    Path copy() throws ProjectException;
}
