package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.report.PlainText;
import dev.dopi.ui.theme.Depth;
import dev.dopi.ui.theme.Theme;
import dev.dopi.ui.theme.ThemeException;
import dev.dopi.ui.theme.ThemeSample;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what themes look like on this terminal. */
@Command(
        name = "themes",
        description = {
            "Show the themes on this terminal, or the ones that are named.",
            "A theme of your own is a file in dopi/themes in your configuration folder, or any file that you name."
        },
        footer = {
            "",
            "Examples:",
            "  dopi themes",
            "  dopi themes light mine.properties",
            "  dopi --theme mine.properties"
        })
final class ThemesCommand implements Callable<Integer> {

    /** How many colours to show them in. */
    enum Colours {
        NONE(Depth.NONE),
        ANSI16(Depth.ANSI_16),
        INDEXED256(Depth.INDEXED_256),
        TRUE(Depth.TRUE);

        private final Depth depth;

        Colours(Depth depth) {
            this.depth = depth;
        }
    }

    private final Context context;

    @Parameters(paramLabel = "THEME", arity = "0..*", description = "A theme's name, or a file.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--colours",
            paramLabel = "DEPTH",
            description = "none, ansi16, indexed256 or true. Default: what this terminal has.")
    private java.util.Optional<Colours> colours = java.util.Optional.empty();

    ThemesCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException {
        Depth depth = colours.map(each -> each.depth)
                .orElseGet(() -> context.surroundings().outIsTerminal()
                        ? Depth.of(context.surroundings().environment())
                        : Depth.NONE);
        Set<String> shown = new LinkedHashSet<>(names);
        if (names.isEmpty()) {
            shown.addAll(Theme.BUILT_IN);
            shown.addAll(Theme.own(context.surroundings().environment()));
        }
        for (String name : shown) {
            try {
                Theme theme = Theme.load(
                        name, depth, Theme.userFolder(context.surroundings().environment()));
                context.out().println(PlainText.line(name));
                context.out().println(ThemeSample.of(theme));
            } catch (ThemeException e) {
                throw Context.usage(String.valueOf(e.getMessage()));
            }
        }
        if (depth == Depth.NONE) {
            context.say("These are shown without colours, as this output has none; --colours true shows them.");
        }
        context.out().flush();
        return ExitCode.OK;
    }
}
