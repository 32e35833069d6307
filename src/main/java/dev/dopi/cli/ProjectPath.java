package dev.dopi.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The PATH that most commands take. */
final class ProjectPath {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "The project's folder; this one when left out.")
    Path path = Path.of("");
}
