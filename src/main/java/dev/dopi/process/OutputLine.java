package dev.dopi.process;

/** A line that a program printed, as it came: it may hold control sequences. */
public record OutputLine(Channel channel, String text) {

    /** Where it was printed. */
    public enum Channel {
        OUT,
        ERR
    }
}
