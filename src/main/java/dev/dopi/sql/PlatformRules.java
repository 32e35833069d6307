package dev.dopi.sql;

import dev.dopi.sql.SqlShape.Form;
import dev.dopi.sql.SqlShape.Kind;
import dev.dopi.sql.SqlToken.Lexeme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which statements may reach SQLite at all.
 *
 * <p>The first word decides, from a list of what is allowed; what is not on it is refused unread. The rules are those of
 * the platform (measured on workerd), plus what keeps a hostile project from files and from endless work.
 */
final class PlatformRules {

    private static final Set<String> MODULES = Set.of("fts5", "fts5vocab", "rtree", "rtree_i32");

    /** Functions that this driver has and a Durable Object has not: a statement that calls one would pass only here. */
    private static final Set<String> FOREIGN_FUNCTIONS = Set.of(
            "load_extension",
            "sqlite_version",
            "sqlite_source_id",
            "sqlite_compileoption_get",
            "sqlite_compileoption_used",
            "sqlite_offset",
            "charindex",
            "leftstr",
            "rightstr",
            "reverse",
            "proper",
            "padl",
            "padr",
            "padc",
            "strfilter",
            "replicate",
            "stdev",
            "variance",
            "mode",
            "median",
            "lower_quartile",
            "upper_quartile",
            "difference",
            "atn2",
            "cot",
            "coth",
            "square",
            "percentile",
            "percentile_cont",
            "percentile_disc",
            "offsets",
            "matchinfo",
            "fts3_tokenizer");

    /** After these words a name and a bracket are a table and its columns, not a call. */
    private static final Set<String> BEFORE_TABLE =
            Set.of("INTO", "TABLE", "EXISTS", "REFERENCES", "ON", "WITH", "RECURSIVE", "UPDATE", ".", "AS");

    private PlatformRules() {}

    /** Returns why {@code statement} may not change a schema, or nothing. */
    static Optional<String> refusalOfDdl(String statement) {
        return refusalOfText(statement).or(() -> {
            SqlShape shape = SqlShape.of(statement);
            if (shape.kind() != Kind.DDL || shape.form() == Form.NONE) {
                return Optional.of("%s is not a statement that builds a schema here".formatted(firstWord(statement)));
            }
            return refusalOfDdl(Tokens.meaningful(statement), shape);
        });
    }

    private static Optional<String> refusalOfDdl(List<SqlToken> tokens, SqlShape shape) {
        if (tokens.get(1).is("TEMP") || tokens.get(1).is("TEMPORARY") || isInTemp(tokens)) {
            return Optional.of("Durable Objects refuse TEMP tables, views and triggers");
        }
        if (shape.form() == Form.CREATE_VIRTUAL_TABLE) {
            String module = moduleOf(tokens);
            if (!MODULES.contains(module)) {
                return Optional.of("Durable Objects have no virtual table module \"%s\"".formatted(module));
            }
        }
        return Optional.empty();
    }

    private static boolean isInTemp(List<SqlToken> tokens) {
        for (int i = 0; i + 1 < Math.min(tokens.size(), 9); i++) {
            if (tokens.get(i + 1).is(".") && tokens.get(i).key().equals("temp")) {
                return true;
            }
        }
        return false;
    }

    private static String moduleOf(List<SqlToken> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("USING")) {
                return tokens.get(i + 1).key();
            }
        }
        return "";
    }

    /** Returns why {@code statement} may not read or write rows, or nothing. */
    static Optional<String> refusalOfQuery(String statement) {
        return refusalOfText(statement).or(() -> switch (SqlShape.of(statement).kind()) {
            case SELECT, INSERT, UPDATE, DELETE -> Optional.empty();
            case DDL, OTHER ->
                Optional.of("%s is not a statement that reads or writes rows".formatted(firstWord(statement)));
        });
    }

    private static Optional<String> refusalOfText(String statement) {
        if (statement.getBytes(StandardCharsets.UTF_8).length > Sqlite.LONGEST_STATEMENT) {
            return Optional.of("it is longer than 100,000 bytes");
        }
        if (statement.indexOf('\0') >= 0) {
            return Optional.of("it contains a NUL character");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(statement)) {
            return Optional.of("it contains half of a surrogate pair");
        }
        int statements = SqlScript.split(statement).size();
        if (statements != 1) {
            return Optional.of(statements == 0 ? "it contains no statement" : "it is more than one statement");
        }
        return refusalOfNames(Tokens.meaningful(statement));
    }

    private static Optional<String> refusalOfNames(List<SqlToken> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isName() && token.key().startsWith("_cf_")) {
                return Optional.of("names that begin with _cf_ belong to the platform: " + token.name());
            }
            boolean called = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
            boolean table = i > 0 && BEFORE_TABLE.stream().anyMatch(tokens.get(i - 1)::is);
            if (called && !table && token.isName() && FOREIGN_FUNCTIONS.contains(token.key())) {
                return Optional.of("Durable Objects have no function %s()".formatted(token.name()));
            }
        }
        return Optional.empty();
    }

    private static String firstWord(String statement) {
        return Tokens.meaningful(statement).stream()
                .filter(token -> token.type() == Lexeme.WORD)
                .findFirst()
                .map(token -> token.text().length() > 30 ? "this" : token.text().toUpperCase(java.util.Locale.ROOT))
                .orElse("this");
    }
}
