package dev.dopi.cli;

import dev.dopi.engine.Blame;
import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.report.EventText;
import dev.dopi.report.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The checks of a project, one after the other; their output is streamed by the session's listener.
 *
 * <p>Once a pattern was taken back, all checks run again on what is left: each result is one of the project as it is.
 */
final class Validation {

    private final Context context;
    private final Session session;
    private final Blamed blamed;
    private final List<CheckResult> results = new ArrayList<>();
    private boolean takenBack;

    /** What becomes of a pattern that a check fails because of. */
    enum Blamed {
        NAME,
        ASK,
        TAKE_BACK
    }

    Validation(Context context, Session session, Blamed blamed) {
        this.context = context;
        this.session = session;
        this.blamed = blamed;
    }

    /** Runs them and writes one line a check as the result; returns the exit code that they come to. */
    int run() throws InterruptedException {
        while (again()) {
            results.clear();
        }
        if (takenBack && results.isEmpty()) {
            context.say("Nothing that dopi wrote stands any more: every file is as it was. No further check runs.");
            return ExitCode.REFUSED;
        }
        if (results.stream().noneMatch(each -> each.exitCode().isPresent())) {
            context.say("No check ran, so nothing is known about whether the project still works.");
        }
        int code = ExitCode.of(List.copyOf(results));
        return takenBack && onlyOldFailures()
                ? ExitCode.REFUSED
                : ExitCode.worse(code, takenBack ? ExitCode.REFUSED : ExitCode.OK);
    }

    /** Returns whether checks failed in {@link #run}, and each of them in the same way before dopi's change. */
    boolean onlyOldFailures() {
        return results.stream().anyMatch(each -> each.outcome() == Outcome.FAILED_BEFORE)
                && results.stream().noneMatch(each -> each.broken() || each.outcome() == Outcome.CANCELLED);
    }

    /** Returns whether anything was taken back in {@link #run}. */
    boolean tookBack() {
        return takenBack;
    }

    /** Runs the checks up to one that makes a pattern be taken back; returns whether what is left is to be checked. */
    private boolean again() throws InterruptedException {
        for (Check check : session.checks()) {
            CheckResult result = session.run(check);
            context.out().println(EventText.of(result));
            context.out().flush();
            if (result.broken() && tookBackFor(result)) {
                if (nothingStands()) {
                    results.clear();
                    return false;
                }
                context.say("The checks start again, on what is left.");
                return true;
            }
            results.add(result);
            if (result.outcome() == Outcome.CANCELLED) {
                break;
            }
        }
        return false;
    }

    private boolean tookBackFor(CheckResult result) throws InterruptedException {
        Optional<Blame> blame = session.blame(result);
        if (blame.isEmpty()) {
            return false;
        }
        context.say(blame.get().reason());
        if (blame.get().none()) {
            return false;
        }
        if (blamed == Blamed.NAME || blamed == Blamed.ASK && !agreed(blame.get())) {
            boolean one = blame.get().entries().size() == 1;
            context.say("%s still there; dopi undo%s takes %s back."
                    .formatted(
                            one ? "It is" : "They are",
                            blame.get().patterns().stream()
                                    .map(" --pattern "::concat)
                                    .collect(Collectors.joining()),
                            one ? "it" : "them"));
            return false;
        }
        try {
            session.takeBack(blame.get());
        } catch (ProjectException e) {
            context.say(blame.get().names() + " cannot be taken back: " + e.getMessage());
            return false;
        }
        takenBack = true;
        context.out()
                .println(PlainText.line("Took back %s: %s"
                        .formatted(blame.get().names(), blame.get().reason())));
        context.out().flush();
        return true;
    }

    private boolean agreed(Blame blame) {
        context.surroundings()
                .err()
                .print("Take %s back? The rest stays. Type yes or no and press Enter: "
                        .formatted(PlainText.line(blame.names())));
        context.surroundings().err().flush();
        try {
            String answer = context.surroundings().in().readLine();
            return answer != null && answer.strip().equals("yes");
        } catch (IOException e) {
            return false; // Who cannot be asked has not agreed.
        }
    }

    private boolean nothingStands() {
        try {
            return session.lastReport()
                    .map(SessionReport::applied)
                    .orElse(List.of())
                    .isEmpty();
        } catch (ProjectException e) {
            return false; // Then the checks say what there is to say.
        }
    }
}
