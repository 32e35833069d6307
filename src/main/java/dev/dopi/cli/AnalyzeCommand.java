package dev.dopi.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.edit.ReadmeSection;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Planned;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Priority;
import dev.dopi.project.Preferences;
import dev.dopi.report.AnalysisText;
import dev.dopi.report.Base;
import dev.dopi.report.GithubAnnotations;
import dev.dopi.report.Sarif;
import dev.dopi.report.Wording;
import dev.dopi.ui.json.JsonOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what was found, and changes nothing. */
@Command(
        name = "analyze",
        description = "Say which patterns the project lacks, and why. Changes nothing.",
        footer = {
            "",
            "Examples:",
            "  dopi analyze",
            "  dopi analyze workers/chat --format json > analysis.json",
            "  dopi analyze --pattern sql-index --fail-on high",
            "  dopi analyze --baseline dopi-baseline.json --update-baseline",
            "  dopi analyze --baseline dopi-baseline.json --fail-on low"
        })
final class AnalyzeCommand implements Callable<Integer> {

    /** A form of the analysis. */
    enum Format {
        TEXT,
        JSON,
        SARIF,
        GITHUB
    }

    static final String MORE = "This is a digest. dopi analyze --all prints everything, --pattern ID what is about"
            + " one pattern, and --format json is for programs.";

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json, github or sarif. Default: text.")
    private Format format = Format.TEXT;

    @Option(
            names = "--pattern",
            paramLabel = "ID",
            completionCandidates = PatternIds.class,
            description = "Only this pattern; can be repeated.")
    private List<String> patterns = new ArrayList<>();

    @Option(names = "--all", description = "Leave nothing out of the text, however large the project is.")
    private boolean all;

    @Option(
            names = "--fail-on",
            paramLabel = "PRIORITY",
            description =
                    "Exit with 1 when something of this priority or above is recommended: critical, high, medium or low.")
    private Optional<Priority> failOn = Optional.empty();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Say only what is recommended beyond what FILE counts, by file and pattern.")
    private Optional<Path> baseline = Optional.empty();

    @Option(
            names = "--update-baseline",
            description = "Write what is recommended now to the baseline. Refused where a count would grow.")
    private boolean updateBaseline;

    @Option(names = "--accept-growth", description = "With --update-baseline: let counts grow.")
    private boolean acceptGrowth;

    @Mixin
    private final BaseFolder base = new BaseFolder();

    AnalyzeCommand(Context context) {
        this.context = context;
    }

    /** The command without options. */
    AnalyzeCommand(Context context, Path path) {
        this(context);
        project.path = path;
    }

    @Override
    public Integer call() throws ProjectException {
        Set<String> wanted = context.wiring().patterns().require(patterns);
        Session session = context.open(project.path);
        Analysis whole = session.analyse();
        Preferences preferences = Preferences.of(whole.project());
        Optional<Path> known = baseline.map(context.surroundings().folder()::resolve)
                .or(() -> preferences.baseline().map(whole.root()::resolve));
        if (updateBaseline) {
            return update(whole, known);
        }
        Analysis analysis =
                only(wanted, known.isPresent() ? Baseline.read(known.get()).on(whole) : whole);
        switch (format) {
            case TEXT -> context.out().print(all ? AnalysisText.whole(analysis) : AnalysisText.digest(analysis, MORE));
            case JSON -> new JsonOutput(context.out()).write(analysis);
            case GITHUB -> context.out().print(GithubAnnotations.of(analysis, base(analysis)));
            case SARIF -> new JsonOutput(context.out()).write(sarif(session, analysis));
        }
        context.out().flush();
        if (!context.understood(analysis)) {
            return ExitCode.USAGE;
        }
        Optional<Priority> limit = failOn.isPresent() ? failOn : failOn(preferences);
        return limit.filter(priority -> analysis.recommendations()
                                .map(Finding::priority)
                                .anyMatch(each -> each.compareTo(priority) <= 0))
                        .isPresent()
                ? ExitCode.FINDINGS
                : ExitCode.OK;
    }

    private static Optional<Priority> failOn(Preferences preferences) throws ProjectException {
        for (Priority priority : Priority.values()) {
            if (preferences.failOn().filter(priority.name()::equalsIgnoreCase).isPresent()) {
                return Optional.of(priority);
            }
        }
        if (preferences.failOn().isPresent()) {
            throw Context.usage("%s: \"failOn\" cannot be \"%s\"; write critical, high, medium or low."
                    .formatted(preferences.file(), preferences.failOn().get()));
        }
        return Optional.empty();
    }

    private int update(Analysis analysis, Optional<Path> file) throws ProjectException {
        if (file.isEmpty() || !patterns.isEmpty()) {
            throw Context.usage(
                    "--update-baseline counts every pattern and needs --baseline FILE; leave --pattern out.");
        }
        if (!context.understood(analysis)) {
            return ExitCode.USAGE;
        }
        Baseline next = Baseline.of(file.get(), analysis);
        if (Files.exists(file.get()) && !acceptGrowth) {
            List<String> growth = Baseline.read(file.get()).growth(next);
            if (!growth.isEmpty()) {
                throw new ProjectException(
                        ProjectException.Kind.REFUSED,
                        "The baseline would grow: " + String.join(", ", growth)
                                + ". Nothing was written; add --accept-growth if that is meant.");
            }
        }
        next.write();
        context.say("Wrote " + Wording.count(next.total(), "recommendation") + " to the baseline " + file.get() + ".");
        return ExitCode.OK;
    }

    private Base base(Analysis analysis) throws ProjectException {
        return base.of(analysis.root(), context.surroundings());
    }

    private ObjectNode sarif(Session session, Analysis analysis) throws ProjectException {
        List<Planned> fixes = analysis.recommendations()
                .filter(finding -> finding.fix() == Fix.AUTOMATIC)
                // Each fix is made by itself, and two that made the README's section would make it twice.
                .map(finding -> Choice.of(finding).rejecting(ReadmeSection.HUNK))
                .flatMap(choice -> session.plan(analysis, List.of(choice)).stream())
                .toList();
        return Sarif.of(
                analysis,
                base(analysis),
                ProgramVersion.number(),
                context.wiring().patterns().rules(),
                fixes);
    }

    private static Analysis only(Set<String> wanted, Analysis analysis) {
        if (wanted.isEmpty()) {
            return analysis;
        }
        List<Finding> findings = analysis.findings().stream()
                .filter(finding -> wanted.contains(finding.pattern().id()))
                .toList();
        return new Analysis(
                analysis.root(),
                analysis.project(),
                analysis.model(),
                findings,
                analysis.diagnostics(),
                analysis.duration(),
                analysis.ignored().stream()
                        .filter(each -> wanted.contains(each.finding().pattern().id()))
                        .toList());
    }
}
