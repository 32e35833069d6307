package dev.dopi.cli;

import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a completion script for the shell, or the manual page. */
@Command(
        name = "completion",
        description = {"Print a completion script for bash, zsh or fish.", "man prints the manual page."},
        footer = {
            "",
            "Examples:",
            "  source <(dopi completion bash)                                    in ~/.bashrc",
            "  source <(dopi completion zsh)                                     in ~/.zshrc, after compinit",
            "  dopi completion fish > ~/.config/fish/completions/dopi.fish",
            "  dopi completion man > ~/.local/share/man/man1/dopi.1"
        })
final class CompletionCommand implements Callable<Integer> {

    /** What is printed. */
    enum Shell {
        BASH,
        ZSH,
        FISH,
        MAN
    }

    private final Context context;
    private final Main main;

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh, fish or man.")
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
                    // zsh reads the same script through its emulation of bash, which the script turns on by itself.
                    case BASH, ZSH -> lowerCaseValues(AutoComplete.bash("dopi", all));
                    case FISH -> FishCompletion.of(all);
                    case MAN -> ManPage.of(all);
                };
        context.out().print(script);
        context.out().flush();
        return ExitCode.OK;
    }

    /** The values of an enumeration are documented in lower case, and picocli offers them in upper case. */
    private static String lowerCaseValues(String script) {
        return VALUES.matcher(script).replaceAll(it -> it.group().toLowerCase(java.util.Locale.ROOT));
    }

    private static final Pattern VALUES = Pattern.compile("\\(\"[A-Z]+\"(?: \"[A-Z]+\")*\\)");
}
