package dev.dopi.cli;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Planned;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Presets;
import dev.dopi.pattern.Subject;
import dev.dopi.project.Preferences;
import dev.dopi.report.Changes;
import dev.dopi.report.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts patterns in place without asking, as far as nothing has to be asked. */
@Command(
        name = "apply",
        description = {
            "Put patterns in place, then validate.",
            "A pattern that a check fails because of is taken back, and the rest stays."
        },
        footer = {
            "",
            "Examples:",
            "  dopi apply --pattern sql-index --dry-run",
            "  dopi apply --pattern ttl-cleanup --set ttl-cleanup.keep=30d --yes",
            "  dopi apply --pattern sql-index --patch index.patch && git apply index.patch"
        })
final class ApplyCommand implements Callable<Integer> {

    private final Context context;

    @Mixin
    private final ProjectPath project = new ProjectPath();

    @Option(
            names = "--pattern",
            paramLabel = "ID",
            completionCandidates = PatternIds.class,
            required = true,
            description = "The pattern to put in place wherever it is recommended; can be repeated.")
    private List<String> patterns = new ArrayList<>();

    @Option(names = "--yes", description = "Write without asking.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only print the diff; exit with 1 when something would change.")
    private boolean dryRun;

    @Option(names = "--patch", paramLabel = "FILE", description = "Write the diff to FILE and leave the project alone.")
    private Optional<Path> patch = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Choose an option's value, as KEY=VALUE or PATTERN.KEY=VALUE; can be repeated.")
    private List<String> set = new ArrayList<>();

    @Option(names = "--no-validate", description = "Do not run the checks afterwards.")
    private boolean noValidate;

    ApplyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProjectException, InterruptedException {
        Set<String> wanted = context.wiring().patterns().require(patterns);
        SetValues values = SetValues.parse(set);
        boolean writes = !dryRun && patch.isEmpty();
        if (writes && !yes && !context.surroundings().interactive()) {
            throw Context.usage(
                    "There is no terminal to ask on: add --yes to write without being asked, or --dry-run to"
                            + " see what would be written.");
        }
        Session session = context.open(project.path);
        if (session.interrupted().isPresent()) {
            throw new ProjectException(
                    ProjectException.Kind.REFUSED,
                    "An earlier write was cut off; run dopi resume first. Nothing was written.");
        }
        Analysis analysis = session.analyse();
        context.diagnostics(analysis);
        if (!context.understood(analysis)) {
            return ExitCode.USAGE;
        }
        List<Finding> findings = analysis.recommendations()
                .filter(finding -> wanted.contains(finding.pattern().id()))
                .toList();
        if (findings.isEmpty()) {
            nothingToDo(wanted, analysis);
            return ExitCode.OK;
        }
        values.check(findings);
        List<Planned> planned = session.plan(
                analysis,
                findings.stream()
                        .map(finding -> Choice.of(finding).with(values.of(finding)))
                        .toList());
        int refused = refusals(planned);
        Changes changes = Changes.of(planned);
        if (!writes) {
            return show(changes, refused);
        }
        needsNoValue(planned, values, new Presets(Preferences.of(analysis.project())));
        return changes.none() ? nothingLeft(refused) : write(session, planned, changes, refused);
    }

    private void nothingToDo(Set<String> wanted, Analysis analysis) {
        for (String id : wanted) {
            String why = analysis.findings().stream()
                    .filter(finding -> finding.pattern().id().equals(id))
                    .map(finding -> finding.subject().label() + ": " + finding.reason())
                    .collect(Collectors.joining(" "));
            context.say("Nothing to do for " + id + ". "
                    + (why.isEmpty() ? "The project has nothing that the pattern is about." : why));
        }
    }

