package dev.dopi.ui.tui;

import dev.dopi.engine.Event;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.process.Sanitizer;
import dev.dopi.ui.theme.Depth;
import dev.dopi.ui.theme.Theme;
import dev.dopi.ui.theme.ThemeException;
import dev.dopi.ui.view.StateKeeper;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The guided session on a full screen, from the analysis to the report.
 *
 * <p>Nothing is written to the project before the user has typed the confirmation. Whatever ends it, the terminal is
 * left as it was found.
 */
public final class GuidedSession {

    private GuidedSession() {}

    /**
     * Leads through one session and returns the exit code that tells how it ended.
     *
     * @param open opens the session with the listener that it is given
     * @throws IOException where there is no terminal to work on
     * @throws ThemeException where the theme cannot be used
     */
    public static int run(Function<Consumer<Event>, Session> open, GuidedOptions options)
            throws IOException, ThemeException {
        return run(open, options, Depth.of(System.getenv()));
    }

    /** As {@link #run(Function, GuidedOptions)}, in {@code depth} whatever the environment says. */
    public static int run(Function<Consumer<Event>, Session> open, GuidedOptions options, Depth depth)
            throws IOException, ThemeException {
        return run(open, options, depth, Place.ofThisProgram());
    }

    static int run(Function<Consumer<Event>, Session> open, GuidedOptions options, Depth depth, Place place)
            throws IOException, ThemeException {
        boolean auto = options.theme().equals(GuidedOptions.AUTO);
        // Before the screen is taken, so that a theme that cannot be used is said on the user's own.
        Theme theme = Theme.load(auto ? place.background().guess(place.environment()) : options.theme(), depth);
        try (var window = new Window(place, options.mouse());
                var work = new BackgroundWork(window::soon)) {
            Session session = open.apply(window::told);
            var walk = new Walk(session, work, System::currentTimeMillis);
            var guide = new Guide(walk, options, theme, window);
            if (auto && depth != Depth.NONE && Background.askable(place.environment())) {
                window.onBackground(colour -> fit(guide, place.background().theme(colour)));
            }
            return led(session, guide, work, window);
        }
    }

    /** Changes to the theme {@code name}, where it is another. */
    private static void fit(Guide guide, String name) {
        if (!guide.theme().name().equals(name)) {
            try {
                guide.dress(Theme.load(name, guide.theme().depth()));
            } catch (ThemeException e) {
                guide.say(String.valueOf(e.getMessage()));
            }
        }
    }

    private static int led(Session session, Guide guide, BackgroundWork work, Window window) throws IOException {
        Walk walk = guide.walk();
        // What writes is brought to its end, and what runs takes its programs with it.
        window.onLeaving(() -> {
            work.close();
            walk.kept().release();
        });
        window.onFirstFrame(() -> {
            work.release();
            guide.keepWith(StateKeeper.of(session.root()));
        });
        try {
            int code = window.show(guide);
            window.afterwards(summary(walk));
            return code;
        } finally {
            walk.kept().release();
        }
    }

    /** Returns what stays in the user's scroll-back. */
    private static String summary(Walk walk) {
        if (walk.analysis().isEmpty() && walk.problem().isPresent()) {
            return "dopi: " + Sanitizer.plain(walk.problem().get()) + "\n";
        }
        SessionReport report = walk.report();
        if (walk.takenBack()) {
            return "dopi: everything was taken back; the files are as they were.\n";
        }
        if (report.applied().isEmpty()) {
            return walk.kept().keeps() && walk.undecidedOnDisk()
                    ? "dopi: nothing was written; your decisions are kept. Go on with: dopi resume\n"
                    : "dopi: nothing was written.\n";
        }
        long files = report.applied().stream()
                .flatMap(applied -> applied.files().stream())
                .map(SessionReport.Changed::path)
                .distinct()
                .count();
        long passed = report.checks().stream()
                .filter(check -> check.outcome().equals("PASSED"))
                .count();
        return "dopi: %s in place, %s written, %d of %s passed.\nUndo with: dopi undo\n"
                .formatted(
                        Texts.count(report.applied().size(), "pattern"),
                        Texts.count((int) files, "file"),
                        passed,
                        Texts.count(report.checks().size(), "check"));
    }
}
