package dev.dopi.ui.tui;

import dev.dopi.engine.SessionReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a guided session looks and what it is given from outside.
 *
 * @param theme a theme's name or file; {@value #AUTO} for the one that fits the terminal's background
 * @param ascii whether to draw with ASCII only
 * @param mouse whether to ask the terminal for wheel and clicks
 * @param project what the project is called in the header
 * @param notice lines to show at the start, such as a tour; empty for none
 * @param explain gives a pattern's page, as Markdown, by the pattern's id
 * @param write writes the report and returns where to, as a sentence; empty where reports cannot be written
 * @param resume whether to go on with an unfinished session without asking
 */
public record GuidedOptions(
        String theme,
        boolean ascii,
        boolean mouse,
        String project,
        List<String> notice,
        Function<String, Optional<String>> explain,
        Optional<Function<SessionReport, String>> write,
        boolean resume) {

    /** The theme that fits the terminal's background. */
    public static final String AUTO = "auto";

    public GuidedOptions {
        notice = List.copyOf(notice);
    }

    /** Returns options for {@code project}: the dark theme, Unicode signs, mouse, no notice and no pages. */
    public static GuidedOptions of(String project) {
        return new GuidedOptions(
                "dark", false, true, project, List.of(), _ -> Optional.empty(), Optional.empty(), false);
    }
}
