package dev.dopi.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Takes the native libraries of other systems out of jars, for a package that is for one system. */
public final class ThisSystem {

    private ThisSystem() {}

    /** Writes each of the jars {@code arguments} anew, in its place. */
    public static void main(String[] arguments) throws IOException {
        for (String argument : arguments) {
            Path jar = Path.of(argument);
            Path smaller = Path.of(argument + ".smaller");
            new OneJar(List.of(jar)).write(smaller);
            Files.move(smaller, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
