package dev.dopi.cli;

import dev.dopi.engine.Interrupted;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a write that was cut off. Going on at the same question of a session is not supported yet. */
@Command(
        name = "resume",
        description = "End a write that was cut off: finish it, or put every file back. Going on with the questions of"
                + " an earlier session is not supported yet.")
final class ResumeCommand implements Callable<Integer> {

    private final Context context;

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

    ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException {
        Session session = context.open(project.path);
        Optional<Interrupted> interrupted = session.interrupted();
        var write = new CutOffWrite(context);
        if (interrupted.isEmpty()) {
            context.say("No write was cut off here. Going on with the questions of an earlier session is not supported"
                    + " yet: run dopi to start a new one.");
            return ExitCode.OK;
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
        return ExitCode.OK;
    }
}
