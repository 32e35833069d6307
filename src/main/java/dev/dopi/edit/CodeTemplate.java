package dev.dopi.edit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * TypeScript to be written into a project, as it stands beside its pattern.
 *
 * <p>Two spaces a step, double quotes, semicolons; {@code {{NAME}}} is a value and {@code {{ts:…}}} stands only in
 * TypeScript. A line that holds nothing but a value without text is left out. Lines between {@code // {{#NAME}}} and
 * {@code // {{/NAME}}} stand only where the flag is set, those after {@code // {{^NAME}}} only where it is not.
 */
public record CodeTemplate(String text) {

    private static final Pattern TYPED = Pattern.compile("\\{\\{ts:(.*?)}}");
    private static final Pattern SECTION = Pattern.compile("\\s*// \\{\\{([#^/])([A-Z_]+)}}\\s*");
    private static final Pattern VALUE = Pattern.compile("\\{\\{([A-Z_]+)}}");

    /** Returns the template that is the resource {@code name} beside {@code owner}. */
    public static CodeTemplate beside(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no template %s beside %s".formatted(name, owner.getName()));
            }
            return new CodeTemplate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the code in {@code style}, each line begun with {@code margin}, without a line end after the last.
     *
     * @param values by name; a value of several lines takes on the indentation of the line that it stands in
     */
    public String render(CodeStyle style, String margin, Map<String, String> values) {
        return render(style, margin, values, Set.of());
    }

    /** As {@link #render(CodeStyle, String, Map)}, with the sections that {@code flags} turn on. */
    public String render(CodeStyle style, String margin, Map<String, String> values, Set<String> flags) {
        return restyled(filled(style, values, flags), style, margin);
    }

    /**
     * Returns the code of a whole file in {@code style}, ended by a line end.
     *
     * <p>In JavaScript it is the same script without its types, so that no template needs a second form.
     */
    public String renderFile(CodeStyle style, Map<String, String> values, Set<String> flags) {
        List<String> lines = filled(style, values, flags);
        List<String> wanted = style.typed()
                ? lines
                : TypeErasure.of(String.join("\n", lines)).lines().toList();
        return restyled(wanted, style, "") + style.lineEnd();
    }

    private List<String> filled(CodeStyle style, Map<String, String> values, Set<String> flags) {
        return wanted(flags)
                .flatMap(each -> filled(each, style, values).lines())
                .toList();
    }

    private static String restyled(List<String> code, CodeStyle style, String margin) {
        var lines = new ArrayList<String>();
        boolean text = false;
        for (String line : code) {
            lines.add(line.isBlank() ? "" : margin + restyled(line, style, text));
            text = endsInText(line, text);
        }
        return String.join(style.lineEnd(), lines);
    }

    /** Whether a template literal is open behind {@code line}, where {@code text} says whether one was before it. */
    private static boolean endsInText(String line, boolean text) {
        boolean comment = !text && isComment(line.stripLeading());
        return text ^ (!comment && line.chars().filter(each -> each == '`').count() % 2 == 1);
    }

    private static boolean isComment(String code) {
        return code.startsWith("//") || code.startsWith("*") || code.startsWith("/*");
    }

    private Stream<String> wanted(Set<String> flags) {
        var kept = new ArrayList<String>();
        var open = new ArrayDeque<Boolean>();
        for (String line : text.stripTrailing().lines().toList()) {
            Matcher mark = SECTION.matcher(line);
            if (!mark.matches()) {
                if (!open.contains(false)) {
                    kept.add(line);
                }
            } else if (mark.group(1).equals("/")) {
                open.pop();
            } else {
                open.push(flags.contains(mark.group(2)) == mark.group(1).equals("#"));
            }
        }
        return kept.stream();
    }

    private static String filled(String line, CodeStyle style, Map<String, String> values) {
        String own = line.substring(0, line.length() - line.stripLeading().length());
        String valued = VALUE.matcher(line).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for " + found.group());
            }
            return Matcher.quoteReplacement(value.replace("\n", "\n" + own));
        });
        String filled = TYPED.matcher(valued)
                .replaceAll(found -> style.typed() ? Matcher.quoteReplacement(found.group(1)) : "");
        return filled.isBlank() && !line.isBlank() ? "" : filled.isEmpty() ? "\n" : filled;
    }

    private static String restyled(String line, CodeStyle style, boolean text) {
        String code = line.stripLeading();
        int steps = (line.length() - code.length()) / 2;
        boolean comment = !text && isComment(code);
        if (!comment && style.quote() == '\'' && code.indexOf('\'') < 0 && !code.contains("\\\"")) {
            code = singleQuoted(code, text);
        }
        if (!comment && !style.semicolons() && code.endsWith(";") && !endsInText(code, text)) {
            code = code.substring(0, code.length() - 1);
        }
        // A line of a block comment stands one space in from the step that it belongs to.
        String odd = line.startsWith(" ") && code.startsWith("*") ? " " : "";
        return style.indent().repeat(steps) + odd + code;
    }

    /** Inside a template literal, which may have begun on a line before, a quote is text. */
    private static String singleQuoted(String code, boolean begun) {
        var quoted = new StringBuilder(code);
        boolean text = begun;
        for (int i = 0; i < code.length(); i++) {
            text ^= code.charAt(i) == '`';
            if (code.charAt(i) == '"' && !text) {
                quoted.setCharAt(i, '\'');
            }
        }
        return quoted.toString();
    }
}
