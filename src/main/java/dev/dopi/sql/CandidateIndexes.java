package dev.dopi.sql;

import dev.dopi.sql.Candidate.IndexPart;
import dev.dopi.sql.QueryColumns.Mention;
import dev.dopi.sql.QueryColumns.Use;
import dev.dopi.sql.TableShape.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The indexes of one table that a query might use: columns that it compares for equality first, in any order, then what
 * it orders by or one column that it compares otherwise.
 */
final class CandidateIndexes {

    private static final int MOST = 200;
    private static final int MOST_EQUAL = 4;

    private final TableShape table;
    private final List<String> equal = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<IndexPart> order = new ArrayList<>();
    private final Set<Candidate> candidates = new LinkedHashSet<>();

    private CandidateIndexes(TableShape table) {
        this.table = table;
    }

    /**
     * Returns the candidates, the likeliest first, and at most 200.
     *
     * @param names the table for every name that stands for one in the query
     */
    static List<Candidate> of(TableShape table, QueryColumns query, Map<String, String> names) {
        var indexes = new CandidateIndexes(table);
        for (Mention mention : query.mentions()) {
            boolean here = mention.qualifier()
                    .map(qualifier -> table.name().equals(names.get(qualifier)))
                    .orElse(true);
            if (here) {
                table.column(mention.column()).ifPresent(column -> indexes.add(mention, column));
            }
        }
        indexes.build();
        return List.copyOf(indexes.candidates);
    }

    private void add(Mention mention, Column column) {
        String name = column.name();
        if (mention.use() == Use.EQUAL && !equal.contains(name) && equal.size() < MOST_EQUAL) {
            equal.add(name);
        }
        if (mention.use() == Use.ORDER
                && order.stream().noneMatch(key -> key.column().equals(name))) {
            order.add(new IndexPart(name, mention.descending()));
        }
        if (!others.contains(name)) {
            others.add(name);
        }
    }

    private void build() {
        for (List<String> start : starts()) {
            List<IndexPart> keys =
                    start.stream().map(name -> new IndexPart(name, false)).toList();
            offer(keys);
            List<IndexPart> rest =
                    order.stream().filter(key -> !start.contains(key.column())).toList();
            offer(join(keys, oneDirection(rest)));
            for (String last : others) {
                if (!start.contains(last)) {
                    offer(join(keys, List.of(new IndexPart(last, false))));
                }
            }
        }
    }

    /** Returns every order of every choice of equal columns, those with all of them first, and none last. */
    private List<List<String>> starts() {
        var starts = new ArrayList<List<String>>();
        permute(List.of(), starts);
        starts.sort(java.util.Comparator.comparingInt((List<String> start) -> -start.size()));
        return starts;
    }

    private void permute(List<String> start, List<List<String>> starts) {
        starts.add(start);
        for (String next : equal) {
            if (!start.contains(next)) {
                permute(join(start, List.of(next)), starts);
            }
        }
    }

    /** An index is read in both directions, so DESC matters only where the directions differ. */
    private static List<IndexPart> oneDirection(List<IndexPart> keys) {
        boolean mixed = keys.stream().map(IndexPart::descending).distinct().count() > 1;
        return mixed
                ? keys
                : keys.stream().map(key -> new IndexPart(key.column(), false)).toList();
    }

    private static <T> List<T> join(List<T> start, List<T> end) {
        var all = new ArrayList<>(start);
        all.addAll(end);
        return List.copyOf(all);
    }

    private void offer(List<IndexPart> keys) {
        boolean rowid = !keys.isEmpty()
                && table.rowidAlias().filter(keys.getFirst().column()::equals).isPresent();
        if (!keys.isEmpty() && keys.size() <= MOST_EQUAL + 1 && !rowid && !isGiven(keys) && candidates.size() < MOST) {
            candidates.add(new Candidate(table.name(), keys));
        }
    }

    /** Returns whether an index of the table begins with these columns already. */
    private boolean isGiven(List<IndexPart> keys) {
        List<String> columns = keys.stream().map(IndexPart::column).toList();
        boolean mixed = keys.stream().anyMatch(IndexPart::descending);
        return !mixed
                && table.indexes().stream()
                        .filter(index -> !index.partial() && index.columns().size() >= columns.size())
                        .anyMatch(index ->
                                index.columns().subList(0, columns.size()).equals(columns));
    }
}
