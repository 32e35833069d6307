package dev.dopi.sql;

import dev.dopi.sql.IndexAdvice.Unexamined;
import dev.dopi.sql.IndexProposal.Proof;
import dev.dopi.sql.Plan.Access;
import dev.dopi.sql.Plan.Cost;
import dev.dopi.sql.Plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the indexes that a project's queries lack, by letting SQLite's planner try them.
 *
 * <p>An index is proposed only if a query's plan with it reads fewer whole tables, or sorts less where a LIMIT makes an
 * order spare rows. A query that wants every row asks for none. Every proposal carries the plans before and after.
 */
public final class IndexAdvisor {

    /** What bounds the work, so that a busy machine finds no less; some 3 s. */
    private static final int MOST_PLANS = 2_000;

    private static final Duration TIME = Duration.ofSeconds(15);
    private static final int MOST_PER_QUERY = 3;
    private static final int MOST_ALTERNATIVES = 6;
    private static final int MOST_PAIRED = 5;

    private final ScratchDatabase database;
    private final IndexNames names;
    private final long end;
    private int planned;
    private final Set<String> growing;
    private final List<String> all;
    private final List<Unexamined> unexamined = new ArrayList<>();
    private final Map<String, Set<String>> words = new HashMap<>();
    private final Map<Question, Optional<Plan>> plans = new HashMap<>();

    private IndexAdvisor(ScratchDatabase database, List<String> queries, Set<String> growing, Duration time) {
        this.database = database;
        this.all = List.copyOf(queries);
        this.growing = growing.stream().map(SqlToken::key).collect(Collectors.toUnmodifiableSet());
        this.names = new IndexNames(database.objectNames());
        this.end = System.nanoTime() + time.toNanos();
    }

    /** Returns the smallest set of indexes found that gives each of {@code queries} its best plan, of some 2,000 tried at most. */
    public static IndexAdvice advise(ScratchDatabase database, List<String> queries) {
        return advise(database, queries, TIME);
    }

    /**
     * As {@link #advise(ScratchDatabase, List)}, and also what spares sorting the tables of {@code growing}, which get
     * larger and larger: a query that reads all of them in order reads no fewer rows, but need not hold and sort them.
     */
    public static IndexAdvice advise(ScratchDatabase database, List<String> queries, Set<String> growing) {
        return advise(database, queries, growing, TIME);
    }

    static IndexAdvice advise(ScratchDatabase database, List<String> queries, Duration time) {
        return advise(database, queries, Set.of(), time);
    }

    private static IndexAdvice advise(
            ScratchDatabase database, List<String> queries, Set<String> growing, Duration time) {
        var advisor = new IndexAdvisor(database, queries, growing, time);
        List<Want> wants = new ArrayList<>();
        for (String query : new LinkedHashSet<>(queries)) {
            advisor.want(query).ifPresent(wants::add);
        }
        return new IndexAdvice(advisor.proposals(wants, advisor.choose(wants)), advisor.unexamined);
    }

    /** A query that gets better, and the sets of indexes that are equally good for it. */
    private record Want(String query, Plan before, Cost best, List<Set<Candidate>> alternatives) {}

    private boolean timeIsUp() {
        return planned >= MOST_PLANS || System.nanoTime() - end > 0;
    }

    private Optional<Want> want(String query) {
        if (timeIsUp()) {
            unexamined.add(new Unexamined(query, "too many plans were tried for those before it"));
            return Optional.empty();
        }
        return switch (database.plan(query)) {
            case PlanResult.Refused(String message) -> {
                unexamined.add(new Unexamined(query, message));
                yield Optional.empty();
            }
            case PlanResult.Planned(Plan before) -> {
                QueryColumns columns = QueryColumns.of(query);
                boolean order = columns.limited() || readsGrowing(before);
                yield (columns.choosesRows() || readsGrowing(before)) && isImprovable(before, order)
                        ? improve(query, before, columns, order)
                        : Optional.empty();
            }
        };
    }

