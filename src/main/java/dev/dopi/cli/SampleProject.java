package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.nio.file.Path;

/** The project that {@code dopi demo} shows things on. */
public interface SampleProject {

    /** Returns whether {@code folder} holds it, with nothing of it changed, gone or added but what npm installs. */
    boolean untouched(Path folder);

    /** Makes {@code folder} hold it and nothing else; packages that are installed there stay. */
    void writeTo(Path folder) throws ProjectException;
}
