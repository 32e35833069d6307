package dev.dopi.analysis;

import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Column;
import dev.dopi.model.Table.Timestamp;
import dev.dopi.sql.ScratchDatabase;
import dev.dopi.sql.SqlShape;
import dev.dopi.sql.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Works out a class's tables from its own statements: their columns, and whether their rows only ever add up. */
final class TableReader {

    private final List<Shaped> statements;
    private final TimeValues times;
    private final GrowthReader growth;

    /** A statement with the call that runs it and what its tokens tell. */
    record Shaped(SqlReader.Run run, SqlShape shape) {

        SqlStatement statement() {
            return run.statement();
        }

        boolean isAbout(String table) {
            return shape.target().filter(name -> name.equalsIgnoreCase(table)).isPresent();
        }
    }

    /**
     * @param seesAll whether these are surely all the statements there are
     */
    TableReader(List<SqlReader.Run> runs, StorageCode code, Entries entries, TimeValues times, boolean seesAll) {
        this.statements = runs.stream()
                .map(run -> new Shaped(run, SqlShape.of(run.statement().sql())))
                .toList();
        this.times = times;
        this.growth = new GrowthReader(statements, entries, new Clearing(code, entries).verdict(), times, seesAll);
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
        GrowthReader.Verdict verdict = growth.of(shape);
        return new Table(shape.name(), columns, definition, verdict.growth(), verdict.reason(), timestamp(shape));
    }

    private boolean adds(Shaped each) {
        return each.shape().insert().isPresent();
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