    private boolean readsGrowing(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> step.table().stream())
                .anyMatch(table -> growing.contains(SqlToken.key(table)));
    }

    private static boolean isImprovable(Plan plan, boolean order) {
        return plan.cost().reads() > 0 || (order && plan.cost().sorts() > 0);
    }

    // A LIMIT spares rows only where nothing is left to sort: what still sorts reads every row all the same.
    private static boolean isWorthIt(Cost before, Cost after, boolean order) {
        return after.reads() < before.reads()
                || (order && after.reads() == before.reads() && before.sorts() > 0 && after.sorts() == 0);
    }

    private Optional<Want> improve(String query, Plan before, QueryColumns columns, boolean order) {
        Trial best = oneByOne(query, before, columns, order);
        Cost reached = best.cost.orElse(before.cost());
        if (reached.reads() > 0) {
            // Both sides of an OR or of a join may need an index before SQLite uses either.
            Trial paired = best(query, Set.of(), pairs(candidates(query, columns, Set.of())));
            if (paired.improves(reached, order)) {
                best = paired;
            }
        }
        if (best.sets.isEmpty()) {
            Trial special = best(query, Set.of(), singles(specials(query, columns)));
            if (special.improves(before.cost(), order)) {
                best = special;
            }
        }
        return best.sets.isEmpty()
                ? Optional.empty()
                : Optional.of(new Want(query, before, best.cost.orElseThrow(), best.sets));
    }

    /** Adds the best index, and to it the next best, as long as the plan gets better. */
    private Trial oneByOne(String query, Plan before, QueryColumns columns, boolean order) {
        var best = new Trial(Optional.empty(), List.of());
        for (int round = 0; round < MOST_PER_QUERY && !timeIsUp(); round++) {
            Cost cost = best.cost.orElse(before.cost());
            Set<Candidate> have = best.sets.isEmpty() ? Set.of() : best.sets.getFirst();
            Trial trial = best(query, have, singles(candidates(query, columns, have)));
            if (!trial.improves(cost, order)) {
                break;
            }
            best = trial;
        }
        return best;
    }

    /** The best that was found: its cost, and the smallest sets of indexes that reach it. */
    private record Trial(Optional<Cost> cost, List<Set<Candidate>> sets) {

        boolean improves(Cost before, boolean order) {
            return cost.filter(after -> isWorthIt(before, after, order)).isPresent();
        }
    }

    private Trial best(String query, Set<Candidate> have, List<Set<Candidate>> additions) {
        Optional<Cost> best = Optional.empty();
        var sets = new ArrayList<Set<Candidate>>();
        int columns = 0;
        for (Set<Candidate> addition : additions) {
            if (timeIsUp()) {
                break;
            }
            Set<Candidate> all = union(have, addition);
            Optional<Cost> cost = planWith(query, all).map(Plan::cost);
            if (cost.isEmpty()) {
                continue;
            }
            int width = width(all);
            int comparison = best.map(cost.get()::compareTo).orElse(-1);
            if (comparison < 0 || (comparison == 0 && width < columns)) {
                sets.clear();
                best = cost;
                columns = width;
            }
            if (cost.equals(best) && width == columns && sets.size() < MOST_ALTERNATIVES) {
                sets.add(all);
            }
        }
        return new Trial(best, sets);
    }

    private List<Candidate> candidates(String query, QueryColumns columns, Set<Candidate> have) {
        Optional<Plan> plan = planWith(query, have);
        var tables = new LinkedHashSet<String>();
        boolean sorts = plan.stream().anyMatch(p -> !p.sorts().isEmpty());
        for (Step step : plan.map(Plan::steps).orElse(List.of())) {
            boolean reads = step.access() == Access.TABLE_SCAN
                    || step.access() == Access.INDEX_SCAN
                    || step.access() == Access.TRANSIENT_INDEX;
            if (reads || (sorts && step.access() == Access.SEARCH)) {
                step.table().ifPresent(tables::add);
            }
        }
        Map<String, String> aliases = TableNames.in(query, List.of(), database.tables());
        return tables.stream()
                .flatMap(name -> database.table(name).stream())
                .flatMap(table -> CandidateIndexes.of(table, columns, aliases).stream())
                .filter(candidate -> !have.contains(candidate))
                .toList();
    }

    /** What is tried only where no plain index helps. */
    private List<Candidate> specials(String query, QueryColumns columns) {
        Set<String> words = SqlShape.of(query).names();
        return database.tables().stream()
                .filter(table -> !table.virtual() && words.contains(SqlToken.key(table.name())))
                .flatMap(table -> SpecialIndexes.of(table, query, columns, all).stream())
                .toList();
    }

    private static List<Set<Candidate>> singles(List<Candidate> candidates) {
        return candidates.stream().map(Set::of).toList();
    }

    private static List<Set<Candidate>> pairs(List<Candidate> candidates) {
        Map<String, Integer> perTable = new HashMap<>();
        List<Candidate> narrow = candidates.stream()
                .filter(candidate -> candidate.keys().size() == 1)
                .filter(candidate -> perTable.merge(candidate.table(), 1, Integer::sum) <= MOST_PAIRED)
                .toList();
        var pairs = new ArrayList<Set<Candidate>>();
        for (int i = 0; i < narrow.size(); i++) {
            for (int j = i + 1; j < narrow.size(); j++) {
                pairs.add(union(Set.of(narrow.get(i)), Set.of(narrow.get(j))));
            }
        }
        return pairs;
    }

    private static Set<Candidate> union(Set<Candidate> some, Set<Candidate> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }

    private static int width(Set<Candidate> set) {
        return set.stream().mapToInt(candidate -> candidate.keys().size()).sum();
    }

    /** A query, and those indexes that it could use, in the order in which they are made. */
    private record Question(String query, List<Candidate> indexes) {}

    private Optional<Plan> planWith(String query, Set<Candidate> indexes) {
        planned++;
        Set<String> words = this.words.computeIfAbsent(query, IndexAdvisor::words);
        List<Candidate> useful = indexes.stream()
                .filter(index -> database.mayRead(index.table(), words))
                .toList();
        return plans.computeIfAbsent(new Question(query, useful), this::asked);
    }

    /** Returns all that can be a table's name: SQLite takes a string for one, too. */
    private static Set<String> words(String query) {
        return Tokens.meaningful(query).stream().map(SqlToken::key).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Plan> asked(Question question) {
        List<String> statements = question.indexes().stream()
                .map(index -> index.createSql(names.nameOf(index)))
                .toList();
        return switch (database.withIndexes(statements, () -> database.plan(question.query()))) {
            case PlanResult.Planned(Plan plan) -> Optional.of(plan);
            case PlanResult.Refused(String message) -> Optional.empty();
        };
    }

    private boolean satisfies(Set<Candidate> indexes, Want want) {
        return planWith(want.query, indexes)
                .filter(plan -> plan.cost().compareTo(want.best) <= 0)
                .isPresent();
    }

    /** Takes the widest first, so that the narrow queries find their index there already; then drops what is not missed. */
    private Set<Candidate> choose(List<Want> wants) {
        Set<Candidate> chosen = new LinkedHashSet<>();
        List<Want> widestFirst = wants.stream()
                .sorted(Comparator.comparingInt((Want want) -> -width(want.alternatives.getFirst())))
                .toList();
        for (Want want : widestFirst) {
            if (timeIsUp() || !satisfies(chosen, want)) {
                chosen.addAll(mostUseful(chosen, want, wants));
            }
        }
        List<Candidate> narrowestFirst = chosen.stream()
                .sorted(Comparator.comparingInt(candidate -> candidate.keys().size()))
                .toList();
        for (Candidate candidate : narrowestFirst) {
            Set<Candidate> without = new LinkedHashSet<>(chosen);
            without.remove(candidate);
            if (!timeIsUp() && wants.stream().allMatch(want -> satisfies(without, want))) {
                chosen = without;
            }
        }
        return chosen;
    }

    private Set<Candidate> mostUseful(Set<Candidate> chosen, Want want, List<Want> wants) {
        Set<Candidate> best = want.alternatives.getFirst();
        long most = -1;
        for (Set<Candidate> alternative :
                want.alternatives.size() == 1 ? List.<Set<Candidate>>of() : want.alternatives) {
            Set<Candidate> all = union(chosen, alternative);
            long served = timeIsUp()
                    ? -1
                    : wants.stream().filter(other -> satisfies(all, other)).count();
            if (served > most) {
                most = served;
                best = alternative;
            }
        }
        return best;
    }

    private List<IndexProposal> proposals(List<Want> wants, Set<Candidate> chosen) {
        var proposals = new ArrayList<IndexProposal>();
        for (Candidate candidate : chosen) {
            String name = names.nameOf(candidate);
            var proofs = new ArrayList<Proof>();
            for (Want want : wants) {
                planWith(want.query, chosen)
                        .filter(after -> after.betterThan(want.before))
                        .filter(after -> after.steps().stream()
                                .anyMatch(step ->
                                        step.index().filter(name::equals).isPresent()))
                        .ifPresent(after -> proofs.add(new Proof(want.query, want.before, after)));
            }
            if (!proofs.isEmpty()) {
                proposals.add(new IndexProposal(
                        candidate.table(), candidate.columns(), name, candidate.createSql(name), proofs));
            }
        }
        return proposals;
    }
}
