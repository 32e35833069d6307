package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Growth;
import dev.dopi.model.Worker;
import dev.dopi.sql.SqlShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a class's tables say about rows that should go once they are old.
 *
 * @param growing tables whose rows only add up and are events by their name
 * @param expiring tables from which rows are deleted by their age already
 * @param records tables whose rows only add up but look like things that users keep, with the reason
 */
record Expiry(Worker worker, DurableObjectClass type, List<Growing> growing, List<Table> expiring, List<Kept> records) {

    /** Names that logs, queues and histories go by. */
    private static final Pattern LOG = Pattern.compile(
            "(^|_)(logs?|events?|messages?|msgs?|clicks?|visits?|views?|hits?|requests?|history|histories|activity"
                    + "|activities|audits?|entries|metrics?|samples?|readings?|measurements?|notifications?|chats?"
                    + "|traces?|errors?|attempts?|pings?|sessions?|versions?_log|changes|deliveries|analytics)($|_)",
            Pattern.CASE_INSENSITIVE);

    /** Names of what a program keeps about its own schema: without these rows it would set things up again. */
    private static final Pattern BOOKKEEPING = Pattern.compile(
            "(^|_)(migrations?|schema|schemas|schema_versions?)($|_)|^_|migrations?$", Pattern.CASE_INSENSITIVE);

    /** Names of times that are still to come when a row is added. */
    private static final Pattern DUE = Pattern.compile(
            "(^|_)(remind|due|run|send|fire|deliver|publish|start|starts|begin|begins|end|ends|execute|schedule|scheduled"
                    + "|deadline|trigger|retry|expire|expires|valid|renew|renews|release|unlock)_?(at|on|time|date|until|for)$"
                    + "|^(next_|due|deadline|expir|valid_until)\\w*$|^(remind|run|send|fire|due|publish|start|end|scheduled?|deliver|retry)(At|On|Time)$");

    /** A table that grows for ever, with the statements that add to it. */
    record Growing(Table table, List<SqlStatement> inserts) {}

    /** A table that dopi does not propose to clean up, and why, as a clause. */
    record Kept(Table table, String why) {}

    static Expiry of(Worker worker, DurableObjectClass type) {
        var growing = new ArrayList<Growing>();
        var expiring = new ArrayList<Table>();
        var records = new ArrayList<Kept>();
        for (Table table : type.tables()) {
            boolean logLike = LOG.matcher(snakeCase(table.name())).find();
            List<SqlStatement> inserts = about(type, table, SqlShape.Kind.INSERT);
            boolean keyedLog = table.growth() == Growth.UNKNOWN && logLike && onlyKeyedInserts(type, table, inserts);
            if (table.growth() == Growth.EXPIRING) {
                expiring.add(table);
            } else if (table.growth() == Growth.UNBOUNDED || keyedLog) {
                String why = whyKept(type, table, logLike, keyedLog);
                if (why.isEmpty()) {
                    growing.add(new Growing(table, inserts));
                } else {
                    records.add(new Kept(table, why));
                }
            }
        }
        return new Expiry(worker, type, List.copyOf(growing), List.copyOf(expiring), List.copyOf(records));
    }

    /** Whether all that is known of the table is that it gets a row for each new key: nothing unclear may delete from it. */
    private static boolean onlyKeyedInserts(DurableObjectClass type, Table table, List<SqlStatement> inserts) {
        boolean clear = type.statements().stream()
                .filter(statement -> statement.dynamic().isPresent())
                .allMatch(statement ->
                        statement.kind() == SqlStatement.Kind.SELECT || statement.kind() == SqlStatement.Kind.INSERT);
        return clear
                && !inserts.isEmpty()
                && about(type, table, SqlShape.Kind.DELETE).isEmpty()
                && type.doubts().isEmpty();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
    }

    /** Returns why rows of {@code table} look like something to keep, or nothing where they do not. */
    private static String whyKept(DurableObjectClass type, Table table, boolean logLike, boolean keyedLog) {
        if (BOOKKEEPING.matcher(table.name()).find()) {
            return "its name says that its rows tell how far the schema is set up";
        }
        Optional<String> due = table.columns().stream()
                .map(Table.Column::name)
                .filter(name -> DUE.matcher(name).find())
                .findFirst();
        if (due.isPresent()) {
            return "its column %s looks like a time to come, so a row may be old and still be needed"
                    .formatted(due.get());
        }
        List<SqlStatement> updates = about(type, table, SqlShape.Kind.UPDATE);
        if (!updates.isEmpty() && !keyedLog) {
            return "line %d changes its rows, so they look like records rather than events"
                    .formatted(updates.getFirst().line());
        }
        // Deleting is final: a table whose name says nothing may hold what nobody may lose.
        return logLike ? "" : "its name does not say that its rows are events, so they may be records to keep";
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
