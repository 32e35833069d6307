package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Will run a deployment strategy. */
@Command(name = "rollout", description = "Run a deployment strategy. Not supported yet.")
final class RolloutCommand implements Callable<Integer> {

    @SuppressWarnings("UnusedVariable") // taken, so that the sentence below is the answer to whatever is asked
    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "Not supported yet.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws ProjectException {
        throw Context.usage("dopi rollout is not supported yet; deploy with npx wrangler deploy.");
    }
}
