package dev.dopi.ui.view;

import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import java.time.Duration;
import java.util.Optional;

/**
 * A check as a screen shows it.
 *
 * @param started when it began to run, in milliseconds of the view's clock; 0 while it waits
 */
public record CheckView(Check check, long started, Optional<CheckResult> result, LogLines log) {

    public static CheckView waiting(Check check) {
        return new CheckView(check, 0, Optional.empty(), LogLines.NONE);
    }

    public boolean running() {
        return started > 0 && result.isEmpty();
    }

    public boolean waits() {
        return started == 0 && result.isEmpty();
    }

    public boolean broken() {
        return result.map(CheckResult::broken).orElse(false);
    }

    /** Returns the state in a word of at most four letters. */
    public String word() {
        return result.map(it -> switch (it.outcome()) {
                    case PASSED -> "ok";
                    case FAILED -> "FAIL";
                    case FAILED_BEFORE -> "old";
                    case TIMED_OUT -> "TIME";
                    case CANCELLED -> "stop";
                    case SKIPPED -> "skip";
                    case MISSING_PROGRAM -> "miss";
                })
                .orElse(started > 0 ? "..." : "--");
    }

    /** Returns how long it ran, up to {@code now} where it still does. */
    public Duration duration(long now) {
        return result.map(CheckResult::duration)
                .orElse(started > 0 ? Duration.ofMillis(Math.max(0, now - started)) : Duration.ZERO);
    }

    CheckView printed(LogLine line) {
        return new CheckView(check, started, result, log.with(line));
    }

    CheckView ended(CheckResult how) {
        return new CheckView(check, started, Optional.of(how), log);
    }
}
