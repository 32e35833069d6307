package dev.dopi.cli;

import dev.dopi.ui.line.LineSession;
import java.util.List;

/**
 * The parts that the commands are put together from.
 *
 * @param fullScreen the guided session that draws
 * @param lineByLine the one that does not
 */
public record Wiring(
        SessionFactory sessions,
        FrontEnd fullScreen,
        FrontEnd lineByLine,
        PatternPages patterns,
        SampleProject sample) {

    /** THE WIRING: the one place that says which engine, front ends, patterns and sample this program is made of. */
    static Wiring ofThisProgram() {
        SessionFactory sessions = (root, _) -> {
            throw Context.usage("Sessions are not supported yet, so " + root + " cannot be opened.");
        };
        FrontEnd plain = lineByLine(sessions);
        SampleProject sample = () -> {
            throw Context.usage("dopi demo is not supported yet.");
        };
        return new Wiring(sessions, plain, plain, PatternPages.beside(List.of()), sample);
    }

    /** Returns the line by line front end for sessions from {@code sessions}. */
    static FrontEnd lineByLine(SessionFactory sessions) {
        return (root, _) -> exitCode(LineSession.run(events -> sessions.open(root, events)));
    }

    private static int exitCode(LineSession.End end) {
        return end.interrupted() ? ExitCode.INTERRUPTED : ExitCode.of(end.checks());
    }
}
