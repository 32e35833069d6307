package dev.dopi.analysis;

import dev.dopi.analysis.Entries.Entry;
import dev.dopi.analysis.TableReader.Shaped;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table.Growth;
import dev.dopi.model.Table.Timestamp.Unit;
import dev.dopi.sql.SqlShape;
import dev.dopi.sql.TableShape;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells what happens to the number of a table's rows: which statements add some, which remove some, and whether what
 * removes them runs by itself.
 */
final class GrowthReader {

    private static final Pattern CLOCK = Pattern.compile(
            "(?i)date|now|time|cutoff|cut_off|expir|ttl|\\bago\\b|retention|threshold|before|since|horizon|deadline|oldest"
                    + "|unixepoch|current_timestamp|\\bday|hour|minute");
    private static final Pattern NEWEST =
            Pattern.compile("(?is)(\\bin|[<>=])\\s*\\(\\s*select\\b.*\\b(limit|offset|max\\s*\\()");
    private static final Pattern BATCH = Pattern.compile("(?is)(?<!\\bnot\\s{1,9})\\bin\\s*\\(\\s*select\\b(.*)");
    private static final Pattern MARK =
            Pattern.compile("(?i)^(deleted|removed|archived|trashed|revoked|closed|cancell?ed)(_?at|_?on|_?time)?$");
    private static final Pattern SAME_KEY = Pattern.compile(
            "(?s)[\"'`][^$]*[\"'`]|-?\\d+|(?!NULL$)[A-Z][A-Z0-9_]*|this\\.(name|room|roomId|id)|this\\.(ctx|state)\\.id\\b.*");

    /** Counts the whole table: a count of some rows says nothing of the others. */
    private static final Pattern COUNTS_ALL =
            Pattern.compile("(?is)\\s*SELECT\\s+COUNT\\s*\\((?!.*\\b(WHERE|GROUP|JOIN|HAVING)\\b).*");

    /** Takes one row and does not say which. */
    private static final Pattern ANY_ROW = Pattern.compile(
            "(?is)\\s*SELECT\\b(?!.*\\b(WHERE|ORDER|GROUP|JOIN|HAVING|UNION|OFFSET)\\b).*\\bFROM\\s+[^\\s,]+\\s+LIMIT\\s+1\\s*;?\\s*");

    private final List<Shaped> statements;
    private final Entries entries;
    private final Optional<Verdict> cleared;
    private final TimeValues times;
    private final boolean seesAll;

    /**
     * @param cleared what is known of every table because everything is deleted at times
     * @param seesAll whether these are surely all the statements there are
     */
    GrowthReader(
            List<Shaped> statements, Entries entries, Optional<Verdict> cleared, TimeValues times, boolean seesAll) {
        this.statements = statements;
        this.entries = entries;
        this.cleared = cleared;
        this.times = times;
        this.seesAll = seesAll;
    }

    /** How a table grows, and why that is said, as a sentence. */
    record Verdict(Growth growth, String reason) {}

    /** What a statement that deletes does for the table's size; the first is the most certain. */
    private enum Effect {
        AGE,
        NEWEST,
        REPLACED,
        BY_ITSELF,
        AT_CLOSE,
        MARKED,
        BROKEN,
        ON_REQUEST
    }

    private record Removal(Effect effect, Shaped statement) {}

