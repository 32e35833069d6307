package dev.dopi.sql;

import dev.dopi.sql.Plan.Access;
import dev.dopi.sql.Plan.Step;
import dev.dopi.sql.Sqlite.Cells;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what EXPLAIN QUERY PLAN prints.
 *
 * <p>SQLite prints a table by the alias that the statement gives it and quotes nothing, so the names that can stand
 * there are looked for, the longest first.
 */
final class PlanReader {

    private static final Pattern DERIVED = Pattern.compile("(?:MATERIALIZE|CO-ROUTINE) (.+)");

    private final Map<String, String> tables;
    private final boolean firstOrLastRow;
    private final Set<String> partial;
    private final Set<String> derived = new HashSet<>();

    /**
     * @param tables the table for every name that stands for one in the statement, names in lower case
     * @param firstOrLastRow whether the statement asks for no more than the lowest or highest rowid, which SQLite finds
     *     at once although it names no index for it
     * @param partial the names of the indexes that hold only some rows
     */
    PlanReader(Map<String, String> tables, boolean firstOrLastRow, Set<String> partial) {
        this.partial = partial;
        this.tables = tables;
        this.firstOrLastRow = firstOrLastRow;
    }

    Plan read(List<Cells> rows) {
        List<String> details = rows.stream().map(row -> row.text(3)).toList();
        for (String detail : details) {
            Matcher matcher = DERIVED.matcher(detail);
            if (matcher.matches()) {
                derived.add(SqlToken.key(matcher.group(1)));
            }
        }
        return new Plan(details.stream().map(this::step).toList());
    }

    private Step step(String detail) {
        if (detail.contains("USING TEMP B-TREE") || detail.startsWith("USE TEMP B-TREE")) {
            return new Step(detail, Access.SORT, Optional.empty(), Optional.empty(), 0, 0);
        }
        boolean scan = detail.startsWith("SCAN ");
        if (!scan && !detail.startsWith("SEARCH ")) {
            return other(detail);
        }
        String rest = detail.substring(scan ? 5 : 7);
        Optional<String> name = nameIn(rest);
        if (name.isEmpty()) {
            return other(detail);
        }
        String how = rest.substring(name.get().length());
        int bracket = how.indexOf(" (");
        Optional<String> index = indexIn(how, bracket < 0 ? how.length() : bracket);
        Access whole = access(scan, how);
        Access access =
                whole == Access.INDEX_SCAN && index.filter(partial::contains).isPresent() ? Access.PARTIAL_SCAN : whole;
        int close = how.lastIndexOf(')');
        int equalities = 0;
        int ranges = 0;
        if (access == Access.SEARCH && bracket >= 0 && close > bracket) {
            for (String term : how.substring(bracket + 2, close).split(" AND ", -1)) {
                boolean range = term.contains("<") || term.contains(">");
                ranges += range ? 1 : 0;
                equalities += !range && term.contains("=") ? 1 : 0;
            }
        }
        return new Step(
                detail, access, Optional.ofNullable(tables.get(SqlToken.key(name.get()))), index, equalities, ranges);
    }

    private static Optional<String> indexIn(String how, int end) {
        int word = how.indexOf(" INDEX ");
        boolean named = how.startsWith(" USING ") && !how.startsWith(" USING AUTOMATIC ");
        if (!named || word < 0 || word + 7 >= end) {
            return Optional.empty();
        }
        String name = how.substring(word + 7, end);
        return Optional.of(name.endsWith(" LEFT-JOIN") ? name.substring(0, name.length() - 10) : name);
    }

    private static Step other(String detail) {
        return new Step(detail, Access.OTHER, Optional.empty(), Optional.empty(), 0, 0);
    }

    private Access access(boolean scan, String how) {
        if (how.startsWith(" VIRTUAL TABLE")) {
            return Access.VIRTUAL;
        }
        if (how.contains(" USING AUTOMATIC ")) {
            return Access.TRANSIENT_INDEX;
        }
        boolean using = how.startsWith(" USING ");
        if (scan) {
            return using ? Access.INDEX_SCAN : Access.TABLE_SCAN;
        }
        return using || firstOrLastRow ? Access.SEARCH : Access.TABLE_SCAN;
    }

    /** Returns the name of a real table with which {@code rest} begins. */
    private Optional<String> nameIn(String rest) {
        String key = SqlToken.key(rest);
        Optional<String> longest = tables.keySet().stream()
                .filter(name ->
                        key.startsWith(name) && (key.length() == name.length() || key.charAt(name.length()) == ' '))
                .max(Comparator.comparingInt(String::length));
        return longest.filter(name -> !derived.contains(name)).map(name -> rest.substring(0, name.length()));
    }
}
