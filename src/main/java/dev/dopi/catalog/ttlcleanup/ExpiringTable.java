package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Timestamp.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table whose rows shall expire, with every name that the code for it uses.
 *
 * @param column what tells a row's age: its own time, or {@code expires_at}
 * @param unit how {@code column} counts; empty for {@code expires_at}, which counts milliseconds
 */
record ExpiringTable(Table table, List<SqlStatement> inserts, String column, Optional<Unit> unit) {

    static ExpiringTable of(Expiry.Growing growing, boolean byTimestamp) {
        Table table = growing.table();
        return byTimestamp && table.timestamp().isPresent()
                ? new ExpiringTable(
                        table,
                        growing.inserts(),
                        table.timestamp().get().column(),
                        Optional.of(table.timestamp().get().unit()))
                : new ExpiringTable(table, growing.inserts(), "expires_at", Optional.empty());
    }

    String name() {
        return table.name();
    }

    boolean ownColumn() {
        return unit.isEmpty();
    }

    /** {@code link_clicks} and {@code linkClicks} as {@code LINK_CLICKS}. */
    String constant() {
        return String.join("_", words()).toUpperCase(Locale.ROOT);
    }

    /** {@code link_clicks} and {@code linkClicks} as {@code LinkClicks}. */
    String pascal() {
        return words().stream()
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private List<String> words() {
        return Arrays.stream(name().split("(?<=[a-z0-9])(?=[A-Z])|_"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns the expression whose value rows that have expired do not exceed. */
    String cutoff() {
        String ttl = constant() + "_TTL_MS";
        return switch (unit.orElse(Unit.MILLISECONDS)) {
            case MILLISECONDS -> ownColumn() ? "Date.now()" : "Date.now() - " + ttl;
            case SECONDS -> "Math.floor((Date.now() - %s) / 1000)".formatted(ttl);
            case ISO_TEXT -> "new Date(Date.now() - %s).toISOString()".formatted(ttl);
            case SQLITE_TEXT ->
                "new Date(Date.now() - %s).toISOString().slice(0, 19).replace(\"T\", \" \")".formatted(ttl);
        };
    }

    /** Returns the expression that turns {@code oldest} into milliseconds. */
    String oldestInMilliseconds() {
        return switch (unit.orElse(Unit.MILLISECONDS)) {
            case MILLISECONDS -> "oldest";
            case SECONDS -> "oldest * 1000";
            case ISO_TEXT -> "Date.parse(oldest)";
            case SQLITE_TEXT -> "Date.parse(`${oldest.replace(\" \", \"T\")}Z`)";
        };
    }

    String oldestType() {
        return switch (unit.orElse(Unit.MILLISECONDS)) {
            case MILLISECONDS, SECONDS -> "number";
            case ISO_TEXT, SQLITE_TEXT -> "string";
        };
    }
}
