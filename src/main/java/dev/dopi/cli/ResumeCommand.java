package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Will go on with an interrupted session. */
@Command(name = "resume", description = "Go on with an interrupted session. Not supported yet.")
final class ResumeCommand implements Callable<Integer> {

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException {
        context.folder(project.path);
        throw Context.usage(
                "dopi resume is not supported yet; run dopi to start a new session, or dopi undo --list to see"
                        + " what an earlier one wrote.");
    }
}
