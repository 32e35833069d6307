package dev.dopi.sql;

import java.util.Locale;
import java.util.Set;

/** How a name is written in SQL. */
public final class SqlName {

    /** The words that cannot be a name without quotes; SQLite lets the other keywords fall back to names. */
    private static final Set<String> RESERVED = Set.of(
            "ADD",
            "ALL",
            "ALTER",
            "AND",
            "AS",
            "AUTOINCREMENT",
            "BETWEEN",
            "CASE",
            "CHECK",
            "COLLATE",
            "COMMIT",
            "CONSTRAINT",
            "CREATE",
            "DEFAULT",
            "DEFERRABLE",
            "DELETE",
            "DISTINCT",
            "DROP",
            "ELSE",
            "ESCAPE",
            "EXISTS",
            "FOREIGN",
            "FROM",
            "GROUP",
            "HAVING",
            "IF",
            "IN",
            "INDEX",
            "INSERT",
            "INTERSECT",
            "INTO",
            "IS",
            "ISNULL",
            "JOIN",
            "LIMIT",
            "NOT",
            "NOTHING",
            "NOTNULL",
            "NULL",
            "ON",
            "OR",
            "ORDER",
            "PRIMARY",
            "REFERENCES",
            "RETURNING",
            "SELECT",
            "SET",
            "TABLE",
            "THEN",
            "TO",
            "TRANSACTION",
            "UNION",
            "UNIQUE",
            "UPDATE",
            "USING",
            "VALUES",
            "WHEN",
            "WHERE");

    /** Keywords that can be names, but that mean something else in some places: quotes are safe everywhere. */
    private static final Set<String> AMBIGUOUS = Set.of(
            "ASC",
            "BEGIN",
            "BY",
            "CAST",
            "CROSS",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "DESC",
            "END",
            "EXCEPT",
            "FULL",
            "GLOB",
            "INNER",
            "LEFT",
            "LIKE",
            "MATCH",
            "NATURAL",
            "OUTER",
            "OVER",
            "RAISE",
            "REGEXP",
            "REPLACE",
            "RIGHT",
            "TRIGGER",
            "VIEW",
            "VIRTUAL",
            "WINDOW",
            "WITH");

    private SqlName() {}

    /** Returns {@code name} as it must be written: as it is where that is safe, otherwise in double quotes. */
    public static String written(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !isKeyword(name) ? name : quoted(name);
    }

    static boolean isKeyword(String word) {
        return isReserved(word) || AMBIGUOUS.contains(word.toUpperCase(Locale.ROOT));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toUpperCase(Locale.ROOT));
    }
}
