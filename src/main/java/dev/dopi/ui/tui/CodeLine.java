package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import dev.dopi.ui.theme.Style;
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
