package dev.dopi.catalog.ttlcleanup;

import dev.dopi.analysis.PresentTime;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Timestamp.Unit;
import dev.dopi.project.Project;
import dev.dopi.sql.SqlLexer;
import dev.dopi.sql.SqlShape;
import dev.dopi.sql.SqlToken;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the code does with rows of a table once the time in {@code column} has passed.
 *
 * <p>They are dead only where every query of the table passes them over, in SQL or in the code around it: what one query
 * still shows may not be deleted.
 */
sealed interface AfterExpiry {

    /**
     * Every query passes them over.
     *
     * @param unit how the column counts
     * @param read the first that passes them over
     */
    record Dead(Unit unit, SqlStatement read) implements AfterExpiry {}

    /** Something may still need them: why, as a clause. */
    record Unclear(String reason) implements AfterExpiry {}

    static AfterExpiry of(Project project, DurableObjectClass type, Table table, String column) {
        if (!type.doubts().isEmpty()) {
            return new Unclear("not all code of the class is followed");
        }
        Optional<SqlStatement> dynamic = type.statements().stream()
                .filter(statement -> statement.dynamic().isPresent())
                .filter(statement -> statement.kind() != SqlStatement.Kind.INSERT)
                .findFirst();
        if (dynamic.isPresent()) {
            return new Unclear("the SQL in line %d is not fully known"
                    .formatted(dynamic.get().line()));
        }
        try (var scripts = new Scripts(project)) {
            return ofReads(scripts, type, table, column);
        }
    }

    private static AfterExpiry ofReads(Scripts scripts, DurableObjectClass type, Table table, String column) {
        var units = new LinkedHashSet<Unit>();
        var passed = new ArrayList<SqlStatement>();
        for (SqlStatement statement : reads(type, table)) {
            List<Comparison> comparisons = comparisons(statement, column);
            if (comparisons.stream().anyMatch(each -> !each.alive())) {
                return new Unclear(
                        "line %d asks for those whose time has passed, or for a time".formatted(statement.line()));
            }
            if (!comparisons.isEmpty() && isLoosened(statement, column)) {
                return new Unclear("line %d takes some whatever their time".formatted(statement.line()));
            }
            if (comparisons.isEmpty() && statement.kind() == SqlStatement.Kind.UPDATE) {
                continue;
            }
            Optional<Unit> unit = comparisons.isEmpty()
                    ? checked(scripts, statement, column)
                    : unit(scripts, statement, comparisons.getFirst());
            if (unit.isEmpty()) {
                return new Unclear(
                        comparisons.isEmpty()
                                ? "line %d reads rows whether or not their time has passed".formatted(statement.line())
                                : "in what the time in line %d is counted is not known".formatted(statement.line()));
            }
            units.add(unit.get());
            passed.add(statement);
        }
        if (units.size() != 1) {
            return new Unclear(
                    units.isEmpty() ? "no query of the class reads them" : "its times are compared in several units");
        }
        Unit unit = units.iterator().next();
        List<Unit> inserted = Expiry.about(type, table, SqlShape.Kind.INSERT).stream()
                .flatMap(insert -> InsertedTime.unit(insert, column).stream())
                .toList();
        // A date that is parsed may be written in two ways, which only what is written tells.
        boolean told = unit != Unit.ISO_TEXT || !inserted.isEmpty();
        return told && inserted.stream().allMatch(unit::equals)
                ? new Dead(unit, passed.getFirst())
                : new Unclear("in what its times are counted is not known");
    }

    private static List<SqlStatement> reads(DurableObjectClass type, Table table) {
        String name = table.name().toLowerCase(Locale.ROOT);
        return type.statements().stream()
                .filter(statement -> switch (statement.kind()) {
                    case SELECT, UPDATE -> SqlShape.of(statement.sql()).names().contains(name);
                    // What is copied out of it, or deleted because of it, is read as well.
                    case INSERT, DELETE ->
                        SqlShape.of(statement.sql()).names().contains(name)
                                && SqlShape.of(statement.sql())
                                        .target()
                                        .filter(target -> target.equalsIgnoreCase(name))
                                        .isEmpty();
                    case DDL, OTHER -> false;
                })
                .toList();
    }

    /**
     * A comparison with the column in a WHERE.
     *
     * @param alive whether it holds of rows whose time is still to come
     * @param other what the column is compared with
     */
    record Comparison(boolean alive, SqlToken other, String rest) {}

