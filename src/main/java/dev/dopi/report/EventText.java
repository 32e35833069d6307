package dev.dopi.report;

import dev.dopi.engine.CheckResult;
import dev.dopi.engine.Event;
import java.util.Optional;

/** An event as a line for a terminal; what a project or a program had a part in is neutralised. */
public final class EventText {

    private EventText() {}

    public static String of(Event event) {
        return switch (event) {
            case Event.Reading reading ->
                PlainText.line(reading.what()) + ", " + Wording.count(reading.files(), "file") + ".";
            case Event.ClassFound found ->
                "Found the class %s%s."
                        .formatted(
                                PlainText.line(found.found().className()),
                                found.found().file().isEmpty()
                                        ? ""
                                        : " in " + PlainText.line(found.found().file()));
            case Event.Analysed analysed ->
                "Analysed in %s: %s."
                        .formatted(
                                Wording.seconds(analysed.analysis().duration()),
                                Wording.count(
                                        analysed.analysis().recommendations().count(), "recommendation"));
            case Event.PatternFailed failed ->
                "The pattern %s failed and was left out: %s. This is a bug in dopi; the other patterns are not touched by it."
                        .formatted(failed.pattern().id(), PlainText.line(String.valueOf(failed.cause())));
            case Event.NotRecorded missed -> "Not recorded: " + PlainText.line(missed.reason());
            case Event.ReadmeLeft left -> PlainText.line(left.reason());
            case Event.Written written ->
                (written.created() ? "Created " : "Changed ") + PlainText.line(written.path()) + ".";
            case Event.Restored restored ->
                (restored.deleted() ? "Deleted " : "Restored ") + PlainText.line(restored.path()) + ".";
            case Event.CheckStarted started ->
                started.check().command().isEmpty()
                        ? PlainText.line(started.check().title()) + " has nothing to run."
                        : "%s starts: %s"
                                .formatted(
                                        PlainText.line(started.check().title()),
                                        PlainText.line(
                                                String.join(" ", started.check().command())));
            case Event.CheckPrinted printed ->
                PlainText.line(printed.check().id()) + " | "
                        + PlainText.output(printed.line().text());
            case Event.CheckEnded ended -> of(ended.result());
        };
    }

    /** Returns how a check ended, as a sentence; only a check that passed is said to have passed. */
    public static String of(CheckResult result) {
        String title = PlainText.line(result.check().title());
        String outcome =
                switch (result.outcome()) {
                    case PASSED -> "passed";
                    case FAILED -> "failed";
                    case FAILED_BEFORE -> "failed before dopi's change as well";
                    case TIMED_OUT -> "timed out";
                    case CANCELLED -> "was cancelled";
                    case SKIPPED, MISSING_PROGRAM -> "did not run";
                };
        Optional<String> code = result.exitCode().map(number -> "exit code " + number);
        String figures = code.map(text -> " (" + text + ", " + Wording.seconds(result.duration()) + ")")
                .orElse("");
        String reason = result.reason().isEmpty() ? "." : ": " + PlainText.line(result.reason());
        String log = result.log()
                .filter(_ -> result.outcome() != CheckResult.Outcome.PASSED)
                .map(path -> " The whole output is in " + PlainText.line(path.toString()) + ".")
                .orElse("");
        return title + " " + outcome + figures + reason + log;
    }
}