    Verdict of(TableShape table) {
        List<Shaped> inserts = about(table.name())
                .filter(each -> each.shape().insert().isPresent())
                .toList();
        Optional<Shaped> unclear = unclear();
        if (inserts.isEmpty()) {
            return noInserts(unclear);
        }
        if (holdsOneRow(table, inserts)) {
            return new Verdict(
                    Growth.BOUNDED, "Line %d writes the same row each time.".formatted(line(inserts.getFirst())));
        }
        if (inserts.stream().allMatch(insert -> Set.of(Entry.START).equals(entries(insert)))) {
            return new Verdict(
                    Growth.BOUNDED, "Only the set-up adds rows, in line %d.".formatted(line(inserts.getFirst())));
        }
        if (isReadAsOneRow(table, inserts)) {
            return new Verdict(
                    Growth.BOUNDED,
                    "Line %d writes a row a key, and every query takes the only row."
                            .formatted(line(inserts.getFirst())));
        }
        if (inserts.stream().allMatch(insert -> isLimited(table, insert))) {
            return new Verdict(
                    Growth.BOUNDED,
                    "Line %d adds a row only while there are few, which a condition before it counts."
                            .formatted(line(inserts.getFirst())));
        }
        List<Removal> removals = removals(table, inserts);
        if (!removals.isEmpty() && removals.getFirst().effect() != Effect.ON_REQUEST) {
            return removed(removals.getFirst(), inserts.getFirst());
        }
        if (cleared.isPresent()) {
            return cleared.get();
        }
        if (!removals.isEmpty()) {
            return new Verdict(
                    Growth.UNKNOWN,
                    "Line %d adds rows and line %d deletes some when it is asked to; whether that is as many is not known."
                            .formatted(
                                    line(inserts.getFirst()),
                                    line(removals.getFirst().statement())));
        }
        return neverRemoved(table, inserts, unclear);
    }

    private Verdict noInserts(Optional<Shaped> unclear) {
        if (unclear.isPresent()) {
            return unknownSql(unclear.get());
        }
        return seesAll
                ? new Verdict(Growth.BOUNDED, "No statement adds rows to it.")
                : new Verdict(
                        Growth.UNKNOWN, "No statement that was read adds rows to it, but not all code is followed.");
    }

    private Verdict neverRemoved(TableShape table, List<Shaped> inserts, Optional<Shaped> unclear) {
        if (unclear.isPresent()) {
            return unknownSql(unclear.get());
        }
        if (!seesAll) {
            return new Verdict(Growth.UNKNOWN, "Its database is passed on to code that is not followed.");
        }
        if (inserts.stream().allMatch(each -> isKeyed(table, each))) {
            return new Verdict(
                    Growth.UNKNOWN,
                    "Line %d writes one row a key; how many keys there are is not known."
                            .formatted(line(inserts.getFirst())));
        }
        return new Verdict(
                Growth.UNBOUNDED,
                "Line %d adds rows and no statement deletes from it.".formatted(line(inserts.getFirst())));
    }

    private static Verdict unknownSql(Shaped unclear) {
        return new Verdict(
                Growth.UNKNOWN,
                "The SQL in line %d is not known: %s."
                        .formatted(line(unclear), unclear.statement().dynamic().orElse("")));
    }

    private Verdict removed(Removal removal, Shaped insert) {
        int line = line(removal.statement());
        return switch (removal.effect()) {
            case AGE -> new Verdict(Growth.EXPIRING, "Line %d deletes rows by their age.".formatted(line));
            case NEWEST -> new Verdict(Growth.BOUNDED, "Line %d keeps only the newest rows.".formatted(line));
            case REPLACED ->
                new Verdict(Growth.BOUNDED, "Line %d empties it before it is filled again.".formatted(line));
            case BY_ITSELF ->
                new Verdict(Growth.EXPIRING, "Line %d deletes rows, and the alarm or a timer runs it.".formatted(line));
            case AT_CLOSE ->
                new Verdict(Growth.BOUNDED, "Line %d deletes rows when a connection closes.".formatted(line));
            case MARKED ->
                new Verdict(
                        Growth.UNBOUNDED,
                        "Line %d adds rows and line %d deletes only rows that were marked before."
                                .formatted(line(insert), line));
            case BROKEN ->
                new Verdict(
                        Growth.UNBOUNDED,
                        "Line %d adds rows, and line %d would delete old ones but compares a time written as text with a number, which never holds."
                                .formatted(line(insert), line));
            case ON_REQUEST -> new Verdict(Growth.UNKNOWN, "");
        };
    }

    private List<Removal> removals(TableShape table, List<Shaped> inserts) {
        return statements.stream()
                .flatMap(each -> effect(table, each, inserts).map(it -> new Removal(it, each)).stream())
                .sorted(Comparator.comparing(Removal::effect))
                .toList();
    }