    private static List<Comparison> comparisons(SqlStatement statement, String column) {
        List<SqlToken> tokens = condition(statement);
        var found = new ArrayList<Comparison>();
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.get(i).isName() || !tokens.get(i).key().equals(column.toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (i + 2 < tokens.size() && isOrder(tokens.get(i + 1))) {
                found.add(new Comparison(
                        tokens.get(i + 1).text().startsWith(">"),
                        tokens.get(i + 2),
                        statement.sql().substring(tokens.get(i + 2).start())));
            }
            int before = i >= 2 && tokens.get(i - 1).is(".") ? i - 3 : i - 1;
            if (before > 0 && isOrder(tokens.get(before))) {
                SqlToken other = tokens.get(before - 1);
                found.add(new Comparison(tokens.get(before).text().startsWith("<"), other, other.text()));
            }
        }
        return found;
    }

    /** Returns the tokens behind the first WHERE. */
    private static List<SqlToken> condition(SqlStatement statement) {
        return SqlLexer.tokens(statement.sql()).stream()
                .filter(token -> token.type() != SqlToken.Lexeme.COMMENT)
                .dropWhile(token -> !token.is("WHERE"))
                .skip(1)
                .toList();
    }

    /** Whether there is an OR that is about anything but rows without a time: {@code expires_at IS NULL}, {@code = 0}. */
    private static boolean isLoosened(SqlStatement statement, String column) {
        String words = condition(statement).stream()
                .map(token -> token.isName() ? token.key() : token.text())
                .collect(Collectors.joining(" "));
        String undated = "%s (?:is null|= 0)".formatted(Pattern.quote(column.toLowerCase(Locale.ROOT)));
        String rest = words.replaceAll(undated + " or\\b", "").replaceAll("\\bor (?:\\w+ \\. )?" + undated, "");
        return Pattern.compile("\\bor\\b").matcher(rest).find();
    }

    private static boolean isOrder(SqlToken token) {
        return Set.of("<", "<=", ">", ">=").contains(token.text());
    }

    /** Returns in what a comparison with the present time counts; empty where it is with another time. */
    private static Optional<Unit> unit(Scripts scripts, SqlStatement statement, Comparison comparison) {
        if (comparison.other().type() != SqlToken.Lexeme.PARAMETER) {
            return PresentTime.ofSql(firstTerm(comparison.rest()));
        }
        return SqlShape.of(statement.sql()).parameters().stream()
                .filter(parameter -> parameter.span().equals(comparison.other().span()))
                .map(parameter -> parameter.ordinal() - 1)
                .filter(place -> place >= 0 && place < statement.arguments().size())
                .map(place -> statement.arguments().get(place))
                .findFirst()
                .flatMap(argument -> PresentTime.ofCode(argument)
                        .or(() -> scripts.within(statement, call -> ExpiryCheck.present(call, argument.strip()))));
    }

    /** Returns the call of a function, or the word, that {@code sql} begins with. */
    private static String firstTerm(String sql) {
        int depth = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || depth == 0 && (c == ')' || Character.isWhitespace(c))) {
                // One that is shifted or scaled is another time.
                boolean scaled = sql.substring(i + (c == ')' && depth == 0 ? 1 : 0))
                        .stripLeading()
                        .matches("(?s)[-+*/|].*");
                return scaled ? "" : sql.substring(0, depth < 0 ? i : i + 1);
            }
        }
        return sql;
    }

    private static Optional<Unit> checked(Scripts scripts, SqlStatement statement, String column) {
        return scripts.within(statement, call -> ExpiryCheck.around(call, column));
    }

    /** The scripts of the statements, each parsed once. */
    final class Scripts implements AutoCloseable {

        private final Project project;
        private final Map<String, Optional<SyntaxTree>> trees = new HashMap<>();

        Scripts(Project project) {
            this.project = project;
        }

        /** Looks at the call of {@code statement} in its script. */
        Optional<Unit> within(SqlStatement statement, Function<SyntaxNode, Optional<Unit>> reader) {
            return statement
                    .call()
                    .flatMap(call -> trees.computeIfAbsent(statement.file(), this::parse)
                            .flatMap(tree -> tree.find("call_expression", call)))
                    .flatMap(reader);
        }

        private Optional<SyntaxTree> parse(String path) {
            return Grammar.of(path).flatMap(grammar -> project.read(path).map(file -> SyntaxTree.parse(file, grammar)));
        }

        @Override
        public void close() {
            trees.values().forEach(tree -> tree.ifPresent(SyntaxTree::close));
        }
    }
}
