package dev.dopi.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.Mutation;
import dev.dopi.sql.SqlToken.Lexeme;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlLexerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "SELECT a ~ WORD:SELECT WORD:a",
                "'it''s' ~ STRING:'it''s'",
                "'open ~ STRING:'open",
                "\"a b\" [c d] `e` ~ QUOTED:\"a b\" QUOTED:[c d] QUOTED:`e`",
                "x'0aFF' X'1 ~ BLOB:x'0aFF' BLOB:X'1",
                "1 2.5 .5 1e-3 0xFF 1_000 ~ NUMBER:1 NUMBER:2.5 NUMBER:.5 NUMBER:1e-3 NUMBER:0xFF NUMBER:1_000",
                "? ?12 :a @b $c $d::e(f) ~ PARAMETER:? PARAMETER:?12 PARAMETER::a PARAMETER:@b PARAMETER:$c PARAMETER:$d::e(f)",
                "a--b ~ WORD:a COMMENT:--b",
                "a/*b*/c/*d ~ WORD:a COMMENT:/*b*/ WORD:c COMMENT:/*d",
                "a->>'$.b'||c<>d ~ WORD:a SYMBOL:->> STRING:'$.b' SYMBOL:|| WORD:c SYMBOL:<> WORD:d",
                "a.b;! ~ WORD:a SYMBOL:. WORD:b SYMBOL:; SYMBOL:!",
                "naïve$1 ~ WORD:naïve$1",
            })
    void cutsAsSqliteDoes(String sql, String expected) {
        assertEquals(
                expected,
                SqlLexer.tokens(sql).stream()
                        .map(token -> token.type() + ":" + token.text())
                        .collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {"\"a\"\"b\" ~ a\"b", "[a]]b ~ a", "`c``d` ~ c`d", "'e''f' ~ e'f", "plain ~ plain", "\"open ~ open"
            })
    void readsAName(String sql, String name) {
        assertEquals(name, SqlLexer.tokens(sql).getFirst().name());
    }

    /** Seeded: every character is in one token or is white space, whatever the text. */
    @Test
    void losesNoCharacterOfAnyText() {
        var random = new Random(20261122 + Mutation.SEED);
        for (int i = 0; i < Math.max(5_000, Mutation.CASES); i++) {
            String text = RandomSql.next(random);
            int at = 0;
            for (SqlToken token : SqlLexer.tokens(text)) {
                assertTrue(text.substring(at, token.start()).chars().allMatch(c -> " \t\n\f\r".indexOf(c) >= 0), text);
                assertTrue(token.text().length() > 0, text);
                assertEquals(token.text(), text.substring(token.start(), token.end()));
                at = token.end();
            }
            assertTrue(text.substring(at).isBlank(), text);
        }
    }

    @Test
    void takesEveryTextThatIsOneTokenToTheEnd() {
        for (String open : List.of("'", "\"", "`", "[", "/*", "x'")) {
            List<SqlToken> tokens = SqlLexer.tokens(open + "a b; c");
            assertEquals(1, tokens.size(), open);
            assertTrue(tokens.getFirst().type() != Lexeme.SYMBOL, open);
        }
    }
}
