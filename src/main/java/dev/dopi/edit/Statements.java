package dev.dopi.edit;

import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;

/** Places at which whole lines of code can be put in without touching what stands there. */
public final class Statements {

    private Statements() {}

    /** Returns the edit that puts {@code code} on lines of its own after the statement at {@code span}. */
    public static TextEdit after(SourceFile file, Span span, String code) {
        int lineEnd = endOfLine(file.text(), span.end());
        boolean alone = isTrivia(file.text().substring(span.end(), lineEnd));
        int place = alone ? lineEnd : span.end();
        return TextEdit.insert(place, file.lineEnd() + code);
    }

    /** Returns the edit that puts {@code code} on lines of its own before the line in which {@code offset} lies. */
    public static TextEdit beforeLine(SourceFile file, int offset, String code) {
        int start = file.text().lastIndexOf('\n', offset - 1) + 1;
        return TextEdit.insert(start, code + file.lineEnd());
    }

    private static int endOfLine(String text, int offset) {
        int newline = text.indexOf('\n', offset);
        if (newline < 0) {
            return text.length();
        }
        return newline > offset && text.charAt(newline - 1) == '\r' ? newline - 1 : newline;
    }

    /** Whether nothing but white space, a semicolon and a line comment is left of a line. */
    private static boolean isTrivia(String rest) {
        String code = rest.strip();
        String bare = code.startsWith(";") ? code.substring(1).strip() : code;
        return bare.isEmpty() || bare.startsWith("//") || bare.startsWith("/*") && bare.endsWith("*/");
    }
}
