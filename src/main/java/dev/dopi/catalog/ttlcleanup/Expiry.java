package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Series;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Growth;
import dev.dopi.model.Worker;
import dev.dopi.project.Project;
import dev.dopi.sql.SqlShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a class's tables and keys say about what should go once it is old.
 *
 * @param growing tables whose rows only add up and are events by their name or by what is done with them
 * @param series keys that only add up and are events by their form
 * @param expiring names of tables and keys that are deleted by their age already, with how that is known
 * @param records what only adds up but looks like things that users keep, with the reason
 * @param lapsing tables whose rows hold in a column until when they are good, and are not deleted by it
 */
record Expiry(
        Worker worker,
        DurableObjectClass type,
        List<Growing> growing,
        List<GrowingKeys> series,
        List<Kept> expiring,
        List<Kept> records,
        List<Lapsing> lapsing) {

    /** Names that logs, histories and other events go by, and not what is said of them as a whole. */
    private static final Pattern LOG = Pattern.compile(
            "^(?!.*_(meta|metadata|settings|config|preferences)$).*?"
                    + "(^|_)(logs?|events?|messages?|msgs?|clicks?|visits?|views?|pageviews?|hits?|requests?|history|histories|activity"
                    + "|activities|audits?|entries|metrics?|samples?|readings?|measurements?|notifications?|chats?"
                    + "|traces?|errors?|attempts?|pings?|sessions?|versions_log|deliveries|analytics|telemetry|spans?"
                    + "|transcripts?|impressions?|heartbeats?|invocations?)($|_)",
            Pattern.CASE_INSENSITIVE);

    /** Names of what a program keeps about its own schema: without these rows it would set things up again. */
    private static final Pattern BOOKKEEPING = Pattern.compile(
            "(^|_)(migrations?|schema|schemas|schema_versions?)($|_)|^_|migrations?$", Pattern.CASE_INSENSITIVE);

    /** Names of what waits to be done. */
    private static final Pattern WAITING = Pattern.compile(
            "(^|_)(queues?|jobs?|tasks?|outbox|inbox|pending|scheduled?|schedules?|reminders?|todos?)($|_)",
            Pattern.CASE_INSENSITIVE);

    /** Columns of rows that others are worked out from: a stream of changes, or a chain of hashes. */
    private static final Pattern SOURCE = Pattern.compile(
            "^(aggregate_?(id|type|version)|stream_?(id|version)|prev(ious)?_?hash|parent_?hash|event_?version)$",
            Pattern.CASE_INSENSITIVE);

    /** Names of the time from which on a row is good for nothing. */
    private static final Pattern EXPIRES = Pattern.compile(
            "^(expires?|expiry|expiration|valid_until)(_?(at|on|time|date|ts|ms))?$|^(expires|expiry|expiration)(At|On|Time|Date|Ms)$|^validUntil$",
            Pattern.CASE_INSENSITIVE);

    /** Names of times that are still to come when a row is added. */
    private static final Pattern DUE = Pattern.compile(
            "(^|_)(remind|due|run|send|fire|deliver|publish|start|starts|begin|begins|end|ends|execute|schedule|scheduled"
                    + "|deadline|trigger|retry|expire|expires|valid|renew|renews|release|unlock)_?(at|on|time|date|until|for)$"
                    + "|^(next_|due|deadline|expir|valid_until)\\w*$|^(remind|run|send|fire|due|publish|start|end|scheduled?|deliver|retry)(At|On|Time)$");

    /**
     * A table that grows for ever, with the statements that add to it.
     *
     * @param byHand whether rows are deleted, but only when somebody asks for it
     */
    record Growing(Table table, List<SqlStatement> inserts, boolean byHand) {}

    /** A table whose rows stay for ever though each says in {@code column} until when it is good. */
    record Lapsing(Table table, String column, List<SqlStatement> inserts, AfterExpiry after) {

        /** The table as the clean-up sees it, where its rows may go once their time has passed. */
        Optional<ExpiringTable> expiring() {
            return after instanceof AfterExpiry.Dead dead
                    ? Optional.of(ExpiringTable.of(this, dead))
                    : Optional.empty();
        }
    }

    /** Keys that grow for ever. */
    record GrowingKeys(Series series, boolean certain) {}

    /** Something that dopi does not propose to clean up, and why, as a clause. */
    record Kept(String name, String why) {}

    /** Returns the tables whose rows dopi can delete, each with what tells that they are too old. */
    Stream<ExpiringTable> expirable(boolean byTimestamp) {
        return Stream.concat(
                growing.stream().map(each -> ExpiringTable.of(each, byTimestamp)),
                lapsing.stream().flatMap(each -> each.expiring().stream()));
    }

    static Expiry of(Project project, Worker worker, DurableObjectClass type) {
        var growing = new ArrayList<Growing>();
        var keys = new ArrayList<GrowingKeys>();
        var expiring = new ArrayList<Kept>();
        var records = new ArrayList<Kept>();
        var lapsing = new ArrayList<Lapsing>();
        for (Table table : type.tables()) {
            if (table.growth() == Growth.EXPIRING) {
                expiring.add(new Kept(table.name(), table.growthReason()));
                continue;
            }
            Optional<Lapsing> lapses = lapsing(project, type, table);
            if (lapses.isPresent()) {
                lapsing.add(lapses.get());
            } else {
                sorted(type, table, growing, records);
            }
        }
        for (Series series : type.series()) {
            if (series.growth() == Growth.EXPIRING && !series.single()) {
                expiring.add(new Kept("kv:" + series.key(), series.growthReason()));
            } else if (series.growth() == Growth.UNBOUNDED) {
                KeysWorth.of(series, type.series())
                        .ifPresentOrElse(
                                certain -> keys.add(new GrowingKeys(series, certain)),
                                () -> records.add(
                                        new Kept(
                                                "kv:" + series.key(),
                                                "its form does not say that its keys are events, so they may be records to keep")));
            } else if (isLogDeletedByHand(series, type.series())) {
                keys.add(new GrowingKeys(series, false));
            }
        }
        if (growing.isEmpty() && keys.isEmpty()) {
            // One key that the alarm deletes is no clean-up of the rest.
            type.series().stream()
                    .filter(series -> series.single() && series.growth() == Growth.EXPIRING)
                    .forEach(series -> expiring.add(new Kept("kv:" + series.key(), series.growthReason())));
        }
        return new Expiry(
                worker,
                type,
                List.copyOf(growing),
                List.copyOf(keys),
                List.copyOf(expiring),
                List.copyOf(records),
                List.copyOf(lapsing));
    }

    /**
     * A table that nothing deletes from, or of which queries pass over the rows whose time is up. Where rows go by hand
     * and all are read, somebody may want the others.
     */
    private static Optional<Lapsing> lapsing(Project project, DurableObjectClass type, Table table) {
        List<SqlStatement> inserts = about(type, table, SqlShape.Kind.INSERT);
        Optional<String> column = column(table, EXPIRES);
        if (column.isEmpty()
                || table.growth() == Growth.BOUNDED
                || inserts.isEmpty()
                || BOOKKEEPING.matcher(table.name()).find()
                || WAITING.matcher(snakeCase(table.name())).find()) {
            return Optional.empty();
        }
        AfterExpiry after = AfterExpiry.of(project, type, table, column.get());
        boolean onlyAdded = table.growth() == Growth.UNBOUNDED
                && about(type, table, SqlShape.Kind.DELETE).isEmpty();
        boolean deletedByHand =
                table.growth() == Growth.UNKNOWN && type.doubts().isEmpty() && isClear(type);
        boolean stays = onlyAdded
                || after instanceof AfterExpiry.Dead
                || deletedByHand && RowUse.of(type, table).passesOver(column.get());
        return stays ? Optional.of(new Lapsing(table, column.get(), inserts, after)) : Optional.empty();
    }

    /** Whether its keys are times of events, and some are deleted, but only when somebody asks for it. */
    private static boolean isLogDeletedByHand(Series series, List<Series> all) {
        return series.growth() == Growth.UNKNOWN
                && !series.single()
                && !series.deletes().isEmpty()
                && KeysWorth.of(series, all).orElse(false);
    }

    private static void sorted(DurableObjectClass type, Table table, List<Growing> growing, List<Kept> records) {
        RowUse use = RowUse.of(type, table);
        boolean logLike = LOG.matcher(snakeCase(table.name())).find();
        List<SqlStatement> inserts = about(type, table, SqlShape.Kind.INSERT);
        boolean unknownLog = table.growth() == Growth.UNKNOWN
                && logLike
                && !inserts.isEmpty()
                && type.doubts().isEmpty()
                && isClear(type);
        boolean deletes = !about(type, table, SqlShape.Kind.DELETE).isEmpty();
        if (table.growth() != Growth.UNBOUNDED && (!unknownLog || use.isCounters())) {
            return;
        }
        boolean keyed = unknownLog && !deletes;
        String why = whyKept(
                use, logLike || table.growth() == Growth.UNBOUNDED && use.isEventLog(), keyed, unknownLog && deletes);
        if (why.isEmpty()) {
            growing.add(new Growing(table, inserts, unknownLog && deletes));
        } else {
            records.add(new Kept(table.name(), why));
        }
    }

    /** Whether nothing unclear may delete: statements that are not known only read or add. */
    private static boolean isClear(DurableObjectClass type) {
        return type.statements().stream()
                .filter(statement -> statement.dynamic().isPresent())
                .allMatch(statement ->
                        statement.kind() == SqlStatement.Kind.SELECT || statement.kind() == SqlStatement.Kind.INSERT);
    }

    static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
    }

    static boolean isLog(String name) {
        return LOG.matcher(snakeCase(name)).find();
    }

    /** Returns why rows of {@code table} look like something to keep, or nothing where they do not. */
    private static String whyKept(RowUse use, boolean events, boolean keyed, boolean byHand) {
        DurableObjectClass type = use.type();
        Table table = use.table();
        if (BOOKKEEPING.matcher(table.name()).find()) {
            return "its name says that its rows tell how far the schema is set up";
        }
        if (WAITING.matcher(snakeCase(table.name())).find()) {
            return "its name says that its rows wait to be done";
        }
        Optional<String> source = column(table, SOURCE);
        if (source.isPresent()) {
            return "its column %s says that later rows build on earlier ones, so deleting old ones would break it"
                    .formatted(source.get());
        }
        Optional<String> due = column(table, DUE);
        if (due.isPresent()) {
            return "its column %s looks like a time to come, so a row may be old and still be needed"
                    .formatted(due.get());
        }
        Optional<SqlStatement> replay = use.replay();
        if (replay.isPresent()) {
            return "line %d reads all its rows again in the order of their numbers, so what they tell together is worked out from the first ones, too"
                    .formatted(replay.get().line());
        }
        List<SqlStatement> updates = about(type, table, SqlShape.Kind.UPDATE);
        if (!updates.isEmpty() && !keyed) {
            return "line %d changes its rows, so they look like records rather than events"
                    .formatted(updates.getFirst().line());
        }
        if (byHand && table.timestamp().isEmpty() && !onlyEmptied(type, table)) {
            return "rows are deleted by hand, and no column tells their age";
        }
        // Deleting is final: a table whose name says nothing may hold what nobody may lose.
        return events ? "" : "its name does not say that its rows are events, so they may be records to keep";
    }

    /** Whether the rows only ever go all at once, so that none of them is kept for what it is. */
    private static boolean onlyEmptied(DurableObjectClass type, Table table) {
        return about(type, table, SqlShape.Kind.DELETE).stream()
                .noneMatch(delete -> delete.sql().toLowerCase(Locale.ROOT).contains("where"));
    }

    private static Optional<String> column(Table table, Pattern names) {
        return table.columns().stream()
                .map(Table.Column::name)
                .filter(name -> names.matcher(name).find())
                .findFirst();
    }

    static List<SqlStatement> about(DurableObjectClass type, Table table, SqlShape.Kind kind) {
        return type.statements().stream()
                .filter(statement -> {
                    SqlShape shape = SqlShape.of(statement.sql());
                    return shape.kind() == kind
                            && shape.target()
                                    .filter(name -> name.equalsIgnoreCase(table.name()))
                                    .isPresent();
                })
                .toList();
    }
}
