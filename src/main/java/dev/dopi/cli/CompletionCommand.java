package dev.dopi.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a completion script for the shell. */
@Command(
        name = "completion",
        description = "Print a completion script for bash or zsh.",
        footer = {"", "Example:", "  source <(dopi completion bash)"})
final class CompletionCommand implements Callable<Integer> {

    /** A shell that can complete; zsh reads the same script through its bash emulation. */
    enum Shell {
        BASH,
        ZSH
    }

    private final Context context;
    private final Main main;

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.BASH;

    CompletionCommand(Context context, Main main) {
        this.context = context;
        this.main = main;
    }

    @Override
    public Integer call() {
        CommandLine all = main.commandLine();
        String script =
                switch (shell) {
                    case BASH, ZSH -> AutoComplete.bash("dopi", all);
                };
        context.out().print(script);
        context.out().flush();
        return ExitCode.OK;
    }
}
