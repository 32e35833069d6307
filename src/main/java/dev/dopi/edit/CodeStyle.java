package dev.dopi.edit;

import dev.dopi.source.SourceFile;
import java.util.List;

/**
 * How a script's author writes: what generated code takes on.
 *
 * @param indent one step of indentation: some spaces, or a tab
 * @param quote the sign around ordinary strings
 * @param semicolons whether statements end with one
 * @param lineEnd {@code \n} or {@code \r\n}
 * @param typed whether it is TypeScript
 */
public record CodeStyle(String indent, char quote, boolean semicolons, String lineEnd, boolean typed) {

    /** Reads the style off {@code file}; what it does not show is taken from Cloudflare's own templates. */
    public static CodeStyle of(SourceFile file, boolean typed) {
        List<String> lines = file.text().lines().toList();
        return new CodeStyle(indentOf(lines), quoteOf(file.text()), endsWithSemicolons(lines), file.lineEnd(), typed);
    }

    private static String indentOf(List<String> lines) {
        int tabs = 0;
        int[] steps = new int[9];
        int previous = 0;
        for (String line : lines) {
            if (line.isBlank() || line.stripLeading().startsWith("*")) {
                continue;
            }
            if (line.startsWith("\t")) {
                tabs++;
                continue;
            }
            int width = line.length() - line.stripLeading().length();
            int step = width - previous;
            if (step >= 2 && step < steps.length) {
                steps[step]++;
            }
            previous = width;
        }
        int best = 2;
        int seen = 0;
        for (int step = 2; step < steps.length; step++) {
            if (steps[step] > steps[best]) {
                best = step;
            }
            seen += steps[step];
        }
        return tabs > seen || tabs > 0 && seen == 0 ? "\t" : " ".repeat(best);
    }

    private static char quoteOf(String text) {
        long single = text.chars().filter(c -> c == '\'').count();
        long twice = text.chars().filter(c -> c == '"').count();
        return single > twice ? '\'' : '"';
    }

    private static boolean endsWithSemicolons(List<String> lines) {
        long with = lines.stream()
                .filter(line -> line.stripTrailing().endsWith(";"))
                .count();
        long without = lines.stream()
                .map(String::stripTrailing)
                .filter(line -> line.endsWith(")") || line.endsWith("'") || line.endsWith("\""))
                .count();
        return with >= without || with > 3;
    }
}
