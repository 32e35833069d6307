package dev.dopi.sql;

import dev.dopi.sql.SqlToken.Lexeme;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens by SQLite's lexical grammar.
 *
 * <p>It never fails: an unterminated string, name or comment is a token up to the end, and a character that SQLite does
 * not know is a symbol. Every character that is not white space is in exactly one token.
 */
public final class SqlLexer {

    private final String sql;
    private int at;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    /** Returns every token of {@code sql}, comments among them, in order. */
    public static List<SqlToken> tokens(String sql) {
        var lexer = new SqlLexer(sql);
        var tokens = new ArrayList<SqlToken>();
        while (lexer.skipSpace()) {
            int start = lexer.at;
            Lexeme type = lexer.next();
            tokens.add(new SqlToken(type, sql.substring(start, lexer.at), start));
        }
        return List.copyOf(tokens);
    }

    private boolean skipSpace() {
        while (at < sql.length() && " \t\n\f\r".indexOf(sql.charAt(at)) >= 0) {
            at++;
        }
        return at < sql.length();
    }

    private Lexeme next() {
        char c = sql.charAt(at);
        if (c == '-' && peek(1) == '-') {
            return until(sql.indexOf('\n', at), Lexeme.COMMENT);
        }
        if (c == '/' && peek(1) == '*') {
            int close = sql.indexOf("*/", at + 2);
            return until(close < 0 ? close : close + 2, Lexeme.COMMENT);
        }
        if ((c == 'x' || c == 'X') && peek(1) == '\'') {
            return until(close(at + 1, '\''), Lexeme.BLOB);
        }
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            return number();
        }
        if (startsWord(c)) {
            return run(at + 1, Lexeme.WORD);
        }
        return switch (c) {
            case '\'' -> until(close(at, '\''), Lexeme.STRING);
            case '"', '`' -> until(close(at, c), Lexeme.QUOTED);
            case '[' -> until(sql.indexOf(']', at) + 1, Lexeme.QUOTED);
            case '?' -> {
                at++;
                while (isDigit(peek(0))) {
                    at++;
                }
                yield Lexeme.PARAMETER;
            }
            case ':', '@', '#', '$' -> parameter();
            default -> until(at + symbolLength(), Lexeme.SYMBOL);
        };
    }

    /** Moves to {@code end}, or to the end of the text where {@code end} says that there is no close. */
    private Lexeme until(int end, Lexeme type) {
        at = end <= at ? sql.length() : end;
        return type;
    }

    /** Returns the offset just past the quote that closes the one at {@code open}, or -1; a doubled quote is no close. */
    private int close(int open, char quote) {
        int found = sql.indexOf(quote, open + 1);
        while (found >= 0 && found + 1 < sql.length() && sql.charAt(found + 1) == quote) {
            found = sql.indexOf(quote, found + 2);
        }
        return found < 0 ? -1 : found + 1;
    }

    private Lexeme run(int from, Lexeme type) {
        at = from;
        while (at < sql.length() && continuesWord(sql.charAt(at))) {
            at++;
        }
        return type;
    }

    private Lexeme number() {
        boolean hexadecimal = sql.charAt(at) == '0' && (peek(1) == 'x' || peek(1) == 'X');
        while (at < sql.length() && (continuesWord(sql.charAt(at)) || sql.charAt(at) == '.')) {
            char c = sql.charAt(at++);
            boolean exponent = !hexadecimal && (c == 'e' || c == 'E');
            if (exponent && (peek(0) == '+' || peek(0) == '-') && isDigit(peek(1))) {
                at++;
            }
        }
        return Lexeme.NUMBER;
    }

    /** A parameter's name may hold {@code ::} and end in {@code (…)}, as TCL's variables do. */
    private Lexeme parameter() {
        int start = at;
        run(at + 1, Lexeme.PARAMETER);
        while (at > start + 1 && peek(0) == ':' && peek(1) == ':') {
            run(at + 2, Lexeme.PARAMETER);
        }
        if (at == start + 1) {
            return Lexeme.SYMBOL;
        }
        int close = peek(0) == '(' && sql.charAt(start) == '$' ? sql.indexOf(')', at) : -1;
        if (close > 0 && sql.substring(at, close).chars().noneMatch(Character::isWhitespace)) {
            at = close + 1;
        }
        return Lexeme.PARAMETER;
    }

    private int symbolLength() {
        for (String symbol : List.of("->>", "->", "||", "<=", "<>", "<<", ">=", ">>", "==", "!=")) {
            if (sql.startsWith(symbol, at)) {
                return symbol.length();
            }
        }
        return 1;
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean startsWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean continuesWord(char c) {
        return startsWord(c) || isDigit(c) || c == '$';
    }
}
