package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.engine.UndoEntry;
import dev.dopi.report.PlainText;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes back what was applied. */
@Command(
        name = "undo",
        description = {
            "Put the files of applied patterns back, byte for byte.",
            "Takes back what the last session applied; with --pattern, all of that pattern."
        },
        footer = {"", "Examples:", "  dopi undo --list", "  dopi undo", "  dopi undo --pattern sql-index"})
final class UndoCommand implements Callable<Integer> {

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    @Option(
            names = "--pattern",
            paramLabel = "ID",
            completionCandidates = PatternIds.class,
            description = "Take back only this pattern.")
    private Optional<String> pattern = Optional.empty();

    @Option(names = "--list", description = "Only list what can be taken back.")
    private boolean list;

    UndoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException {
        if (pattern.isPresent()) {
            context.wiring().patterns().require(pattern.get());
        }
        Session session = context.open(project.path);
        List<UndoEntry> all = session.undoable().stream()
                .filter(entry -> pattern.map(entry.pattern()::equals).orElse(true))
                .toList();
        if (all.isEmpty()) {
            context.say("There is nothing to take back"
                    + pattern.map(id -> " of " + id).orElse("") + ".");
            return ExitCode.OK;
        }
        if (list) {
            all.forEach(this::print);
            return ExitCode.OK;
        }
        List<UndoEntry> chosen = pattern.isPresent() ? all : lastSession(session, all);
        session.undo(chosen);
        for (UndoEntry entry : chosen) {
            context.out()
                    .println(PlainText.line("Took back %s for %s: %s"
                            .formatted(entry.pattern(), entry.subject(), String.join(", ", entry.files()))));
        }
        context.out().flush();
        int left = session.undoable().size();
        if (left > 0) {
            context.say(left + " more can be taken back; dopi undo --list shows what.");
        }
        return ExitCode.OK;
    }

    private static List<UndoEntry> lastSession(Session session, List<UndoEntry> all) throws ProjectException {
        Set<String> last = session.lastReport().map(SessionReport::applied).orElse(List.of()).stream()
                .map(SessionReport.Applied::journal)
                .collect(Collectors.toSet());
        List<UndoEntry> chosen =
                all.stream().filter(entry -> last.contains(entry.id())).toList();
        return chosen.isEmpty() ? all.subList(0, 1) : chosen;
    }

    private void print(UndoEntry entry) {
        context.out()
                .println(PlainText.line("%s %s %s: %s"
                        .formatted(
                                entry.applied().truncatedTo(ChronoUnit.SECONDS),
                                entry.pattern(),
                                entry.subject(),
                                String.join(", ", entry.files()))));
    }
}
