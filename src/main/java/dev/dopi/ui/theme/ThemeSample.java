package dev.dopi.ui.theme;

import java.util.Map;
import java.util.TreeMap;

/** A few lines as a theme shows them, with the escape sequences that a terminal needs for it. */
public final class ThemeSample {

    private static final Map<Style.Attribute, Integer> CODES = new TreeMap<>(Map.of(
            Style.Attribute.BOLD, 1,
            Style.Attribute.ITALIC, 3,
            Style.Attribute.UNDERLINE, 4,
            Style.Attribute.REVERSE, 7));

    private final Theme theme;
    private final StringBuilder text = new StringBuilder();

    private ThemeSample(Theme theme) {
        this.theme = theme;
    }

    /** Returns the sample; where the theme has no colours at this depth, only its attributes show. */
    public static String of(Theme theme) {
        var sample = new ThemeSample(theme);
        sample.write();
        return sample.text.toString();
    }

    private void write() {
        put("  Analyse > ", Role.DIM)
                .put("[Choose]", Role.STEP)
                .put(" > Review", Role.DIM)
                .end();
        put("  > [x] CRIT ttl-cleanup  ChatRoom ", Role.SELECT).end();
        put("    [ ] ", Role.TEXT)
                .put("HIGH", Role.WARN)
                .put(" sql-index  ", Role.TEXT)
                .put("src/room.ts:31", Role.LINK)
                .end();
        put("     30 ", Role.DIFF_GUTTER)
                .put("const", Role.CODE_KEYWORD)
                .put(" keep = ", Role.TEXT)
                .put("30", Role.CODE_NUMBER)
                .put("; ", Role.TEXT)
                .put("// days", Role.CODE_COMMENT)
                .end();
        put("     31 - exec(", Role.DIFF_DEL)
                .put("\"a\"", Role.DIFF_WORD_DEL)
                .put(")  ", Role.DIFF_DEL)
                .end();
        put("     31 + exec(", Role.DIFF_ADD)
                .put("\"ab\"", Role.DIFF_WORD_ADD)
                .put(") ", Role.DIFF_ADD)
                .end();
        put("  ok ", Role.OK)
                .put(" FAIL ", Role.FAIL)
                .put(" skip ", Role.SKIP)
                .put(" stop ", Role.WARN)
                .put("  Enter", Role.KEY)
                .put(" go on", Role.DIM)
                .put("  ")
                .put("found", Role.SEARCH)
                .end();
    }

    private ThemeSample put(String words) {
        text.append(words);
        return this;
    }

    private ThemeSample put(String words, Role role) {
        String codes = codes(theme.style(role));
        text.append(codes.isEmpty() ? words : "\u001b[" + codes + "m" + words + "\u001b[0m");
        return this;
    }

    private void end() {
        text.append('\n');
    }

    private static String codes(Style style) {
        var codes = new StringBuilder();
        style.attributes().stream().sorted().forEach(each -> add(codes, String.valueOf(CODES.get(each))));
        add(codes, colour(style.foreground(), 30));
        add(codes, colour(style.background(), 40));
        return codes.toString();
    }

    private static void add(StringBuilder codes, String code) {
        if (!code.isEmpty()) {
            codes.append(codes.isEmpty() ? "" : ";").append(code);
        }
    }

    /** {@code base} is 30 for text and 40 for what is behind it. */
    private static String colour(Colour colour, int base) {
        return switch (colour) {
            case Colour.Default _ -> "";
            case Colour.Indexed(var index) ->
                index < 8
                        ? String.valueOf(base + index)
                        : index < 16 ? String.valueOf(base + 60 + index - 8) : (base + 8) + ";5;" + index;
            case Colour.Rgb(var red, var green, var blue) -> (base + 8) + ";2;" + red + ";" + green + ";" + blue;
        };
    }
}
