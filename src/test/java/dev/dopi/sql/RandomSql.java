package dev.dopi.sql;

import java.util.Random;

/** Texts that are almost SQL: words and signs of the language in any order, with any character among them. */
final class RandomSql {

    private static final String[] PIECES = {
        "SELECT",
        "INSERT",
        "INTO",
        "REPLACE",
        "UPDATE",
        "DELETE",
        "FROM",
        "WHERE",
        "VALUES",
        "WITH",
        "AS",
        "CREATE",
        "TABLE",
        "TRIGGER",
        "BEGIN",
        "END",
        "CASE",
        "INDEX",
        "VIEW",
        "VIRTUAL",
        "USING",
        "fts5",
        "ALTER",
        "ADD",
        "COLUMN",
        "DROP",
        "IF",
        "NOT",
        "EXISTS",
        "ON",
        "CONFLICT",
        "RETURNING",
        "DEFAULT",
        "ORDER",
        "BY",
        "LIMIT",
        "OR",
        "AND",
        "JOIN",
        "max",
        "(",
        ")",
        "(",
        ")",
        ",",
        ";",
        ".",
        "=",
        "?",
        "?3",
        ":name",
        "$a",
        "'text'",
        "\"q\"",
        "[b]",
        "'",
        "\"",
        "`",
        "[",
        "/*",
        "*/",
        "--",
        "\n",
        "x'00'",
        "12",
        "1e5",
        "*",
        "t",
        "a",
        "b",
        "t",
        "\0",
        "\uD800",
        "é",
        "😀"
    };

    private RandomSql() {}

    static String next(Random random) {
        var text = new StringBuilder();
        int pieces = random.nextInt(25);
        for (int i = 0; i < pieces; i++) {
            text.append(
                    random.nextInt(12) == 0 ? (char) random.nextInt(0x10000) : PIECES[random.nextInt(PIECES.length)]);
            text.append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }
}
