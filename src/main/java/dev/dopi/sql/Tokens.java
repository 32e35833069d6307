package dev.dopi.sql;

import dev.dopi.sql.SqlToken.Lexeme;
import java.util.List;
import java.util.Optional;

/** A place in a statement's tokens, comments left out, that moves forward and never past the end. */
final class Tokens {

    private static final SqlToken END = new SqlToken(Lexeme.COMMENT, "", 0);

    private final List<SqlToken> tokens;
    private int at;

    private Tokens(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    static Tokens of(String statement) {
        return new Tokens(meaningful(statement));
    }

    static List<SqlToken> meaningful(String statement) {
        return SqlLexer.tokens(statement).stream()
                .filter(token -> token.type() != Lexeme.COMMENT)
                .toList();
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** Returns the token here, or one that is nothing at the end. */
    SqlToken here() {
        return ahead(0);
    }

    SqlToken ahead(int count) {
        return at + count < tokens.size() ? tokens.get(at + count) : END;
    }

    SqlToken take() {
        SqlToken token = here();
        at++;
        return token;
    }

    /** Moves past {@code words} if all of them stand here. */
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!ahead(i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /** Moves past a name, with or without a schema before it, and returns the name; a string is taken as a name too. */
    Optional<String> acceptName() {
        SqlToken token = here();
        if (!token.isName() && token.type() != Lexeme.STRING) {
            return Optional.empty();
        }
        take();
        if (here().is(".") && (ahead(1).isName() || ahead(1).type() == Lexeme.STRING)) {
            take();
            return Optional.of(take().name());
        }
        return Optional.of(token.name());
    }

    /** Moves past the bracket that closes the one here and returns it; at the end of the text, the last token. */
    SqlToken skipBrackets() {
        int depth = 0;
        SqlToken last = here();
        while (!atEnd()) {
            last = take();
            depth += last.is("(") ? 1 : last.is(")") ? -1 : 0;
            if (depth <= 0) {
                break;
            }
        }
        return last;
    }
}
