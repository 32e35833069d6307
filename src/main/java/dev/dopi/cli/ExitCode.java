package dev.dopi.cli;

import dev.dopi.engine.CheckResult;
import dev.dopi.engine.ProjectException;
import java.util.List;

/** What the program's exit codes mean; scripts depend on them. */
public final class ExitCode {

    /** Nothing to do, or all applied and verified. */
    public static final int OK = 0;
    /** {@code analyze --fail-on} found something, or {@code apply --dry-run} would change something. */
    public static final int FINDINGS = 1;
    /** Wrong use, or a project that cannot be understood. */
    public static final int USAGE = 2;
    /** An edit was refused or taken back. */
    public static final int REFUSED = 3;
    /** A validation command failed. */
    public static final int VALIDATION_FAILED = 4;
    /** A program that is needed is missing. */
    public static final int PROGRAM_MISSING = 5;
    /** dopi itself broke. */
    public static final int CRASH = 70;
    /** Interrupted; what is on disk is whole. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(ProjectException.Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case REFUSED -> REFUSED;
        };
    }

    /** Returns the code for a validation: a failed check counts before a missing program. */
    public static int of(List<CheckResult> results) {
        int worst = OK;
        for (CheckResult result : results) {
            int code =
                    switch (result.outcome()) {
                        case PASSED, SKIPPED -> OK;
                        case FAILED, FAILED_BEFORE, TIMED_OUT -> VALIDATION_FAILED;
                        case CANCELLED -> INTERRUPTED;
                        case MISSING_PROGRAM -> PROGRAM_MISSING;
                    };
            worst = worse(worst, code);
        }
        return worst;
    }

    /** Returns the one that matters more: an interrupt, a failed check, a refused edit, a missing program, in this order. */
    static int worse(int one, int other) {
        return weight(one) >= weight(other) ? one : other;
    }

    private static int weight(int code) {
        return switch (code) {
            case INTERRUPTED -> 5;
            case VALIDATION_FAILED -> 4;
            case REFUSED -> 3;
            case PROGRAM_MISSING -> 2;
            case OK -> 0;
            default -> 1;
        };
    }
}
