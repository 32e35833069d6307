package dev.dopi.sql;

import dev.dopi.source.Span;
import dev.dopi.sql.SqlShape.Form;
import dev.dopi.sql.SqlShape.Insert;
import dev.dopi.sql.SqlShape.Kind;
import dev.dopi.sql.SqlShape.NamedSpan;
import dev.dopi.sql.SqlShape.Parameter;
import dev.dopi.sql.SqlShape.Row;
import dev.dopi.sql.SqlShape.Source;
import dev.dopi.sql.SqlToken.Lexeme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a {@link SqlShape} from one statement's tokens. */
final class ShapeReader {

    /** SQLite numbers parameters from 1 and refuses more than its limit; this only keeps a huge {@code ?N} an int. */
    private static final int HIGHEST_PARAMETER = 1_000_000;

    private final List<SqlToken> all;
    private final Tokens tokens;

    private Kind kind = Kind.OTHER;
    private Form form = Form.NONE;
    private Optional<String> target = Optional.empty();
    private Optional<String> object = Optional.empty();
    private boolean ifNotExists;
    private Optional<Insert> insert = Optional.empty();
    private Optional<String> addedColumn = Optional.empty();

    ShapeReader(String statement) {
        all = Tokens.meaningful(statement);
        tokens = Tokens.of(statement);
    }

    SqlShape read() {
        if (tokens.here().is("WITH")) {
            skipToVerb();
        }
        switch (tokens.take().text().toUpperCase(Locale.ROOT)) {
            case "SELECT", "VALUES" -> kind = Kind.SELECT;
            case "INSERT" ->
                readInsert(tokens.accept("OR") ? Optional.of(upperCased(tokens.take())) : Optional.empty());
            case "REPLACE" -> readInsert(Optional.of("REPLACE"));
            case "UPDATE" -> readUpdate();
            case "DELETE" -> readDelete();
            case "CREATE" -> readCreate();
            case "ALTER" -> readAlter();
            case "DROP" -> readDrop();
            default -> {}
        }
        return new SqlShape(kind, form, target, object, ifNotExists, insert, addedColumn, parameters(), names());
    }

    private static String upperCased(SqlToken token) {
        return token.text().toUpperCase(Locale.ROOT);
    }

    /** Moves past WITH and its tables to the word that says what the statement does. */
    private void skipToVerb() {
        while (!tokens.atEnd()) {
            SqlToken here = tokens.here();
            if (here.is("(")) {
                tokens.skipBrackets();
            } else if (here.is("SELECT")
                    || here.is("VALUES")
                    || here.is("INSERT")
                    || here.is("REPLACE")
                    || here.is("UPDATE")
                    || here.is("DELETE")) {
                return;
            } else {
                tokens.take();
            }
        }
    }

    private void readUpdate() {
        kind = Kind.UPDATE;
        if (tokens.accept("OR")) {
            tokens.take();
        }
        target = tokens.acceptName();
    }

    private void readDelete() {
        kind = Kind.DELETE;
        if (tokens.accept("FROM")) {
            target = tokens.acceptName();
        }
    }

    private void readCreate() {
        kind = Kind.DDL;
        if (!tokens.accept("TEMP")) {
            tokens.accept("TEMPORARY");
        }
        tokens.accept("UNIQUE");
        SqlToken what = tokens.take();
        boolean virtual = what.is("VIRTUAL") && tokens.accept("TABLE");
        ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        Optional<String> name = tokens.acceptName();
        if (virtual) {
            form = Form.CREATE_VIRTUAL_TABLE;
            target = name;
        } else if (what.is("TABLE")) {
            form = tokens.here().is("AS") ? Form.CREATE_TABLE_AS : Form.CREATE_TABLE;
            target = name;
        } else if (what.is("INDEX")) {
            form = Form.CREATE_INDEX;
            object = name;
            target = tokens.accept("ON") ? tokens.acceptName() : Optional.empty();
        } else if (what.is("VIEW")) {
            form = Form.CREATE_VIEW;
            object = name;
        } else if (what.is("TRIGGER")) {
            form = Form.CREATE_TRIGGER;
            object = name;
            readTriggerTable();
        }
    }

    private void readTriggerTable() {
        while (!tokens.atEnd() && !tokens.here().is("BEGIN")) {
            if (tokens.accept("ON")) {
                target = tokens.acceptName();
                return;
            }
            tokens.take();
        }
    }

    private void readAlter() {
        kind = Kind.DDL;
        if (tokens.accept("TABLE")) {
            form = Form.ALTER_TABLE;
            target = tokens.acceptName();
            if (tokens.accept("ADD")) {
                boolean column = tokens.accept("COLUMN");
                addedColumn = !column && isConstraint(tokens.here()) ? Optional.empty() : tokens.acceptName();
            }
        }
    }

