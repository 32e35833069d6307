package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The run from which the JVM learns what a start of this program needs, so that later ones find it ready.
 *
 * <p>It does what users do first, on a copy of the sample project, and leaves nothing behind.
 */
public final class Training {

    private Training() {}

    public static void main(String[] arguments) throws IOException, ProjectException {
        var nowhere = new PrintStream(PrintStream.nullOutputStream());
        Path sample = new BundledSample().copy();
        try {
            for (List<String> words : List.of(
                    List.of("--version"),
                    List.of("analyze", sample.toString()),
                    List.of("analyze", sample.toString(), "--format", "json"),
                    List.of("apply", sample.toString(), "--pattern", "sql-index", "--dry-run"))) {
                var surroundings = new Surroundings(
                        new BufferedReader(Reader.nullReader()), nowhere, nowhere, sample, Map.of(), false, false);
                new Main(Wiring.ofThisProgram(), surroundings).run(words.toArray(String[]::new));
            }
        } finally {
            delete(sample);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.toList().reversed();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
