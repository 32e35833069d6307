package dev.dopi.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the form of the program that starts fast: one jar with all classes in a shape that the JVM can keep ready, and
 * this system's native libraries as files beside it.
 *
 * <p>The folder appears whole or not at all, whoever else prepares it at the same time, and nothing in it is changed
 * later; so a session goes on undisturbed when the program that it was started from is built anew.
 */
public final class Preparation {

    private Preparation() {}

    /** Prepares the program in the folder {@code arguments[0]}, its libraries in {@code lib} there, as {@code arguments[1]}. */
    public static void main(String[] arguments) throws IOException {
        prepare(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void prepare(Path program, Path target) throws IOException {
        Path folder =
                Files.createDirectories(target.toAbsolutePath().resolve("..").normalize());
        Path unfinished = Files.createTempDirectory(folder, ".new-");
        try {
            new OneJar(jars(program))
                    .write(
                            unfinished.resolve("dopi.jar"),
                            unfinished.resolve("files.jar"),
                            unfinished.resolve("natives"));
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (java.nio.file.FileSystemException e) {
            if (!Files.isRegularFile(target.resolve("dopi.jar"))) {
                throw e;
            }
            // Another start was faster, and made the same.
        } finally {
            delete(unfinished);
        }
    }

    private static List<Path> jars(Path program) throws IOException {
        try (Stream<Path> libraries = Files.list(program.resolve("lib"))) {
            // In a fixed order: of two entries of one name the first one counts.
            return Stream.concat(
                            Stream.of(program.resolve("dopi.jar")),
                            libraries
                                    .filter(file -> file.toString().endsWith(".jar"))
                                    .sorted())
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.toList().reversed();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
