package dev.dopi.pattern;

import java.util.List;

/**
 * What one pattern has to say about one class or Worker.
 *
 * @param reason why it has that status, as a sentence that the evidence bears out
 * @param benefit what following it gives, as a sentence; empty where nothing is recommended
 * @param options what the user may choose when it is applied
 * @param measured what was run to be able to say so
 */
public record Finding(
        PatternInfo pattern,
        Subject subject,
        Status status,
        Priority priority,
        String reason,
        String benefit,
        Fix fix,
        List<Evidence> evidence,
        List<Option> options,
        List<Measured> measured) {

    public Finding {
        evidence = List.copyOf(evidence);
        options = List.copyOf(options);
        measured = List.copyOf(measured);
    }

    /** Returns whether something is missing that dopi can write, and not only speak of. */
    public boolean isWritable() {
        return status.recommended() && fix != Fix.ADVICE;
    }

    /** Returns this finding with other options. */
    public Finding with(List<Option> others) {
        return new Finding(pattern, subject, status, priority, reason, benefit, fix, evidence, others, measured);
    }

    /** Returns this finding as one that dopi can only speak of; {@code why} is a sentence that says why. */
    public Finding asAdvice(String why) {
        String whole = why.isEmpty() ? reason : reason + " " + why;
        return new Finding(
                pattern, subject, status, priority, whole, benefit, Fix.ADVICE, evidence, List.of(), measured);
    }
}
