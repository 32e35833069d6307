package dev.dopi.sql;

import dev.dopi.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the tokens of one statement tell without a database: nothing here says that SQLite would accept it.
 *
 * @param kind what it does
 * @param form which statement it is, where it changes the schema
 * @param target the table that it writes, makes, changes or drops, or that it makes an index or trigger on
 * @param object the name of what it makes or drops, where that is an index, a view or a trigger
 * @param ifNotExists whether it says {@code IF NOT EXISTS} or {@code IF EXISTS}
 * @param insert the parts of an INSERT or REPLACE
 * @param addedColumn the name in {@code ADD COLUMN name}
 * @param parameters every parameter, in order
 * @param names every name and word that is not a reserved word, in lower case and without quotes
 */
public record SqlShape(
        Kind kind,
        Form form,
        Optional<String> target,
        Optional<String> object,
        boolean ifNotExists,
        Optional<Insert> insert,
        Optional<String> addedColumn,
        List<Parameter> parameters,
        Set<String> names) {

    public SqlShape {
        parameters = List.copyOf(parameters);
        names = Set.copyOf(names);
    }

    /** Reads the shape of {@code statement}; it never fails. */
    public static SqlShape of(String statement) {
        return new ShapeReader(statement).read();
    }

    /** What a statement does. */
    public enum Kind {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        DDL,
        OTHER
    }

    /** Which statement it is. */
    public enum Form {
        CREATE_TABLE,
        CREATE_TABLE_AS,
        CREATE_VIRTUAL_TABLE,
        CREATE_INDEX,
        CREATE_VIEW,
        CREATE_TRIGGER,
        ALTER_TABLE,
        DROP_TABLE,
        DROP_INDEX,
        DROP_VIEW,
        DROP_TRIGGER,
        /** None that changes the schema, or one that is not known. */
        NONE
    }

    /**
     * A parameter of a statement.
     *
     * @param text as written: {@code ?}, {@code ?2}, {@code :name}
     * @param ordinal the number that SQLite gives it, from one
     * @param span where it stands in the statement
     */
    public record Parameter(String text, int ordinal, Span span) {

        /** Returns whether it is a plain {@code ?}, whose number is its place among the others. */
        public boolean positional() {
            return text.equals("?");
        }
    }

    /**
     * The parts of an INSERT or REPLACE; spans are into the statement's text.
     *
     * @param conflict the word after OR in upper case, {@code REPLACE} for a REPLACE statement
     * @param columns the names in the column list, empty where there is none
     * @param columnsClose the parenthesis that closes the column list
     * @param source where the values come from
     * @param rows the rows of VALUES
     * @param upsert whether there is an ON CONFLICT clause
     * @param returning whether there is a RETURNING clause
     */
    public record Insert(
            Optional<String> conflict,
            List<NamedSpan> columns,
            Optional<Span> columnsClose,
            Source source,
            List<Row> rows,
            boolean upsert,
            boolean returning) {

        public Insert {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** Where an INSERT's values come from. */
    public enum Source {
        ONE_ROW,
        ROWS,
        SELECT,
        DEFAULT_VALUES,
        UNKNOWN
    }

    /** A name without its quotes, and where it stands. */
    public record NamedSpan(String name, Span span) {}

    /** One row of VALUES: where its expressions stand, and the parenthesis that closes it. */
    public record Row(List<Span> values, Span close) {

        public Row {
            values = List.copyOf(values);
        }
    }
}
