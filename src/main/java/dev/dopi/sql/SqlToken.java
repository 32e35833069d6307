package dev.dopi.sql;

import dev.dopi.source.Span;
import java.util.Locale;

/**
 * One token of an SQL text as SQLite's own tokenizer cuts it.
 *
 * @param type what it is
 * @param text the token as written, quotes included
 * @param start its offset in the text that was cut
 */
public record SqlToken(Lexeme type, String text, int start) {

    /** The kinds of token; white space is none. */
    public enum Lexeme {
        /** An unquoted word: a keyword or a name, which only the grammar tells apart. */
        WORD,
        /** A name in {@code "…"}, {@code […]} or backquotes. */
        QUOTED,
        STRING,
        BLOB,
        NUMBER,
        /** {@code ?}, {@code ?1}, {@code :a}, {@code @a} or {@code $a}. */
        PARAMETER,
        /** An operator, a bracket, a comma, a semicolon, or a character that SQLite does not know. */
        SYMBOL,
        COMMENT
    }

    public int end() {
        return start + text.length();
    }

    public Span span() {
        return new Span(start, end());
    }

    /** Returns whether this is the keyword or the symbol {@code expected}, in any case; a quoted name never is. */
    public boolean is(String expected) {
        return (type == Lexeme.WORD || type == Lexeme.SYMBOL) && text.equalsIgnoreCase(expected);
    }

    /** Returns whether this token can stand where a name is wanted. */
    public boolean isName() {
        return type == Lexeme.WORD || type == Lexeme.QUOTED;
    }

    /** Returns the text without its quotes, with doubled quotes made single: what the name or string says. */
    public String name() {
        if (type != Lexeme.QUOTED && type != Lexeme.STRING) {
            return text;
        }
        char open = text.charAt(0);
        char close = open == '[' ? ']' : open;
        boolean closed = text.length() > 1 && text.charAt(text.length() - 1) == close;
        String inner = text.substring(1, closed ? text.length() - 1 : text.length());
        return open == '[' ? inner : inner.replace("" + open + open, "" + open);
    }

    /** Returns {@link #name()} in lower case: SQLite compares names without regard to the case of ASCII letters. */
    public String key() {
        return key(name());
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
