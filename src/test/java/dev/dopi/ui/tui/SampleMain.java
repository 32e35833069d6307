package dev.dopi.ui.tui;

import dev.dopi.ui.theme.ThemeException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The guided session on the sample project, in a real terminal. */
final class SampleMain {

    private SampleMain() {}

    /** Arguments: a theme, then ids of checks that fail. */
    public static void main(String[] arguments) throws IOException, ThemeException {
        String theme = arguments.length > 0 ? arguments[0] : "dark";
        Set<String> failing = Set.copyOf(List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
        var options = new GuidedOptions(
                theme,
                false,
                true,
                "chat-app",
                List.of(),
                id -> Optional.of("# " + id + "\n\nWhat it does, and **when** to leave it.\n\n- one\n- two\n"),
                Optional.of(_ -> "Written to dopi-report.md."));
        System.exit(GuidedSession.run(events -> new SampleSession(events, Thread::sleep, failing), options));
    }
}
