package dev.dopi.ui.line;

import dev.dopi.engine.Analysis;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.pattern.Finding;
import dev.dopi.report.AnalysisText;
import dev.dopi.report.EventText;
import dev.dopi.report.Wording;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.StateKeeper;
import dev.dopi.ui.view.Unfinished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The guided session for any terminal and for screen readers: the same questions in the same order, one line after the
 * other, every state in words. Until the word apply is typed, nothing is written.
 */
public final class LineSession {

    private final Conversation talk;
    private final Session session;
    private final Keeper keeper;
    private final Surroundings around;
    private boolean reading;

    private LineSession(Terminal terminal, Opening opening, Surroundings around) throws ProjectException {
        this.talk = new Conversation(terminal);
        this.session = opening.open(this::tell);
        this.keeper = around.keepers().apply(session.root());
        this.around = around;
    }

    /**
     * What a session is given beside its project.
     *
     * @param write writes the report and returns where to, as a sentence
     * @param resume whether to go on with an unfinished session without asking
     */
    record Surroundings(
            Function<Path, Keeper> keepers, Editor editor, Function<SessionReport, String> write, boolean resume) {}

    /** Opens the session that is led through. */
    @FunctionalInterface
    public interface Opening {

        Session open(Consumer<Event> events) throws ProjectException;
    }

    /**
     * How a session ended.
     *
     * @param interrupted whether the input ended before the session did
     * @param checks what validation came to, as far as it ran
     */
    public record End(boolean interrupted, List<CheckResult> checks) {

        public End {
            checks = List.copyOf(checks);
        }
    }