    private Optional<Effect> effect(TableShape table, Shaped each, List<Shaped> inserts) {
        String sql = each.statement().sql();
        if (each.shape().form() == SqlShape.Form.CREATE_TRIGGER) {
            boolean deletes = Pattern.compile(
                            "(?i)\\bDELETE\\s+FROM\\s+[\"`\\[]?" + Pattern.quote(table.name()) + "\\b")
                    .matcher(sql)
                    .find();
            return deletes ? Optional.of(Effect.NEWEST) : Optional.empty();
        }
        boolean drops = each.shape().form() == SqlShape.Form.DROP_TABLE;
        if (!each.isAbout(table.name()) || !drops && each.shape().kind() != SqlShape.Kind.DELETE) {
            return Optional.empty();
        }
        Set<Entry> reached = entries(each);
        if (drops && Set.of(Entry.START).equals(reached)) {
            return Optional.empty();
        }
        Matcher where = Pattern.compile("(?is)\\bwhere\\b(.*)$").matcher(sql);
        if (drops || !where.find()) {
            return Optional.of(emptied(each, inserts, reached));
        }
        return Optional.of(chosen(table, each, where.group(1), reached));
    }

    private Effect emptied(Shaped each, List<Shaped> inserts, Set<Entry> reached) {
        if (reached.contains(Entry.TIME)) {
            return Effect.BY_ITSELF;
        }
        Optional<String> member = Entries.member(each.run().call());
        boolean refilled = member.isPresent()
                && inserts.stream()
                        .allMatch(insert -> Entries.member(insert.run().call()).equals(member));
        if (refilled || reached.contains(Entry.START)) {
            return Effect.REPLACED;
        }
        return reached.contains(Entry.CLOSE) ? Effect.AT_CLOSE : Effect.ON_REQUEST;
    }

    private Effect chosen(TableShape table, Shaped each, String where, Set<Entry> reached) {
        if (NEWEST.matcher(where).find() && !isBatchByAge(table, where)) {
            return Effect.NEWEST;
        }
        Optional<TableShape.Column> compared = comparedTime(table, where);
        if (compared.isPresent()) {
            if (MARK.matcher(compared.get().name()).find()) {
                return Effect.MARKED;
            }
            if (!CLOCK.matcher(where + " " + times.spelledOut(each)).find() && looksFirst(table, each)) {
                return Effect.NEWEST;
            }
            return isBroken(compared.get(), each) ? Effect.BROKEN : Effect.AGE;
        }
        if (reached.contains(Entry.TIME)) {
            return Effect.BY_ITSELF;
        }
        return reached.contains(Entry.CLOSE) ? Effect.AT_CLOSE : Effect.ON_REQUEST;
    }

    /** Whether the LIMIT only says how many of the old rows one run deletes: what is chosen is chosen by its time. */
    private static boolean isBatchByAge(TableShape table, String where) {
        Matcher batch = BATCH.matcher(where);
        return batch.find() && comparedTime(table, batch.group(1)).isPresent();
    }

    /** Returns the column that sounds like a time and that {@code where} compares with something later. */
    private static Optional<TableShape.Column> comparedTime(TableShape table, String where) {
        String text = where.toLowerCase(Locale.ROOT);
        if (!text.contains("<") && !text.contains(">")) {
            return Optional.empty();
        }
        return table.columns().stream()
                .filter(column -> TimeValues.soundsLikeTime(column.name()))
                .filter(column -> {
                    String name = Pattern.quote(column.name().toLowerCase(Locale.ROOT));
                    return Pattern.compile("\\b" + name + "\\b[\"`\\])]*[^<>=]{0,40}<|>[^<>=]{0,60}\\b" + name + "\\b")
                            .matcher(text)
                            .find();
                })
                .findFirst();
    }

    /** A text is never less than a number, so what compares a time in text with one in a number deletes nothing. */
    private boolean isBroken(TableShape.Column column, Shaped delete) {
        Optional<Unit> unit = column.defaultText().flatMap(PresentTime::ofSql);
        boolean text =
                unit.filter(it -> it == Unit.SQLITE_TEXT || it == Unit.ISO_TEXT).isPresent();
        return text
                && delete.statement().arguments().size() == 1
                && delete.statement().arguments().getFirst().matches("(?s)Date\\.now\\(\\)[^.]*");
    }

