package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.engine.SessionReport;
import dev.dopi.report.SessionReportMarkdown;
import dev.dopi.report.SessionReportText;
import dev.dopi.ui.json.JsonOutput;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what the last session did. */
@Command(
        name = "report",
        description = "Print the report of the last session in the project.",
        footer = {"", "Example:", "  dopi report --format md > dopi-report.md"})
final class ReportCommand implements Callable<Integer> {

    /** A form of the report. */
    enum Format {
        TEXT,
        MD,
        JSON
    }

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, md or json. Default: text.")
    private Format format = Format.TEXT;

    ReportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException {
        Optional<SessionReport> last = context.open(project.path).lastReport();
        if (last.isEmpty()) {
            throw Context.usage("No session is recorded for this project; dopi starts one.");
        }
        switch (format) {
            case TEXT -> context.out().print(SessionReportText.of(last.get()));
            case MD -> context.out().print(SessionReportMarkdown.of(last.get()));
            case JSON -> new JsonOutput(context.out()).write(last.get());
        }
        context.out().flush();
        return ExitCode.OK;
    }
}
