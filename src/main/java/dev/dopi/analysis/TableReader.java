package dev.dopi.analysis;

import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Column;
import dev.dopi.model.Table.Growth;
import dev.dopi.model.Table.Timestamp;
import dev.dopi.sql.ScratchDatabase;
import dev.dopi.sql.SqlShape;
import dev.dopi.sql.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Works out a class's tables from its own statements: their columns, and whether their rows only ever add up. */
final class TableReader {

    private final List<Shaped> statements;
    private final TimeValues times;
    private final boolean seesAll;

    /** A statement with what its tokens tell. */
    record Shaped(SqlStatement statement, SqlShape shape) {

        boolean isAbout(String table) {
            return shape.target().filter(name -> name.equalsIgnoreCase(table)).isPresent();
        }
    }

    /**
     * @param seesAll whether these are surely all the statements there are
     */
    TableReader(List<SqlStatement> statements, TimeValues times, boolean seesAll) {
        this.statements = statements.stream()
                .map(statement -> new Shaped(statement, SqlShape.of(statement.sql())))
                .toList();
        this.times = times;
        this.seesAll = seesAll;
    }

    List<Table> read(ScratchDatabase database) {
        var tables = new ArrayList<Table>();
        for (TableShape shape : database.tables()) {
            if (!shape.virtual()) {
                definition(shape.name()).ifPresent(definition -> tables.add(table(shape, definition)));
            }
        }
        return tables;
    }

    private Optional<SqlStatement> definition(String table) {
        return about(table)
                .filter(each -> each.shape().form() == SqlShape.Form.CREATE_TABLE
                        || each.shape().form() == SqlShape.Form.CREATE_TABLE_AS)
                .map(Shaped::statement)
                .findFirst();
    }

    private Table table(TableShape shape, SqlStatement definition) {
        List<Column> columns = shape.columns().stream()
                .map(column -> new Column(
                        column.name(), column.type(), column.notNull(), column.hasDefault(), column.keyPart()))
                .toList();
        Verdict verdict = growth(shape);
        return new Table(shape.name(), columns, definition, verdict.growth(), verdict.reason(), timestamp(shape));
    }

    private record Verdict(Growth growth, String reason) {}

    private Verdict growth(TableShape table) {
        List<Shaped> inserts = about(table.name()).filter(this::adds).toList();
        List<Shaped> deletes = about(table.name())
                .filter(each -> each.shape().kind() == SqlShape.Kind.DELETE
                        || each.shape().form() == SqlShape.Form.DROP_TABLE)
                .toList();
        Optional<Shaped> unclear = statements.stream()
                .filter(each -> each.statement().dynamic().isPresent())
                .filter(each -> each.shape().target().isEmpty() && each.shape().kind() != SqlShape.Kind.SELECT
                        || each.shape().kind() == SqlShape.Kind.DELETE)
                .findFirst();
        if (inserts.isEmpty()) {
            return new Verdict(Growth.BOUNDED, "No statement adds rows to it.");
        }
        if (!deletes.isEmpty()) {
            return removal(table, inserts.getFirst(), deletes);
        }
        if (unclear.isPresent()) {
            return new Verdict(
                    Growth.UNKNOWN,
                    "The SQL in line %d is not known: %s."
                            .formatted(
                                    unclear.get().statement().line(),
                                    unclear.get().statement().dynamic().orElse("")));
        }
        if (!seesAll) {
            return new Verdict(Growth.UNKNOWN, "Its database is passed on to code that is not followed.");
        }
        if (inserts.stream().allMatch(each -> isKeyed(table, each))) {
            return new Verdict(
                    Growth.UNKNOWN,
                    "Line %d writes one row a key; how many keys there are is not known."
                            .formatted(inserts.getFirst().statement().line()));
        }
        return new Verdict(
                Growth.UNBOUNDED,
                "Line %d adds rows and no statement deletes from it."
                        .formatted(inserts.getFirst().statement().line()));
    }

    private static Verdict removal(TableShape table, Shaped insert, List<Shaped> deletes) {
        for (Shaped delete : deletes) {
            String sql = delete.statement().sql().toLowerCase(Locale.ROOT);
            boolean byTime = sql.contains("<")
                    && table.columns().stream()
                            .map(column -> column.name().toLowerCase(Locale.ROOT))
                            .anyMatch(name -> sql.contains(name) && TimeValues.soundsLikeTime(name));
            if (byTime) {
                return new Verdict(
                        Growth.EXPIRING,
                        "Line %d deletes rows by their age."
                                .formatted(delete.statement().line()));
            }
        }
        return new Verdict(
                Growth.UNKNOWN,
                "Line %d adds rows and line %d deletes some; whether it deletes as many is not known."
                        .formatted(
                                insert.statement().line(),
                                deletes.getFirst().statement().line()));
    }

    private boolean adds(Shaped each) {
        return each.shape().insert().isPresent();
    }

    /** Whether an insert replaces the row that has the same key, rather than adding one each time. */
    private static boolean isKeyed(TableShape table, Shaped insert) {
        SqlShape.Insert parts = insert.shape().insert().orElseThrow();
        boolean replaces = parts.upsert()
                || parts.conflict()
                        .filter(word -> word.equals("REPLACE") || word.equals("IGNORE"))
                        .isPresent();
        boolean givesKey = parts.columns().isEmpty()
                || table.columns().stream()
                        .filter(column -> column.keyPart() > 0)
                        .anyMatch(key -> parts.columns().stream()
                                .anyMatch(it -> it.name().equalsIgnoreCase(key.name())));
        return replaces && givesKey;
    }

    private Optional<Timestamp> timestamp(TableShape table) {
        List<Shaped> inserts = about(table.name()).filter(this::adds).toList();
        for (TableShape.Column column : table.columns()) {
            Optional<Timestamp.Unit> unit = Optional.empty();
            boolean all = !inserts.isEmpty();
            for (Shaped insert : inserts) {
                Optional<Timestamp.Unit> own = times.unitOf(insert, table, column);
                all &= own.isPresent() && (unit.isEmpty() || unit.equals(own));
                unit = own;
            }
            if (all && unit.isPresent()) {
                return Optional.of(new Timestamp(column.name(), unit.get()));
            }
        }
        return Optional.empty();
    }

    private Stream<Shaped> about(String table) {
        return statements.stream().filter(each -> each.isAbout(table));
    }
}