    /** Whether the same member has looked for the rows that stay. */
    private boolean looksFirst(TableShape table, Shaped delete) {
        return queriesBeside(table, delete)
                .anyMatch(each -> each.statement().sql().matches("(?is).*\\b(limit|offset|count)\\b.*"));
    }

    /** Whether the same member has counted the rows, and adds none where there are enough. */
    private boolean isLimited(TableShape table, Shaped insert) {
        return queriesBeside(table, insert)
                .filter(each -> COUNTS_ALL.matcher(each.statement().sql()).matches())
                .anyMatch(count ->
                        CountGuard.stands(count.run().call(), insert.run().call()));
    }

    /** Returns the queries of {@code table} in the member that {@code other} stands in. */
    private Stream<Shaped> queriesBeside(TableShape table, Shaped other) {
        Optional<String> member = Entries.member(other.run().call());
        return member.isEmpty()
                ? Stream.empty()
                : statements.stream()
                        .filter(each -> each.shape().kind() == SqlShape.Kind.SELECT)
                        .filter(each ->
                                each.shape().names().contains(table.name().toLowerCase(Locale.ROOT)))
                        .filter(each -> Entries.member(each.run().call()).equals(member));
    }

    private Set<Entry> entries(Shaped each) {
        return entries.of(each.run().unit(), each.run().call());
    }

    private Optional<Shaped> unclear() {
        return statements.stream()
                .filter(each -> each.statement().dynamic().isPresent())
                .filter(each -> each.shape().target().isEmpty() && each.shape().kind() != SqlShape.Kind.SELECT
                        || each.shape().kind() == SqlShape.Kind.DELETE)
                .findFirst();
    }

    private boolean holdsOneRow(TableShape table, List<Shaped> inserts) {
        boolean checked = about(table.name())
                .map(Shaped::statement)
                .map(SqlStatement::sql)
                .anyMatch(sql -> sql.matches(
                                "(?is)\\s*CREATE\\s+TABLE.*\\bCHECK\\s*\\(\\s*\\W?\\w+\\W?\\s*=\\s*['\"]?\\w+['\"]?\\s*\\).*")
                        && table.columns().stream()
                                .filter(column -> column.keyPart() > 0)
                                .anyMatch(key -> sql.matches("(?is).*CHECK\\s*\\(\\s*\\W?" + Pattern.quote(key.name())
                                        + "\\W?\\s*=\\s*.*")));
        // A second row with the same key replaces the first or is refused.
        return checked || inserts.stream().allMatch(insert -> hasSameKey(table, insert));
    }

    /** Whether a row that is written replaces one of the same key, and every query takes any row: there is only one. */
    private boolean isReadAsOneRow(TableShape table, List<Shaped> inserts) {
        List<Shaped> queries = statements.stream()
                .filter(each -> each.shape().kind() == SqlShape.Kind.SELECT)
                .filter(each -> each.shape().names().contains(table.name().toLowerCase(Locale.ROOT)))
                .toList();
        return !queries.isEmpty()
                && inserts.stream().allMatch(insert -> isKeyed(table, insert))
                && queries.stream()
                        .allMatch(
                                each -> ANY_ROW.matcher(each.statement().sql()).matches());
    }

    private boolean hasSameKey(TableShape table, Shaped insert) {
        List<TableShape.Column> keys =
                table.columns().stream().filter(column -> column.keyPart() > 0).toList();
        return !keys.isEmpty()
                && keys.stream().allMatch(key -> times.valueOf(insert, table, key)
                        .filter(value -> SAME_KEY.matcher(value.strip()).matches())
                        .isPresent());
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

    private Stream<Shaped> about(String table) {
        return statements.stream().filter(each -> each.isAbout(table));
    }

    private static int line(Shaped each) {
        return each.statement().line();
    }
}
