package dev.dopi.process;

import java.time.Duration;

/** How a program ended. Every outcome says how long it took. */
public sealed interface Outcome {

    Duration duration();

    /** The program ended by itself. {@code status} is its exit status, 128 and the signal where a signal ended it. */
    record Exited(int status, Duration duration) implements Outcome {}

    /** Its time was up, and it was ended. */
    record TimedOut(Duration duration) implements Outcome {}

    /** It never ran. {@code reason} is a sentence that says what to do where that is known. */
    record CouldNotStart(String reason, Duration duration) implements Outcome {}
}