    /** Says what is not written and why; returns the exit code that this comes to. */
    private int refusals(List<Planned> planned) {
        int code = ExitCode.OK;
        for (Planned each : planned) {
            for (String refusal : each.plan().refusals()) {
                context.say(Context.named(each.finding()) + " is refused: " + refusal);
                code = ExitCode.REFUSED;
            }
            for (String note : each.plan().notes()) {
                context.say(Context.named(each.finding()) + ": " + note);
            }
            if (each.plan().equals(EditPlan.EMPTY)) {
                context.say(Context.named(each.finding()) + ": the patterns before it leave nothing to do. "
                        + each.finding().reason());
            }
            if (each.changes().isEmpty() && !each.plan().hunks().isEmpty()) {
                code = ExitCode.REFUSED;
            }
            for (Hunk hunk : each.plan().hunks()) {
                if (hunk.applicability() == Applicability.ADVICE) {
                    context.say("%s: dopi does not write this, do it by hand: %s (%s). %s"
                            .formatted(Context.named(each.finding()), hunk.title(), hunk.file(), hunk.reason()));
                }
            }
        }
        return code;
    }

    private int nothingLeft(int refused) {
        context.say("Nothing was written.");
        return refused;
    }

    private int show(Changes changes, int refused) throws ProjectException {
        String diff = changes.unified();
        if (patch.isPresent()) {
            Path file = context.surroundings().folder().resolve(patch.get());
            try {
                Files.writeString(file, diff);
            } catch (IOException e) {
                throw Context.usage("The patch cannot be written to '" + file + "': " + e);
            }
            context.say("Wrote the patch to " + file + "; the project is as it was.");
        } else {
            // A patch for a program must have every byte; one for a terminal must not act on it.
            context.out().print(context.surroundings().outIsTerminal() ? PlainText.block(diff) : diff);
            context.out().flush();
        }
        if (changes.none()) {
            return nothingLeft(refused);
        }
        return dryRun ? ExitCode.FINDINGS : refused;
    }

    /** Refuses to go on with a default where the user has to choose. */
    private static void needsNoValue(List<Planned> planned, SetValues values, Presets presets) throws ProjectException {
        for (Planned each : planned) {
            boolean open =
                    each.plan().hunks().stream().anyMatch(hunk -> hunk.applicability() == Applicability.NEEDS_VALUE);
            Options given = presets.under(values.of(each.finding()), each.finding());
            if (open && given.values().isEmpty()) {
                String pattern = each.finding().pattern().id();
                String flags = each.finding().options().stream()
                        .map(option -> "--set " + pattern + "." + option.key() + "=" + option.value())
                        .collect(Collectors.joining(" or "));
                throw Context.usage(("%s needs a value that you choose; add %s (the values shown are the defaults),"
                                + " or give it as \"options\" in dopi.jsonc.")
                        .formatted(Context.named(each.finding()), flags));
            }
        }
    }

    private int write(Session session, List<Planned> planned, Changes changes, int refused)
            throws ProjectException, InterruptedException {
        if (!yes && !confirmed(changes)) {
            context.say("Nothing was written.");
            return ExitCode.OK;
        }
        List<SessionReport.Applied> applied = session.apply(
                planned.stream().filter(each -> !each.changes().isEmpty()).toList());
        for (SessionReport.Applied each : applied) {
            String files = each.files().stream()
                    .map(file -> "%s +%d -%d".formatted(file.path(), file.added(), file.removed()))
                    .collect(Collectors.joining(", "));
            String subject = new Subject(each.finding().worker(), each.finding().className()).label();
            context.out()
                    .println(PlainText.line("Applied " + each.finding().pattern() + " for " + subject + ": " + files));
        }
        context.out().flush();
        if (noValidate) {
            context.say("Validation did not run; dopi validate runs it, dopi undo takes the change back.");
            return refused;
        }
        var checks = new Validation(context, session, yes ? Validation.Blamed.TAKE_BACK : Validation.Blamed.ASK);
        int validation = checks.run();
        if (validation != ExitCode.OK && validation != ExitCode.REFUSED) {
            context.say((checks.onlyOldFailures()
                            ? "What failed had failed before dopi's change as well. What was written"
                            : checks.tookBack() ? "What else was written" : "Nothing was taken back: what was written")
                    + " is still there. dopi undo takes it back.");
        }
        return ExitCode.worse(validation, refused);
    }

    private boolean confirmed(Changes changes) throws ProjectException {
        changes.lines().forEach(context::say);
        context.surroundings().err().print("To write this, type apply and press Enter: ");
        context.surroundings().err().flush();
        try {
            String answer = context.surroundings().in().readLine();
            return answer != null && answer.strip().equals("apply");
        } catch (IOException e) {
            throw Context.usage("The answer cannot be read: " + e.getMessage());
        }
    }
}
