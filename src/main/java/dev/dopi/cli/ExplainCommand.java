package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.report.PlainText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a pattern's page, or the list of patterns. */
@Command(
        name = "explain",
        description = "Explain a pattern: what it does, why, and when to leave it. Without an ID, list them.",
        footer = {"", "Example:", "  dopi explain ttl-cleanup"})
final class ExplainCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            completionCandidates = PatternIds.class,
            description = "The pattern.")
    private Optional<String> id = Optional.empty();

    ExplainCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException {
        PatternPages patterns = context.wiring().patterns();
        if (id.isEmpty()) {
            patterns.list().forEach(context.out()::println);
        } else {
            PatternInfo info = patterns.require(id.get());
            String page = patterns.page()
                    .apply(info.id())
                    .orElse("# " + info.title() + "\n\n" + info.summary() + "\n\nThis pattern has no page yet.\n");
            context.out().print(PlainText.block(page.stripTrailing() + "\n"));
        }
        context.out().flush();
        return ExitCode.OK;
    }
}
