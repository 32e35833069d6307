package dev.dopi.engine;

import java.time.Duration;

/**
 * One thing that a check looked at: a test, a type error, a proof about a class.
 *
 * @param subject the file or the class that it is about; empty where it is about the whole
 * @param name the same in two runs of the check, so that they can be compared
 * @param detail what was seen, as a sentence or a line of the program's output
 * @param duration how long it took; zero where that is not known
 */
public record CheckPart(String subject, String name, Verdict verdict, String detail, Duration duration) {

    /** What came of it. */
    public enum Verdict {
        PASSED,
        /** It failed, and did not before dopi's change where that was looked at. */
        FAILED,
        /** It failed before dopi's change as well. */
        FAILED_BEFORE,
        NOT_RUN
    }

    static CheckPart failed(String subject, String name, String detail) {
        return new CheckPart(subject, name, Verdict.FAILED, detail, Duration.ZERO);
    }

    public boolean failed() {
        return verdict == Verdict.FAILED;
    }

    /** Returns what tells it from the check's other parts. */
    String key() {
        return subject + "\n" + name;
    }

    CheckPart as(Verdict other) {
        return new CheckPart(subject, name, other, detail, duration);
    }

    /** Returns it in a line. */
    public String text() {
        String about = subject.isEmpty() ? name : subject + ", " + name;
        // A line of a program's output tells its place itself.
        boolean whole = subject.isEmpty() || detail.contains(name);
        return detail.isEmpty() ? about : whole ? detail : about + ": " + detail;
    }
}
