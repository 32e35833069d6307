package dev.dopi.sql;

import dev.dopi.sql.SqlToken.Lexeme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which names stand for which tables: the tables' own, and the aliases that statements give them. */
final class TableNames {

    private TableNames() {}

    /**
     * Returns the table for each name, names in lower case.
     *
     * @param readers the views and triggers, whose aliases SQLite prints too; those of {@code statement} come first
     */
    static Map<String, String> in(String statement, List<String> readers, List<TableShape> tables) {
        Map<String, String> own = new HashMap<>();
        tables.forEach(table -> own.put(SqlToken.key(table.name()), table.name()));
        Map<String, String> names = new HashMap<>(own);
        readers.forEach(reader -> addAliases(reader, own, names));
        addAliases(statement, own, names);
        return names;
    }

    private static void addAliases(String statement, Map<String, String> own, Map<String, String> names) {
        List<SqlToken> tokens = Tokens.meaningful(statement);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            String table = own.get(tokens.get(i).key());
            if (table == null || !(tokens.get(i).isName() || tokens.get(i).type() == Lexeme.STRING)) {
                continue;
            }
            int alias = tokens.get(i + 1).is("AS") ? i + 2 : i + 1;
            if (alias < tokens.size() && isAlias(tokens.get(alias), alias == i + 2)) {
                names.put(tokens.get(alias).key(), table);
            }
        }
    }

    private static boolean isAlias(SqlToken token, boolean afterAs) {
        return switch (token.type()) {
            case QUOTED -> true;
            case STRING -> afterAs;
            case WORD -> afterAs || !(SqlName.isKeyword(token.text()) || token.is("INDEXED"));
            case BLOB, NUMBER, PARAMETER, SYMBOL, COMMENT -> false;
        };
    }
}