    private static boolean isConstraint(SqlToken token) {
        return token.is("CONSTRAINT") || token.is("CHECK");
    }

    private void readDrop() {
        kind = Kind.DDL;
        SqlToken what = tokens.take();
        ifNotExists = tokens.accept("IF", "EXISTS");
        Optional<String> name = tokens.acceptName();
        form = switch (upperCased(what)) {
            case "TABLE" -> Form.DROP_TABLE;
            case "INDEX" -> Form.DROP_INDEX;
            case "VIEW" -> Form.DROP_VIEW;
            case "TRIGGER" -> Form.DROP_TRIGGER;
            default -> Form.NONE;
        };
        if (form == Form.DROP_TABLE) {
            target = name;
        } else {
            object = name;
        }
    }

    private void readInsert(Optional<String> conflict) {
        kind = Kind.INSERT;
        tokens.accept("INTO");
        target = tokens.acceptName();
        if (tokens.accept("AS")) {
            tokens.take();
        }
        var columns = new ArrayList<NamedSpan>();
        Optional<Span> columnsClose = tokens.here().is("(") ? readColumns(columns) : Optional.empty();
        var rows = new ArrayList<Row>();
        Source source = readSource(rows);
        boolean upsert = false;
        boolean returning = false;
        while (!tokens.atEnd()) {
            if (tokens.here().is("(")) {
                tokens.skipBrackets();
            } else if (tokens.accept("ON", "CONFLICT")) {
                upsert = true;
            } else {
                returning |= tokens.take().is("RETURNING");
            }
        }
        insert = Optional.of(new Insert(conflict, columns, columnsClose, source, rows, upsert, returning));
    }

    private Optional<Span> readColumns(List<NamedSpan> columns) {
        tokens.take();
        while (!tokens.atEnd()) {
            SqlToken token = tokens.take();
            if (token.is(")")) {
                return Optional.of(token.span());
            }
            if (token.isName() || token.type() == Lexeme.STRING) {
                columns.add(new NamedSpan(token.name(), token.span()));
            }
        }
        return Optional.empty();
    }

    private Source readSource(List<Row> rows) {
        if (tokens.accept("DEFAULT", "VALUES")) {
            return Source.DEFAULT_VALUES;
        }
        if (tokens.here().is("SELECT") || tokens.here().is("WITH")) {
            return Source.SELECT;
        }
        if (!tokens.accept("VALUES")) {
            return Source.UNKNOWN;
        }
        do {
            Optional<Row> row = readRow();
            if (row.isEmpty()) {
                return Source.UNKNOWN;
            }
            rows.add(row.get());
        } while (tokens.accept(","));
        return rows.size() == 1 ? Source.ONE_ROW : Source.ROWS;
    }

    /** Reads {@code (a, f(b, c), ?)}: an expression reaches from its first token to its last. */
    private Optional<Row> readRow() {
        if (!tokens.accept("(")) {
            return Optional.empty();
        }
        var values = new ArrayList<Span>();
        int start = tokens.here().start();
        int end = start;
        while (!tokens.atEnd()) {
            SqlToken here = tokens.here();
            if (here.is(",") || here.is(")")) {
                if (end > start) {
                    values.add(new Span(start, end));
                }
                tokens.take();
                if (here.is(")")) {
                    return Optional.of(new Row(values, here.span()));
                }
                start = tokens.here().start();
                end = start;
            } else {
                end = here.is("(") ? tokens.skipBrackets().end() : tokens.take().end();
            }
        }
        return Optional.empty();
    }

    /** Numbers the parameters as SQLite does: {@code ?} takes the next number after the highest so far. */
    private List<Parameter> parameters() {
        var parameters = new ArrayList<Parameter>();
        Map<String, Integer> named = new HashMap<>();
        int highest = 0;
        for (SqlToken token : all) {
            if (token.type() != Lexeme.PARAMETER) {
                continue;
            }
            int next = highest + 1;
            int ordinal = token.text().equals("?")
                    ? next
                    : token.text().charAt(0) == '?'
                            ? numbered(token.text())
                            : named.computeIfAbsent(token.text(), name -> next);
            highest = Math.max(highest, ordinal);
            parameters.add(new Parameter(token.text(), ordinal, token.span()));
        }
        return parameters;
    }

    private static int numbered(String parameter) {
        String digits = parameter.substring(1);
        return digits.length() > 6 ? HIGHEST_PARAMETER : Math.max(1, Integer.parseInt(digits));
    }

    private Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (SqlToken token : all) {
            if (token.type() == Lexeme.QUOTED || (token.type() == Lexeme.WORD && !SqlName.isReserved(token.text()))) {
                names.add(token.key());
            }
        }
        return names;
    }
}
