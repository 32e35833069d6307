package dev.dopi.cli;

import dev.dopi.engine.Analysis;
import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.pattern.Finding;
import dev.dopi.project.Diagnostic;
import dev.dopi.report.EventText;
import dev.dopi.report.PlainText;
import dev.dopi.source.Paths;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What every command works with: results go to standard output, messages to standard error. */
record Context(Wiring wiring, Surroundings surroundings) {

    private static final Set<String> COMMANDS = Set.of(
            "analyze",
            "apply",
            "undo",
            "resume",
            "validate",
            "report",
            "explain",
            "demo",
            "rollout",
            "themes",
            "completion");

    PrintStream out() {
        return surroundings.out();
    }

    /** Writes one message for the user, whatever it quotes. */
    void say(String message) {
        surroundings.err().println(PlainText.line(message));
    }

    /** Opens the project in {@code path}; tells the user on standard error what happens to it. */
    Session open(Path path) throws ProjectException {
        return wiring.sessions().open(folder(path), this::tell);
    }

    private void tell(Event event) {
        switch (event) {
            // A person who waits for a result needs no account of the reading.
            case Event.Reading _, Event.ClassFound _, Event.Analysed _ -> {}
            // How a check ended is a result: it goes to standard output, once.
            case Event.CheckEnded _ -> {}
            case Event.CheckStarted started when started.check().cannotRun().isPresent() -> {}
            case Event.PatternFailed _,
                    Event.NotRecorded _,
                    Event.ReadmeLeft _,
                    Event.Written _,
                    Event.Restored _,
                    Event.CheckStarted _,
                    Event.CheckPrinted _ -> surroundings.err().println(EventText.of(event));
        }
    }

    /** Returns the folder that the user means by {@code path}. */
    Path folder(Path path) throws ProjectException {
        Path folder = surroundings.folder().resolve(path).normalize();
        if (Files.isDirectory(folder)) {
            return folder;
        }
        if (Files.exists(folder)) {
            throw usage("'" + path + "' is a file; name the project's folder.");
        }
        String meant = Nearest.to(path.toString(), COMMANDS)
                .map(command -> " Did you mean the command 'dopi " + command + "'?")
                .orElse("");
        throw usage("There is no folder '" + path + "'." + meant);
    }

    static ProjectException usage(String message) {
        return new ProjectException(ProjectException.Kind.USAGE, message);
    }

    /** Says what was wrong with the project, and returns whether so much was that nothing can be said of it. */
    boolean understood(Analysis analysis) {
        long classes = analysis.model().durableObjects().count();
        if (analysis.model().workers().isEmpty()) {
            say("No Cloudflare Worker was found in " + analysis.root()
                    + ": there is no wrangler.jsonc, wrangler.json or wrangler.toml; name the folder that holds one.");
            return false;
        }
        List<Diagnostic> errors = analysis.diagnostics().stream()
                .filter(each -> each.severity() == Diagnostic.Severity.ERROR)
                .toList();
        return errors.isEmpty() || classes > 0 && errors.stream().noneMatch(Context::isMalformedConfig);
    }

    /** What a configuration that cannot be read would say is not known, however much of the code is. */
    private static boolean isMalformedConfig(Diagnostic error) {
        String name = Paths.name(error.file());
        return name.startsWith("wrangler") && error.message().startsWith("not valid");
    }

    void diagnostics(Analysis analysis) {
        for (Diagnostic each : analysis.diagnostics()) {
            if (each.severity() != Diagnostic.Severity.INFO) {
                String place = each.place().isEmpty() ? "" : each.place() + ": ";
                say(each.severity().name().toLowerCase(java.util.Locale.ROOT) + ": " + place + each.message());
            }
        }
    }

    static String named(Finding finding) {
        return finding.pattern().id() + " for " + finding.subject().label();
    }
}
