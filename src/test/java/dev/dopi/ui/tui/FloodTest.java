package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program while a project's own test script prints as fast as it can, until this test has it stop: so each
 * picture that a key gives was there while lines came.
 */
@Tag("terminal")
@Timeout(180)
final class FloodTest {

    private static final int KEYS = 15;
    private static final int LEAST = 100_000;
    /** What a key may take longer than on a screen where nothing happens; the machine may be busy with other things. */
    private static final Duration MORE = Duration.ofMillis(250);

    private static final Pattern LINES = Pattern.compile("([\\d,]+) lines ");

    /** Prints until the file {@code stop} is there, and then writes down how many lines that were. */
    private static final String PRINTS = """
            #!/bin/sh
            exec awk 'BEGIN {
              while (!stopped) {
                for (i = 0; i < 5000; i++) printf "\\033[32m%s\\033[0m case %d of a test that says a lot\\n", "ok", ++lines
                stopped = (getline line < "FOLDER/stop") > 0
                close("FOLDER/stop")
              }
              print lines > "FOLDER/printed"
            }'
            """;

    private final Path work;
    private final Tmux terminal;
    private final NotesProject project;

    FloodTest(@TempDir Path folder) throws IOException, InterruptedException {
        work = folder.toRealPath();
        terminal = new Tmux(work, 80, 24);
        project = NotesProject.in(work, PRINTS.replace("FOLDER", work.toString()));
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    @Test
    void answersKeysAndLosesNoLineWhileAScriptFloodsTheScreen() throws Exception {
        // What is kept of a log must not grow with it.
        project.start(terminal, "JAVA_TOOL_OPTIONS=-Xmx128m");
        project.write(terminal);
        long calm = median();
        terminal.await("All files are written.");
        terminal.keys("Enter");
        terminal.await("follow");
        terminal.keys("Tab");
        long first = lines();

        long busy = median();
        long last = lines();
        while (last < first + LEAST) {
            last = lines();
        }
        // What is read stays in view, however much is printed below; and cancelling nothing, the end comes by itself.
        terminal.keys("g");
        terminal.await("new below, f follows");
        terminal.keys("f");
        terminal.await("follow");
        Files.writeString(work.resolve("stop"), "now\n");
        terminal.await("The checks are done.");

        long printed = Long.parseLong(Files.readString(work.resolve("printed")).strip());
        String all = String.format(Locale.ROOT, "%,d lines", printed);
        String screen = terminal.screen();
        assertTrue(screen.contains(all), () -> all + " were printed, but:\n" + screen);
        assertTrue(last > first + LEAST, "only " + (last - first) + " lines came between the keys");
        assertTrue(
                busy < calm + MORE.toMillis(),
                "a key takes %d ms while %,d lines come, and %d ms before".formatted(busy, last - first, calm));
        terminal.keys("Enter");
        terminal.await("1 pattern in place");
        terminal.keys("q");
        terminal.await("all done");
    }

    /** Returns how long the help takes to come, in milliseconds and in the middle of several times. */
    private long median() throws IOException, InterruptedException {
        var times = new ArrayList<Long>();
        for (int i = 0; i < KEYS; i++) {
            long begun = System.nanoTime();
            terminal.keys("?");
            terminal.await("─ Help: ");
            times.add((System.nanoTime() - begun) / 1_000_000);
            terminal.keys("Escape");
            terminal.awaitNo("─ Help: ");
        }
        times.sort(null);
        return times.get(KEYS / 2);
    }

    private long lines() throws IOException, InterruptedException {
        Matcher matcher = LINES.matcher(terminal.screen());
        return matcher.find() ? Long.parseLong(matcher.group(1).replace(",", "")) : 0;
    }
}
