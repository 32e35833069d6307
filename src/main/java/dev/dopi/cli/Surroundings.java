package dev.dopi.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the program was started in.
 *
 * @param folder the working directory, absolute
 * @param environment the environment variables
 * @param interactive whether a person is at both ends: standard input and standard output are a terminal
 * @param outIsTerminal whether standard output is one
 */
public record Surroundings(
        BufferedReader in,
        PrintStream out,
        PrintStream err,
        Path folder,
        Map<String, String> environment,
        boolean interactive,
        boolean outIsTerminal) {

    // Java 25 went back to a console that is null where there is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    static Surroundings ofThisProcess() {
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal();
        Charset charset = console != null ? console.charset() : Charset.defaultCharset();
        return new Surroundings(
                new BufferedReader(new InputStreamReader(System.in, charset)),
                System.out,
                System.err,
                Path.of("").toAbsolutePath(),
                System.getenv(),
                interactive,
                interactive || isTerminal(Path.of("/dev/stdout")));
    }

    // Only where standard input is redirected and the console cannot tell.
    private static boolean isTerminal(Path stream) {
        try {
            Path real = stream.toRealPath();
            return real.startsWith("/dev") && !Files.isRegularFile(real) && !real.endsWith("null");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether somebody who hears the screen has said so, in the way that other programs know. */
    boolean accessible() {
        String asked = environment.getOrDefault("ACCESSIBLE", "");
        return !asked.isEmpty() && !asked.equals("0") && !asked.equals("false");
    }

    /** Returns whether the terminal can only print line after line. */
    boolean dumb() {
        String term = environment.getOrDefault("TERM", "");
        return term.isEmpty() || term.equals("dumb");
    }

    /** Returns whether the locale says that the terminal takes UTF-8. */
    boolean unicode() {
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
    }

    /** Returns the folder for what dopi keeps between runs, by the XDG convention or where the user says. */
    Path stateFolder() {
        String own = environment.getOrDefault("DOPI_STATE_HOME", "");
        if (own.startsWith("/")) {
            return Path.of(own);
        }
        String configured = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = configured.startsWith("/")
                ? Path.of(configured)
                : Path.of(environment.getOrDefault("HOME", ""), ".local", "state");
        return folder.resolve(base).resolve("dopi");
    }
}
