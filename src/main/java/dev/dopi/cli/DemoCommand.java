package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The guided session on a sample project, so that a first try risks nothing. */
@Command(name = "demo", description = "The guided session on a sample project, copied to a temporary folder.")
final class DemoCommand implements Callable<Integer> {

    private final Context context;
    private final GuidedCommand guided;

    DemoCommand(Context context, GuidedCommand guided) {
        this.context = context;
        this.guided = guided;
    }

    @Override
    public Integer call() throws ProjectException, InterruptedException {
        Path copy = context.wiring().sample().copy();
        context.say("The sample project is in " + copy + "; it is yours to change or delete.");
        context.say("For its checks to run, it needs its packages: npm install --prefix " + copy);
        return guided.lead(copy);
    }
}
