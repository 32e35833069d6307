package dev.dopi.ui.line;

import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.engine.Session;
import dev.dopi.report.EventText;
import java.util.List;

/** The step that runs the checks; what they print is said as it comes. */
record Checking(Conversation talk, Session session) {

    private static final String HELP = """
            yes runs them one after the other. no goes on to the report, which then says that they did not run.
            Ctrl-C ends a check and dopi; what was written stays, and dopi undo takes it back.""";

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
        if (checks.isEmpty()
                || talk.choose("Run them?", List.of("yes", "no"), HELP).equals("no")) {
            return;
        }
        for (Check check : checks) {
            CheckResult result = session.run(check);
            results.add(result);
            if (result.outcome() == Outcome.CANCELLED) {
                break;
            }
        }
        talk.say("Of the checks:");
        results.forEach(result -> talk.say("  " + EventText.of(result)));
        if (results.stream()
                .anyMatch(each -> each.outcome() == Outcome.FAILED || each.outcome() == Outcome.TIMED_OUT)) {
            talk.say("Nothing was taken back; the next step lets you.");
        }
    }
}
