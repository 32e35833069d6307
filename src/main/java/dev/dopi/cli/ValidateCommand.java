package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the project's checks. */
@Command(
        name = "validate",
        description = {
            "Run the type check, the project's lint and test scripts, wrangler's checks, and the",
            "proof that the Durable Objects answer in the runtime. What fails is told apart from",
            "what failed before dopi's last change.",
            "Their output goes to standard error, one line a check to standard output."
        })
final class ValidateCommand implements Callable<Integer> {

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    ValidateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException, InterruptedException {
        return new Validation(context, context.open(project.path), Validation.Blamed.NAME).run();
    }
}
