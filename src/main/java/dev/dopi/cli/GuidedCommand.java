package dev.dopi.cli;

import dev.dopi.engine.Analysis;
import dev.dopi.engine.ProjectException;
import dev.dopi.report.AnalysisText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself: without a command it leads through a session. */
@Command(
        name = "dopi",
        description =
                "Find which production patterns the Durable Objects of a Cloudflare Workers project lack, see why, "
                        + "and put them in place.",
        synopsisHeading = "Usage:%n",
        customSynopsis = {"  dopi [PATH]", "  dopi COMMAND [PATH] [OPTION]..."},
        versionProvider = ProgramVersion.class,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  dopi                                        a guided session in this folder",
            "  dopi demo                                   the same on a sample project",
            "  dopi analyze --format json                  for programs; changes nothing",
            "  dopi apply --pattern sql-index --dry-run    the diff of one pattern",
            "  dopi apply --pattern sql-index --yes        write it and validate",
            "  dopi undo                                   take back what was written last",
            "",
            "Exit codes: 0 nothing to do, or done and verified; 1 findings, or a dry run that would change something;",
            "2 wrong use; 3 an edit was refused or taken back; 4 a validation command failed; 5 a program is missing;",
            "130 interrupted."
        })
final class GuidedCommand implements Callable<Integer> {

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    @Option(
            names = "--plain",
            scope = ScopeType.INHERIT,
            description = "Lead the guided session line by line, without drawing on the screen.")
    private boolean plain;

    @Option(
            names = "--theme",
            paramLabel = "NAME",
            completionCandidates = ThemeNames.class,
            scope = ScopeType.INHERIT,
            description = "The colours of the guided session: a name, or a file. dopi themes shows them.")
    private Optional<String> theme = Optional.empty();

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "auto, always or never. Default: auto, which heeds NO_COLOR and FORCE_COLOR.")
    private FrontEnd.Color color = FrontEnd.Color.AUTO;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    GuidedCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException, InterruptedException {
        return lead(context.folder(project.path));
    }

    /** Leads through a session in {@code root}, as far as there is somebody to lead. */
    int lead(Path root) throws ProjectException, InterruptedException {
        return lead(root, false, List.of());
    }

    /** As above; {@code resume} goes on with an unfinished session without asking, {@code notice} is said first. */
    int lead(Path root, boolean resume, List<String> notice) throws ProjectException, InterruptedException {
        if (!context.surroundings().interactive()) {
            return analysisOnly(root);
        }
        new CutOffWrite(context).offer(context.open(root));
        boolean lines =
                plain || context.surroundings().dumb() || context.surroundings().accessible();
        if (lines) {
            notice.forEach(context::say);
        }
        FrontEnd frontEnd =
                lines ? context.wiring().lineByLine() : context.wiring().fullScreen();
        return frontEnd.run(root, new FrontEnd.Look(theme, color, resume, notice));
    }

    private int analysisOnly(Path root) throws ProjectException {
        Analysis analysis = context.open(root).analyse();
        context.out().print(AnalysisText.digest(analysis, AnalyzeCommand.MORE));
        context.out().flush();
        if (!context.understood(analysis)) {
            return ExitCode.USAGE;
        }
        context.say(
                "There is no terminal to ask on, so this was only the analysis. To go on, run dopi in a terminal, or"
                        + " dopi apply --pattern ID --dry-run to see a change and dopi apply --pattern ID --yes to make it.");
        return ExitCode.OK;
    }
}
