package dev.dopi.engine;

import dev.dopi.process.Sanitizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line of a check's output that says most about why it failed: the first of the best kind that was seen, else the
 * last one at all. Where that only announces what follows, what follows is put behind it.
 */
final class TellingLine {

    private static final int LONGEST = 300;

    /** The best first. */
    private static final List<Pattern> KINDS = List.of(
            Pattern.compile(
                    "\\berror TS\\d+|✘ \\[ERROR\\] (?!Build failed)|^\\s*FAIL\\s|^\\s*not ok\\b|^\\s*(✗|✖|×)\\s"),
            Pattern.compile("Error: |\\bERR!|\\[ERROR\\]|^\\s*error\\b|^No test files found", Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\S"));

    private final @Nullable String[] found = new @Nullable String[KINDS.size()];
    private int announced = -1;

    void see(String printed) {
        String line = Sanitizer.plain(printed).strip();
        if (line.isEmpty()) {
            return;
        }
        if (announced >= 0) {
            found[announced] = found[announced] + " " + line;
            announced = -1;
        }
        int last = KINDS.size() - 1;
        for (int i = 0; i <= last; i++) {
            if ((i == last || found[i] == null) && KINDS.get(i).matcher(line).find()) {
                found[i] = line;
                announced = i < last && line.endsWith(":") ? i : -1;
                return;
            }
        }
    }

    Optional<String> text() {
        for (String line : found) {
            if (line != null) {
                return Optional.of(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
            }
        }
        return Optional.empty();
    }
}
