package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table.Timestamp.Unit;
import dev.dopi.source.Span;
import dev.dopi.sql.SqlShape;
import dev.dopi.sql.SqlShape.Insert;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tells how a time to come counts by what an INSERT writes: nothing where the value comes from elsewhere. */
final class InsertedTime {

    private InsertedTime() {}

    static Optional<Unit> unit(SqlStatement statement, String column) {
        SqlShape shape = SqlShape.of(statement.sql());
        return shape.insert().flatMap(insert -> value(insert, column)).flatMap(span -> shape.parameters().stream()
                .filter(parameter -> parameter.span().equals(span))
                .map(parameter -> parameter.ordinal() - 1)
                .filter(place -> place >= 0 && place < statement.arguments().size())
                .findFirst()
                .map(place -> ofCode(statement.arguments().get(place)))
                .orElseGet(() -> ofSql(statement.sql().substring(span.start(), span.end()))));
    }

    private static Optional<Span> value(Insert insert, String column) {
        return IntStream.range(0, insert.columns().size())
                .filter(i -> insert.columns().get(i).name().equalsIgnoreCase(column))
                .boxed()
                .findFirst()
                .filter(i -> !insert.rows().isEmpty()
                        && i < insert.rows().getFirst().values().size())
                .map(i -> insert.rows().getFirst().values().get(i));
    }

    private static Optional<Unit> ofCode(String code) {
        String text = code.replaceAll("\\s+", "");
        if (text.endsWith(".toISOString()")) {
            return Optional.of(Unit.ISO_TEXT);
        }
        boolean now = text.contains("Date.now()") || text.contains("newDate()");
        if (!now) {
            return Optional.empty();
        }
        return Optional.of(text.contains("/1000") ? Unit.SECONDS : Unit.MILLISECONDS);
    }

    private static Optional<Unit> ofSql(String sql) {
        String text = sql.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        if (text.startsWith("datetime('now'")) {
            return Optional.of(Unit.SQLITE_TEXT);
        }
        boolean seconds = text.contains("unixepoch(") || text.contains("strftime('%s'");
        return seconds ? Optional.of(text.contains("*1000") ? Unit.MILLISECONDS : Unit.SECONDS) : Optional.empty();
    }
}
