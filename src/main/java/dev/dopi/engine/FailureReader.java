package dev.dopi.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dopi.process.Sanitizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads out of a check's output what failed, piece by piece: tsc's errors, vitest's tests, the lines of other programs
 * that tell of an error.
 *
 * <p>The memory that it takes does not grow with the output.
 */
final class FailureReader {

    private static final int MOST = 400;
    private static final int LONGEST = 300;
    private static final Pattern TSC = Pattern.compile("^(?:(.+?)\\((\\d+),(\\d+)\\): )?error (TS\\d+): (.*)$");
    private static final Pattern TELLS =
            Pattern.compile("✘ \\[ERROR\\]|^\\s*FAIL\\s|^\\s*not ok\\b|^\\s*(✗|✖|×|✕)|Error:|\\[ERROR\\]|\\berror\\b");

    private final CheckKind kind;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final List<CheckPart> errors = new ArrayList<>();

    FailureReader(CheckKind kind) {
        this.kind = kind;
    }

    void see(String printed) {
        String line = Sanitizer.plain(printed).strip();
        if (kind == CheckKind.TYPES) {
            Matcher error = TSC.matcher(line);
            if (error.matches() && errors.size() < MOST) {
                String file = error.group(1) == null ? "" : error.group(1);
                errors.add(CheckPart.failed(file, error.group(4) + ": " + error.group(5), line));
            }
        } else if (lines.size() < MOST && TELLS.matcher(line).find()) {
            String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
            // Times, ports and line numbers differ from run to run.
            lines.putIfAbsent(cut.replaceAll("\\d+", "#"), cut);
        }
    }

    /**
     * Returns what failed.
     *
     * @param folder that the check ran in; paths of parts are relative to it
     * @param report the file that vitest was asked to write, which need not be there
     */
    List<CheckPart> failures(Path folder, Path report) {
        return switch (kind) {
            case TYPES -> List.copyOf(errors);
            case TESTS -> Files.isRegularFile(report) ? tests(folder, Toolchain.json(report)) : fromLines();
            case LINT -> fromLines();
            case CONFIG_TYPES, DRY_RUN, OBJECTS -> List.of();
        };
    }

    private List<CheckPart> fromLines() {
        return lines.entrySet().stream()
                .map(each -> CheckPart.failed("", each.getKey(), each.getValue()))
                .toList();
    }

    private static List<CheckPart> tests(Path folder, JsonNode report) {
        var parts = new ArrayList<CheckPart>();
        for (JsonNode file : report.path("testResults")) {
            String path = relative(folder, file.path("name").asText());
            for (JsonNode test : file.path("assertionResults")) {
                parts.add(test(path, test));
            }
            if (file.path("assertionResults").isEmpty()
                    && file.path("status").asText().equals("failed")) {
                parts.add(CheckPart.failed(
                        path, "the file", first(file.path("message").asText("it could not be run"))));
            }
        }
        return parts;
    }

    private static CheckPart test(String path, JsonNode test) {
        CheckPart.Verdict verdict =
                switch (test.path("status").asText()) {
                    case "passed" -> CheckPart.Verdict.PASSED;
                    case "failed" -> CheckPart.Verdict.FAILED;
                    default -> CheckPart.Verdict.NOT_RUN;
                };
        String message = first(test.path("failureMessages").path(0).asText(""));
        return new CheckPart(
                path,
                test.path("fullName").asText(test.path("title").asText()),
                verdict,
                message,
                Duration.ofMillis(Math.round(test.path("duration").asDouble(0))));
    }

    private static String first(String message) {
        String line =
                Sanitizer.plain(message.strip().lines().findFirst().orElse("")).strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private static String relative(Path folder, String name) {
        try {
            return folder.toRealPath().relativize(Path.of(name).toRealPath()).toString();
        } catch (java.io.IOException | IllegalArgumentException e) {
            return name; // A name that vitest gives to what is no file.
        }
    }
}
