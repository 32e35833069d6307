package dev.dopi.process;

import java.nio.file.Path;
import java.time.Duration;

/** A program that runs the shell script it is given, without a time limit, and prints what it prints. */
final class RunsForEver {

    private RunsForEver() {}

    public static void main(String[] arguments) throws InterruptedException {
        Command.of(Path.of("/"), Duration.ZERO, "sh", "-c", arguments[0]).run(line -> System.out.println(line.text()));
    }
}
