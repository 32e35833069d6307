package dev.dopi.cli;

import dev.dopi.engine.Interrupted;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.report.Wording;
import dev.dopi.ui.view.StateKeeper;
import dev.dopi.ui.view.Unfinished;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a write that was cut off, and goes on with a session that was. */
@Command(
        name = "resume",
        description = {
            "Go on with a session that was cut off, at the question where it was.",
            "Where the cut came in the middle of writing: finish it, or put every file back."
        },
        footer = {"", "Examples:", "  dopi resume", "  dopi resume --roll-back"})
final class ResumeCommand implements Callable<Integer> {

    private final Context context;
    private final GuidedCommand guided;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    @ArgGroup
    private final How how = new How();

    /** The answer, for those who cannot be asked. */
    private static final class How {
        @Option(names = "--finish", description = "Write the files that are still open.")
        private boolean finish;

        @Option(names = "--roll-back", description = "Put back the files that were written.")
        private boolean rollBack;
    }

    ResumeCommand(Context context, GuidedCommand guided) {
        this.context = context;
        this.guided = guided;
    }

    @Override
    public Integer call() throws ProjectException, InterruptedException {
        Session session = context.open(project.path);
        Optional<Interrupted> interrupted = session.interrupted();
        var write = new CutOffWrite(context);
        if (interrupted.isEmpty()) {
            return goOn(session);
        }
        if (how.finish || how.rollBack) {
            write.describe(interrupted.get());
            write.settle(session, interrupted.get(), how.finish ? Session.Recovery.FINISH : Session.Recovery.ROLL_BACK);
            return ExitCode.OK;
        }
        if (!context.surroundings().interactive()) {
            throw Context.usage("A write was cut off; say --finish or --roll-back.");
        }
        write.offer(session);
        return StateKeeper.peek(session.root()).isPresent()
                ? guided.lead(session.root(), true, List.of())
                : ExitCode.OK;
    }

    private int goOn(Session session) throws ProjectException, InterruptedException {
        Optional<Unfinished> unfinished = StateKeeper.peek(session.root());
        if (unfinished.isEmpty() || how.finish || how.rollBack) {
            context.say(
                    how.finish || how.rollBack
                            ? "No write was cut off here."
                            : "Nothing is unfinished here; run dopi to start a session.");
            return ExitCode.OK;
        }
        if (!context.surroundings().interactive()) {
            throw Context.usage("A session is unfinished here: %s chosen, %s decided. Run dopi resume in a terminal."
                    .formatted(
                            Wording.count(unfinished.get().chosen(), "pattern"),
                            Wording.count(unfinished.get().hunks(), "hunk")));
        }
        return guided.lead(session.root(), true, List.of());
    }
}
