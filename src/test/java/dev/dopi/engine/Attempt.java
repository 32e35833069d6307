package dev.dopi.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program that tries to write in a project once, and prints what came of it. */
final class Attempt {

    private Attempt() {}

    public static void main(String[] arguments) {
        try {
            new Folder(Path.of(arguments[0]), Path.of(arguments[1])).workspace().apply(List.of());
            System.out.print("done");
        } catch (ProjectException e) {
            System.out.print(e.getMessage());
        }
    }

    /** Runs the program and returns what it printed. */
    static String elsewhere(Folder project) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Attempt.class.getName(),
                        project.root().toString(),
                        project.stateHome().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
