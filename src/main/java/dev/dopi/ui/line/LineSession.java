package dev.dopi.ui.line;

import dev.dopi.engine.Analysis;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.pattern.Finding;
import dev.dopi.report.AnalysisText;
import dev.dopi.report.EventText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The guided session for any terminal and for screen readers: the same questions in the same order, one line after the
 * other, every state in words. Until the word apply is typed, nothing is written.
 */
public final class LineSession {

    private final Conversation talk;
    private final Session session;
    private boolean reading;

    private LineSession(Terminal terminal, Opening opening) throws ProjectException {
        this.talk = new Conversation(terminal);
        this.session = opening.open(this::tell);
    }

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

    /** Leads through a session on this process's terminal. */
    public static End run(Opening opening) throws ProjectException, InterruptedException {
        // As a dumb terminal it gets no escape sequence; the signals stay the Java machine's, which ends us properly.
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .type(Terminal.TYPE_DUMB)
                .dumb(true)
                .nativeSignals(false)
                .build()) {
            return run(terminal, opening);
        } catch (IOException e) {
            throw new ProjectException(
                    ProjectException.Kind.USAGE, "The terminal cannot be used: " + e.getMessage() + ".");
        }
    }

    static End run(Terminal terminal, Opening opening) throws ProjectException, InterruptedException {
        return new LineSession(terminal, opening).walk();
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
                    Event.Written _,
                    Event.Restored _,
                    Event.CheckStarted _,
                    Event.CheckPrinted _,
                    Event.CheckEnded _ -> talk.say(EventText.of(event));
        }
    }

    private End walk() throws ProjectException, InterruptedException {
        talk.say("Step 1 of 6, Analyse. Project " + session.root() + ".");
        Analysis analysis = session.analyse();
        talk.sayAll(AnalysisText.of(analysis));
        if (analysis.model().workers().isEmpty()) {
            throw new ProjectException(
                    ProjectException.Kind.USAGE,
                    "No Cloudflare Worker was found in " + session.root()
                            + "; name the folder that holds the wrangler configuration. Nothing was written.");
        }
        List<Finding> recommended = analysis.recommendations().toList();
        if (recommended.isEmpty()) {
            talk.say("Nothing is recommended. Nothing was written.");
            return new End(false, List.of());
        }
        List<SessionReport.Applied> applied;
        try {
            applied = decide(analysis, recommended);
        } catch (Leaving leaving) {
            left(leaving, "Nothing was written.");
            return new End(leaving.interrupted(), List.of());
        }
        if (applied.isEmpty()) {
            talk.say("Nothing was written.");
            return new End(false, List.of());
        }
        return prove(applied);
    }

    private void left(Leaving leaving, String state) {
        if (leaving.interrupted()) {
            // The line of the question was never ended.
            talk.say("");
        }
        talk.say(state);
    }

    /** Everything up to the writing; returns what was written, nothing where nothing was chosen. */
    private List<SessionReport.Applied> decide(Analysis analysis, List<Finding> recommended)
            throws Leaving, ProjectException {
        while (true) {
            List<Choice> choices = new Choosing(talk, recommended).ask();
            if (choices.isEmpty()) {
                return List.of();
            }
            Optional<List<Choice>> reviewed = new Review(talk, session, analysis, choices).ask();
            while (reviewed.isPresent()) {
                var writing = new Writing(talk, session, session.plan(analysis, reviewed.get()));
                Optional<List<SessionReport.Applied>> applied = writing.ask();
                if (applied.isPresent()) {
                    return applied.get();
                }
                reviewed = new Review(talk, session, analysis, reviewed.get()).ask();
            }
        }
    }

    private End prove(List<SessionReport.Applied> applied) throws ProjectException, InterruptedException {
        var results = new ArrayList<CheckResult>();
        try {
            new Checking(talk, session).ask(results);
            boolean undone = new Reporting(talk, session, applied).ask();
            return new End(false, undone ? List.of() : results);
        } catch (Leaving leaving) {
            left(leaving, "What was written stays; dopi undo takes it back.");
            return new End(leaving.interrupted(), results);
        }
    }
}
