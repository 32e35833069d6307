package dev.dopi.cli;

import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.engine.Session;
import dev.dopi.report.EventText;
import java.util.ArrayList;
import java.util.List;

/** The checks of a project, one after the other; their output is streamed by the session's listener. */
record Validation(Context context, Session session) {

    /** Runs them and writes one line a check as the result; returns the exit code that they come to. */
    int run() throws InterruptedException {
        var results = new ArrayList<CheckResult>();
        for (Check check : session.checks()) {
            CheckResult result = session.run(check);
            results.add(result);
            context.out().println(EventText.of(result));
            context.out().flush();
            if (result.outcome() == Outcome.CANCELLED) {
                break;
            }
        }
        if (results.stream().noneMatch(each -> each.exitCode().isPresent())) {
            context.say("No check ran, so nothing is known about whether the project still works.");
        }
        return ExitCode.of(List.copyOf(results));
    }
}
