package dev.dopi.cli;

import dev.dopi.engine.Analysis;
import dev.dopi.engine.ProjectException;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Priority;
import dev.dopi.report.AnalysisText;
import dev.dopi.report.GithubAnnotations;
import dev.dopi.ui.json.JsonOutput;
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
            "  dopi analyze --pattern sql-index --fail-on high"
        })
final class AnalyzeCommand implements Callable<Integer> {

    /** A form of the analysis. */
    enum Format {
        TEXT,
        JSON,
        SARIF,
        GITHUB
    }

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json, github or sarif. Default: text.")
    private Format format = Format.TEXT;

    @Option(names = "--pattern", paramLabel = "ID", description = "Only this pattern; can be repeated.")
    private List<String> patterns = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "PRIORITY",
            description =
                    "Exit with 1 when something of this priority or above is recommended: critical, high, medium or low.")
    private Optional<Priority> failOn = Optional.empty();

    AnalyzeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException {
        if (format == Format.SARIF) {
            throw Context.usage("The format sarif is not supported yet; use text, json or github.");
        }
        Set<String> wanted = context.wiring().patterns().require(patterns);
        Analysis analysis = only(wanted, context.open(project.path).analyse());
        switch (format) {
            case TEXT -> context.out().print(AnalysisText.of(analysis));
            case JSON -> new JsonOutput(context.out()).write(analysis);
            case GITHUB -> context.out().print(GithubAnnotations.of(analysis));
            case SARIF -> throw new IllegalStateException("refused above");
        }
        context.out().flush();
        if (!context.understood(analysis)) {
            return ExitCode.USAGE;
        }
        return failOn.filter(limit -> analysis.recommendations()
                                .map(Finding::priority)
                                .anyMatch(each -> each.compareTo(limit) <= 0))
                        .isPresent()
                ? ExitCode.FINDINGS
                : ExitCode.OK;
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
                analysis.duration());
    }
}
