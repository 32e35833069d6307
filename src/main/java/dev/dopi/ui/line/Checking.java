package dev.dopi.ui.line;

import dev.dopi.engine.Blame;
import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.report.EventText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The step that runs the checks; what they print is said as it comes. */
record Checking(Conversation talk, Session session) {

    private static final String HELP = """
            yes runs them one after the other. no goes on to the report, which then says that they did not run.
            Ctrl-C ends a check and dopi; what was written stays, and dopi undo takes it back.""";

    private static final String TAKING_BACK = """
            yes puts the files of what is named back, byte for byte, and runs the checks again on what is left.
            no leaves that there; the report then says that the check failed.""";

    /** Adds what comes of each check to {@code results} as soon as it is known. */
    void ask(List<CheckResult> results) throws Leaving, InterruptedException {
        List<Check> checks = session.checks();
        talk.say("Step 5 of 6, Validate. " + checks.size() + (checks.size() == 1 ? " check." : " checks."));
        for (Check check : checks) {
            String how = check.cannotRun()
                    .map(obstacle -> "cannot run: " + obstacle.reason())
                    .orElse(String.join(" ", check.command()));
            talk.say("  " + check.title() + ": " + how);
        }
        if (checks.stream().allMatch(check -> check.cannotRun().isPresent())) {
            // Whoever can do nothing about it is not asked; the report then says of each why it did not run.
            talk.say(
                    checks.isEmpty()
                            ? "There is nothing to check with."
                            : "None of them can run here, so nothing was checked. Later, dopi validate runs them.");
            run(checks, results);
            return;
        }
        if (talk.choose("Run them?", List.of("yes", "no"), HELP).equals("no")) {
            return;
        }
        var kept = new HashSet<String>();
        run(checks, results);
        while (tookBackOne(results, kept)) {
            if (nothingStands()) {
                talk.say("Nothing that dopi wrote stands any more: every file is as it was. No further check runs.");
                results.clear();
                return;
            }
            talk.say("The checks start again, on what is left.");
            run(session.checks(), results);
        }
        if (results.stream().anyMatch(CheckResult::broken)) {
            talk.say("What is written and not taken back is still there; the next step lets you take it back.");
        }
    }

    private void run(List<Check> checks, List<CheckResult> results) throws InterruptedException {
        results.clear();
        for (Check check : checks) {
            CheckResult result = session.run(check);
            results.add(result);
            if (result.outcome() == Outcome.CANCELLED) {
                break;
            }
        }
        talk.say("Of the checks:");
        results.forEach(result -> talk.say("  " + EventText.of(result)));
    }

    /** Asks of each pattern that a check fails because of, once; {@code kept} has the journal entries of those that stay. */
    private boolean tookBackOne(List<CheckResult> results, Set<String> kept) throws Leaving, InterruptedException {
        for (CheckResult result : results) {
            if (result.broken() && tookBackFor(result, kept)) {
                return true;
            }
        }
        return false;
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

    private boolean tookBackFor(CheckResult result, Set<String> kept) throws Leaving, InterruptedException {
        Optional<Blame> blame = session.blame(result);
        if (blame.isEmpty()
                || !blame.get().none() && kept.containsAll(blame.get().ids())) {
            return false;
        }
        talk.say(blame.get().reason());
        if (blame.get().none()) {
            return false;
        }
        String question = "Take %s back? The rest stays.".formatted(blame.get().names());
        if (talk.choose(question, List.of("yes", "no"), TAKING_BACK).equals("no")) {
            kept.addAll(blame.get().ids());
            return false;
        }
        try {
            session.takeBack(blame.get());
            return true;
        } catch (ProjectException e) {
            talk.say(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
