package dev.dopi.cli;

import dev.dopi.catalog.Catalog;
import dev.dopi.engine.Event;
import dev.dopi.engine.LiveSession;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.pattern.Pattern;
import dev.dopi.report.SessionReportMarkdown;
import dev.dopi.ui.line.LineSession;
import dev.dopi.ui.theme.Depth;
import dev.dopi.ui.theme.ThemeException;
import dev.dopi.ui.tui.GuidedOptions;
import dev.dopi.ui.tui.GuidedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The parts that the commands are put together from.
 *
 * @param fullScreen the guided session that draws
 * @param lineByLine the one that does not
 */
public record Wiring(
        SessionFactory sessions,
        FrontEnd fullScreen,
        FrontEnd lineByLine,
        PatternPages patterns,
        SampleProject sample) {

    /** THE WIRING: the one place that says which engine, front ends, patterns and sample this program is made of. */
    static Wiring ofThisProgram() {
        SessionFactory sessions = (root, events) -> LiveSession.open(root, Catalog.patterns(), events);
        PatternPages pages = PatternPages.beside(
                Catalog.patterns().stream().map(Pattern::info).toList());
        return new Wiring(
                sessions,
                fullScreen(sessions, pages, GuidedSession::run),
                lineByLine(sessions),
                pages,
                new BundledSample());
    }

    /** Leads through a session that draws. */
    interface Stage {

        int play(Function<Consumer<Event>, Session> open, GuidedOptions options, Depth depth)
                throws IOException, ThemeException;
    }

    /** Returns the front end that draws for sessions from {@code sessions}, on {@code stage}. */
    static FrontEnd fullScreen(SessionFactory sessions, PatternPages pages, Stage stage) {
        return (root, look) -> {
            var relay = new AtomicReference<Consumer<Event>>(_ -> {});
            Session session = sessions.open(root, event -> relay.get().accept(event));
            var name = String.valueOf(session.root().getFileName());
            var options = new GuidedOptions(
                    look.theme()
                            .or(() -> UserConfig.of(System.getenv(), session.root())
                                    .theme())
                            .orElse(GuidedOptions.AUTO),
                    !Surroundings.ofThisProcess().unicode(),
                    true,
                    name,
                    look.notice(),
                    pages.page(),
                    Optional.of(report -> written(session.root(), report)),
                    look.resume());
            try {
                return stage.play(
                        events -> {
                            relay.set(events);
                            return session;
                        },
                        options,
                        depth(look.color()));
            } catch (IOException e) {
                throw Context.usage(
                        "The terminal cannot be used for drawing: " + e.getMessage() + "; try dopi --plain.");
            } catch (ThemeException e) {
                throw Context.usage(String.valueOf(e.getMessage()));
            }
        };
    }

    private static Depth depth(FrontEnd.Color color) {
        return switch (color) {
            case AUTO -> Depth.of(System.getenv());
            case NEVER -> Depth.NONE;
            case ALWAYS -> {
                var environment = new HashMap<>(System.getenv());
                environment.remove("NO_COLOR");
                Depth found = Depth.of(environment);
                yield found == Depth.NONE ? Depth.ANSI_16 : found;
            }
        };
    }

    private static String written(Path root, SessionReport report) {
        // A file that is there may be anybody's: it is never written over.
        Path file = Stream.iterate(1, number -> number + 1)
                .map(number -> root.resolve(number == 1 ? "dopi-report.md" : "dopi-report-" + number + ".md"))
                .filter(path -> !Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow();
        try {
            Files.writeString(file, SessionReportMarkdown.of(report), StandardOpenOption.CREATE_NEW);
            return "Written to " + file + ".";
        } catch (IOException e) {
            return "The report cannot be written to " + file + ": " + e.getMessage() + ".";
        }
    }

    /** Returns the line by line front end for sessions from {@code sessions}. */
    static FrontEnd lineByLine(SessionFactory sessions) {
        return (root, look) -> exitCode(LineSession.run(
                events -> sessions.open(root, events),
                report -> written(Path.of(report.root()), report),
                look.resume()));
    }

    private static int exitCode(LineSession.End end) {
        return end.interrupted() ? ExitCode.INTERRUPTED : ExitCode.of(end.checks());
    }
}