    /**
     * Leads through a session on this process's terminal.
     *
     * @param write writes the report and returns where to, as a sentence
     * @param resume whether to go on with an unfinished session without asking
     */
    public static End run(Opening opening, Function<SessionReport, String> write, boolean resume)
            throws ProjectException, InterruptedException {
        // As a dumb terminal it gets no escape sequence; the signals stay the Java machine's, which ends us properly.
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .type(Terminal.TYPE_DUMB)
                .dumb(true)
                .nativeSignals(false)
                .build()) {
            return run(terminal, opening, new Surroundings(StateKeeper::of, Editor::ofTheUser, write, resume));
        } catch (IOException e) {
            throw new ProjectException(
                    ProjectException.Kind.USAGE, "The terminal cannot be used: " + e.getMessage() + ".");
        }
    }

    static End run(Terminal terminal, Opening opening, Surroundings around)
            throws ProjectException, InterruptedException {
        var line = new LineSession(terminal, opening, around);
        try (Keeper _ = line.keeper) {
            return line.walk();
        }
    }

    private synchronized void tell(Event event) {
        switch (event) {
            case Event.Reading _ -> {
                if (!reading) {
                    reading = true;
                    talk.say("Reading the project.");
                }
            }
            // The step that follows says it at length.
            case Event.Analysed _ -> {}
            case Event.ClassFound _,
                    Event.PatternFailed _,
                    Event.NotRecorded _,
                    Event.ReadmeLeft _,
                    Event.Written _,
                    Event.Restored _,
                    Event.CheckStarted _,
                    Event.CheckPrinted _,
                    Event.CheckEnded _ -> talk.say(EventText.of(event));
        }
    }

    private End walk() throws ProjectException, InterruptedException {
        talk.say("Step 1 of 6, Analyse. Project " + session.root() + ".");
        keeper.elsewhere()
                .ifPresent(who -> talk.say(who + " You can decide here too; it is not kept if the connection drops."));
        Analysis analysis = session.analyse();
        talk.sayPage(AnalysisText.digestBeforeQuestions(
                analysis, "This is a digest; dopi analyze --all prints everything."));
        if (analysis.model().workers().isEmpty()) {
            throw new ProjectException(
                    ProjectException.Kind.USAGE,
                    "No Cloudflare Worker was found in " + session.root()
                            + "; name the folder that holds the wrangler configuration. Nothing was written.");
        }
        List<Finding> recommended = analysis.recommendations().toList();
        if (recommended.isEmpty()) {
            keeper.drop();
            talk.say("Nothing is recommended. Nothing was written.");
            return new End(false, List.of());
        }
        List<SessionReport.Applied> applied;
        try {
            Optional<Unfinished> earlier = earlier(analysis);
            if (earlier.filter(each -> each.stage() == Unfinished.Stage.VALIDATE)
                    .isPresent()) {
                return prove(session.lastReport().map(SessionReport::applied).orElse(List.of()));
            }
            applied = decide(new Progress(keeper, session, analysis), earlier);
        } catch (Leaving leaving) {
            boolean kept = keeper.keeps() && StateKeeper.peek(session.root()).isPresent();
            left(leaving, "Nothing was written." + (kept ? " Your answers are kept; dopi resume goes on." : ""));
            return new End(leaving.interrupted(), List.of());
        }
        if (applied.isEmpty()) {
            keeper.drop();
            talk.say("Nothing was written.");
            return new End(false, List.of());
        }
        return prove(applied);
    }

    /** Returns what the user goes on with. */
    private Optional<Unfinished> earlier(Analysis analysis) throws Leaving {
        Optional<Unfinished> earlier = keeper.earlier();
        if (earlier.isEmpty()) {
            return earlier;
        }
        Unfinished before = earlier.get();
        Unfinished now = before.on(analysis);
        talk.say(
                before.stage() == Unfinished.Stage.VALIDATE
                        ? "Your last session wrote its changes and did not get to the end of the checks."
                        : "Your last session was not finished: %s chosen, %s decided."
                                .formatted(
                                        Wording.count(before.chosen(), "pattern"),
                                        Wording.count(before.hunks(), "hunk")));
        if (before.hunks() > now.hunks()) {
            talk.say("The files changed since, so each hunk is asked again.");
        }
        String help = "yes goes on at the question where it stopped. no forgets it and starts anew.";
        if (around.resume()
                || talk.choose("Go on with it?", List.of("yes", "no"), help).equals("yes")) {
            return Optional.of(now);
        }
        keeper.drop();
        return Optional.empty();
    }

    private void left(Leaving leaving, String state) {
        if (leaving.interrupted()) {
            // The line of the question was never ended.
            talk.say("");
        }
        talk.say(state);
    }

    /** Everything up to the writing; returns what was written, nothing where nothing was chosen. */
    private List<SessionReport.Applied> decide(Progress progress, Optional<Unfinished> earlier)
            throws Leaving, ProjectException, InterruptedException {
        earlier.ifPresent(progress::goOn);
        boolean chosen = progress.stage() == Unfinished.Stage.REVIEW || progress.stage() == Unfinished.Stage.APPLY;
        while (true) {
            if (!chosen && !new Choosing(talk, progress).ask()) {
                return List.of();
            }
            var review = new Review(talk, progress, around.editor());
            if (chosen) {
                review.sayAnswered();
            }
            chosen = false;
            boolean back = false;
            while (review.ask(back)) {
                progress.reached(Unfinished.Stage.APPLY);
                Optional<List<SessionReport.Applied>> applied = new Writing(talk, session, progress.planned()).ask();
                if (applied.isPresent()) {
                    progress.reached(Unfinished.Stage.VALIDATE);
                    return applied.get();
                }
                progress.reached(Unfinished.Stage.REVIEW);
                back = true;
            }
        }
    }

    private End prove(List<SessionReport.Applied> applied) throws ProjectException, InterruptedException {
        var results = new ArrayList<CheckResult>();
        try {
            new Checking(talk, session).ask(results);
            keeper.drop();
            boolean undone = new Reporting(talk, session, applied, around.write()).ask();
            return new End(false, undone ? List.of() : results);
        } catch (Leaving leaving) {
            left(leaving, "What was written stays; dopi undo takes it back.");
            return new End(leaving.interrupted(), results);
        }
    }
}
