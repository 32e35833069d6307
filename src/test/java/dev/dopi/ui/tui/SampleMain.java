package dev.dopi.ui.tui;

import dev.dopi.ui.theme.ThemeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The guided session on the sample project, in a real terminal. */
final class SampleMain {

    private SampleMain() {}

    /** Arguments: a theme, then ids of checks that fail; {@code flood} for many lines at once, {@code quick} for few. */
    public static void main(String[] arguments) throws IOException, ThemeException {
        String theme = arguments.length > 0 ? arguments[0] : "dark";
        boolean flood = List.of(arguments).contains("flood");
        boolean quick = List.of(arguments).contains("quick");
        Set<String> failing = Set.copyOf(List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
        Path log = Files.writeString(Files.createTempFile("sample", ".log"), "the whole log\n");
        var options = new GuidedOptions(
                theme,
                false,
                true,
                "chat-app",
                List.of(),
                SampleMain::page,
                Optional.of(_ -> "Written to dopi-report.md."),
                false);
        System.exit(GuidedSession.run(
                events -> new SampleSession(
                        events,
                        flood || quick ? _ -> {} : Thread::sleep,
                        failing,
                        flood ? 300_000 : 40,
                        Optional.of(log)),
                options));
    }

    private static Optional<String> page(String id) {
        if (id.equals("sql-index")) {
            throw new IllegalStateException("a fault in dopi, on the screen's thread");
        }
        return Optional.of("# " + id + "\n\nWhat it does, and **when** to leave it.\n\n- one\n- two\n");
    }
}
