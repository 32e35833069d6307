package dev.dopi.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run of the program with captured streams. */
final class Run {

    private final FakeSession session;
    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>(Map.of("TERM", "xterm-256color"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String typed = "";
    private boolean terminal;
    String frontEnd = "none";
    int code;

    private Run(FakeSession session, Path folder) {
        this.session = session;
        this.folder = folder;
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    static Run in(FakeSession session) {
        return new Run(session, session.root());
    }

    Run onTerminal(String answers) {
        terminal = true;
        typed = answers;
        return this;
    }

    Run with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Run of(String... arguments) {
        var surroundings = new Surroundings(
                new BufferedReader(new StringReader(typed)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                environment,
                terminal,
                terminal);
        var patterns = new PatternPages(
                List.of(ChatProject.TTL, ChatProject.INDEX),
                id -> id.equals("ttl-cleanup") ? Optional.of("# Clean up rows by age\n\nBody.\n") : Optional.empty());
        var wiring = new Wiring(
                (_, events) -> session.open(events),
                (_, look) -> {
                    frontEnd = "full screen " + look.theme().orElse("") + " " + look.color();
                    return 0;
                },
                (_, _) -> {
                    frontEnd = "line by line";
                    return 0;
                },
                patterns,
                new BundledSample());
        code = new Main(wiring, surroundings).run(arguments);
        return this;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
