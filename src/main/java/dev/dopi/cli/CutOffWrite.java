package dev.dopi.cli;

import dev.dopi.engine.Interrupted;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.report.PlainText;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks what shall become of a write that a crash or a dropped connection cut off, and does it. */
final class CutOffWrite {

    private final Context context;

    CutOffWrite(Context context) {
        this.context = context;
    }

    /** Offers the way out on the terminal where a write was cut off; does nothing where none was. */
    void offer(Session session) throws ProjectException {
        Optional<Interrupted> found = session.interrupted();
        if (found.isPresent()) {
            describe(found.get());
            settle(session, found.get(), ask());
        }
    }

    void settle(Session session, Interrupted interrupted, Session.Recovery how) throws ProjectException {
        List<String> left = session.recover(interrupted, how);
        context.say(
                switch (how) {
                    case FINISH -> "Finished: every file is as it was meant to be.";
                    case ROLL_BACK -> "Rolled back: every file is as it was before.";
                });
        left.forEach(path ->
                context.say(PlainText.line(path) + " was changed by someone else meanwhile and was left alone."));
    }

    void describe(Interrupted interrupted) {
        context.say("%s of %s was cut off: %d of %d files are done."
                .formatted(
                        interrupted.kind() == Interrupted.Kind.APPLY ? "Writing" : "Undoing",
                        String.join(", ", new LinkedHashSet<>(interrupted.patterns())),
                        interrupted.done().size(),
                        interrupted.done().size()
                                + interrupted.open().size()
                                + interrupted.unknown().size()));
    }

    private Session.Recovery ask() throws ProjectException {
        while (true) {
            context.surroundings().err().print("Type finish to end it, or back to put every file back: ");
            context.surroundings().err().flush();
            switch (line().strip().toLowerCase(Locale.ROOT)) {
                case "finish", "f" -> {
                    return Session.Recovery.FINISH;
                }
                case "back", "b", "roll back" -> {
                    return Session.Recovery.ROLL_BACK;
                }
                default -> {}
            }
        }
    }

    private String line() throws ProjectException {
        try {
            String line = context.surroundings().in().readLine();
            if (line == null) {
                throw Context.usage(
                        "A write was cut off earlier and nobody is there to ask: run dopi resume --finish or dopi resume --roll-back.");
            }
            return line;
        } catch (IOException e) {
            throw Context.usage("The terminal cannot be read: " + e.getMessage() + ".");
        }
    }
}
