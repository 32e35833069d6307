package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.process.Command;
import dev.dopi.process.Outcome;
import dev.dopi.process.OutputLine;
import dev.dopi.report.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the script that the pattern gradual-deployment wrote, and ends with its exit code. */
@picocli.CommandLine.Command(
        name = "rollout",
        description = {
            "Roll a new version out as deployment-strategy.jsonc says, or go on with a rollout that was begun.",
            "PATH is the Worker's folder. What it prints goes on as it comes; 3 means that everything is back on the old",
            "version, 4 that it paused because there is nothing to judge by."
        })
final class RolloutCommand implements Callable<Integer> {

    private static final String SCRIPT = "scripts/deploy-gradual.sh";

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    @ArgGroup
    private @org.jspecify.annotations.Nullable Instead instead;

    @Option(names = "--yes", description = "Do not ask before something is uploaded or deployed.")
    private boolean yes;

    @Option(names = "--env", paramLabel = "NAME", description = "The environment of the wrangler configuration.")
    private Optional<String> environment = Optional.empty();

    @Option(
            names = "--strategy",
            paramLabel = "FILE",
            description = "Another strategy than deployment-strategy.jsonc, from the Worker's folder.")
    private Optional<String> strategy = Optional.empty();

    /** What can be done instead of a rollout. */
    private static final class Instead {
        @Option(names = "--dry-run", description = "Check strategy and build and say what would be done.")
        private boolean dryRun;

        @Option(names = "--status", description = "Say how far the rollout is.")
        private boolean status;

        @Option(names = "--abort", description = "Give everything back to the old version.")
        private boolean abort;

        private String word() {
            return dryRun ? "--dry-run" : status ? "--status" : "--abort";
        }
    }

    RolloutCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException, InterruptedException {
        Path folder = context.folder(project.path);
        if (!Files.isRegularFile(folder.resolve(SCRIPT))) {
            throw Context.usage("There is no %s in %s; dopi apply --pattern gradual-deployment writes it."
                    .formatted(SCRIPT, folder));
        }
        var words = new ArrayList<>(List.of("bash", SCRIPT));
        Optional.ofNullable(instead).map(Instead::word).ifPresent(words::add);
        environment.ifPresent(name -> words.addAll(List.of("--env", name)));
        strategy.ifPresent(file -> words.addAll(List.of("--strategy", file)));
        var command = new Command(words, folder, Map.of(), Set.of(), Duration.ZERO);
        boolean deploys = instead == null || instead.abort;
        if (deploys && !yes && !confirmed(command)) {
            context.say("Nothing was deployed.");
            return ExitCode.OK;
        }
        return switch (command.run(this::pass)) {
            case Outcome.Exited exited -> exited.status();
            case Outcome.CouldNotStart(String reason, Duration _) -> {
                context.say(reason);
                yield ExitCode.PROGRAM_MISSING;
            }
            case Outcome.TimedOut _ -> throw new IllegalStateException("a rollout has no time limit");
        };
    }

    private void pass(OutputLine line) {
        switch (line.channel()) {
            case OUT -> {
                context.out().println(PlainText.line(line.text()));
                context.out().flush();
            }
            case ERR -> context.say(line.text());
        }
    }

    private boolean confirmed(Command command) throws ProjectException {
        if (!context.surroundings().interactive()) {
            throw Context.usage("dopi rollout deploys to Cloudflare; add --yes, or --dry-run to see what it would do.");
        }
        context.say("This deploys to Cloudflare, in %s: %s".formatted(command.folder(), command.line()));
        context.surroundings().err().print("To go on, type deploy and press Enter: ");
        context.surroundings().err().flush();
        try {
            String answer = context.surroundings().in().readLine();
            return answer != null && answer.strip().equals("deploy");
        } catch (IOException e) {
            throw Context.usage("The answer cannot be read: " + e);
        }
    }
}
