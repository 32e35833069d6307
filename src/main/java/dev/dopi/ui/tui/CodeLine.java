package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Colour;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.theme.Style;
import dev.dopi.ui.view.Highlight;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours a line of TypeScript or JSON by what its words look like.
 *
 * <p>It is only for the eye: it sees one line at a time and knows nothing of what the code means.
 */
final class CodeLine {

    private static final Pattern TOKEN = Pattern.compile("(//.*|/\\*.*?(?:\\*/|$)|^\\s*\\*.*)"
            + "|(\"(?:\\\\.|[^\"\\\\])*\"?|'(?:\\\\.|[^'\\\\])*'?|`(?:\\\\.|[^`\\\\])*`?)"
            + "|\\b(\\d[\\w.]*)\\b|([A-Za-z_$][\\w$]*)");

    private static final Set<String> KEYWORDS = Set.of(
            "abstract",
            "as",
            "async",
            "await",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "continue",
            "default",
            "delete",
            "do",
            "else",
            "enum",
            "export",
            "extends",
            "false",
            "finally",
            "for",
            "from",
            "function",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "interface",
            "let",
            "new",
            "null",
            "of",
            "override",
            "private",
            "protected",
            "public",
            "readonly",
            "return",
            "satisfies",
            "static",
            "super",
            "switch",
            "this",
            "throw",
            "true",
            "try",
            "type",
            "typeof",
            "undefined",
            "var",
            "void",
            "while",
            "yield");

    private CodeLine() {}

    /** Returns a line as the tree of its file has it, or as it looks by itself where there is no tree. */
    static StyledLine of(String line, int number, Optional<Highlight> file, Canvas canvas) {
        return of(line, number, file, canvas, canvas.style(Role.TEXT));
    }

    /** As above, on the background of {@code base}; where a colour could not be read on it, in that of {@code base}. */
    static StyledLine of(String line, int number, Optional<Highlight> file, Canvas canvas, Style base) {
        Optional<List<Highlight.Piece>> pieces = file.flatMap(it -> it.line(number, line));
        if (pieces.isEmpty()) {
            return of(line, role -> role == Role.TEXT ? base : on(canvas.style(role), base));
        }
        var styled = new StyledLine();
        for (Highlight.Piece piece : pieces.get()) {
            Style style =
                    switch (piece.kind()) {
                        case PLAIN -> base;
                        case KEYWORD -> on(canvas.style(Role.CODE_KEYWORD), base);
                        case STRING -> on(canvas.style(Role.CODE_STRING), base);
                        case COMMENT -> on(canvas.style(Role.CODE_COMMENT), base);
                        case NUMBER -> on(canvas.style(Role.CODE_NUMBER), base);
                    };
            styled.add(piece.text().replace("\t", "    "), style);
        }
        return styled;
    }

    /** A changed line is told by its colour where it has no background; then that colour stays. */
    private static Style on(Style code, Style base) {
        if (base.equals(Style.PLAIN)) {
            return code;
        }
        Optional<Colour.Rgb> back = base.background().rgb();
        if (back.isEmpty()) {
            return base.foreground().equals(Colour.Default.COLOUR)
                            && base.attributes().isEmpty()
                    ? code
                    : base;
        }
        boolean readable = code.foreground()
                .rgb()
                .map(front -> Colour.contrast(front, back.get()) >= READABLE)
                .orElse(false);
        return readable ? code.on(base) : base;
    }

    /** What WCAG 2 asks of text. */
    private static final double READABLE = 4.5;

    static StyledLine of(String line, Canvas canvas) {
        return of(line, canvas::style);
    }

    static StyledLine of(String line, Function<Role, Style> styles) {
        var styled = new StyledLine();
        int from = 0;
        // A tab's width depends on its column, so the line must be one text when it is taken apart.
        String text = line.replace("\t", "    ");
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            Role role = role(token);
            if (role != Role.TEXT) {
                styled.add(text.substring(from, token.start()), styles.apply(Role.TEXT));
                styled.add(token.group(), styles.apply(role));
                from = token.end();
            }
        }
        return styled.add(text.substring(from), styles.apply(Role.TEXT));
    }

    private static Role role(Matcher token) {
        if (token.group(1) != null) {
            return Role.CODE_COMMENT;
        }
        if (token.group(2) != null) {
            return Role.CODE_STRING;
        }
        if (token.group(3) != null) {
            return Role.CODE_NUMBER;
        }
        return KEYWORDS.contains(token.group(4)) ? Role.CODE_KEYWORD : Role.TEXT;
    }
}
