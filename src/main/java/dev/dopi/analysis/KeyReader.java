package dev.dopi.analysis;

import dev.dopi.analysis.Entries.Entry;
import dev.dopi.analysis.StorageCode.Unit;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.model.Series;
import dev.dopi.model.Table.Growth;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what a class keeps in its key-value store, and whether the keys of one form only ever add up. */
final class KeyReader {

    private static final Pattern BY_AGE = Pattern.compile(
            "(?is)(date\\.now|\\bnow\\b|expir|ttl|cutoff|\\bage\\b|older|timestamp).*[<>]|[<>].*(date\\.now|\\bnow\\b|expir|ttl|cutoff)");

    private final StorageCode code;
    private final Entries entries;
    private final Resolver resolver;
    private final boolean seesAll;
    private final Map<String, List<Use>> puts = new LinkedHashMap<>();
    private final List<Use> deletes = new ArrayList<>();
    private final Optional<GrowthReader.Verdict> cleared;

    /** A call that writes or deletes keys of one form. */
    private record Use(KeyForm form, Unit unit, SyntaxNode call) {

        int line() {
            return call.line();
        }
    }

    /**
     * @param seesAll whether all code that works on the storage is read
     */
    KeyReader(StorageCode code, Entries entries, Resolver resolver, boolean seesAll) {
        this.code = code;
        this.entries = entries;
        this.resolver = resolver;
        this.seesAll = seesAll;
        this.cleared = new Clearing(code, entries).verdict();
    }

    List<Series> read() {
        for (Unit unit : code.units()) {
            unit.code()
                    .calls()
                    .filter(call -> Expressions.object(call)
                            .filter(object -> unit.code().means(object, Role.STORAGE, Role.KV))
                            .isPresent())
                    .forEach(call -> read(unit, call));
        }
        return puts.values().stream().map(this::series).toList();
    }

    private void read(Unit unit, SyntaxNode call) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        switch (Expressions.calledProperty(call).orElse("")) {
            case "put" -> arguments.stream().findFirst().ifPresent(key -> put(unit, call, key));
            case "delete" ->
                arguments.stream().findFirst().ifPresent(key -> forms(unit, key)
                        .forEach(form -> deletes.add(new Use(form, unit, call))));
            default -> {}
        }
    }

    private List<KeyForm> forms(Unit unit, SyntaxNode key) {
        return KeyForm.of(key, unit.code().module(), resolver);
    }

    private void put(Unit unit, SyntaxNode call, SyntaxNode key) {
        SyntaxNode node = Expressions.bare(key);
        if (!node.is("object")) {
            forms(unit, key).forEach(form -> keep(form, unit, call));
            return;
        }
        for (SyntaxNode pair : node.children()) {
            Optional<SyntaxNode> name = pair.is("pair") ? pair.field("key") : Optional.of(pair);
            name.ifPresent(it -> {
                if (it.is("computed_property_name")) {
                    it.children().forEach(inside -> forms(unit, inside).forEach(form -> keep(form, unit, call)));
                } else if (!it.is("spread_element")) {
                    keep(new KeyForm(it.text().replaceAll("^[\"']|[\"']$", ""), Optional.empty(), ""), unit, call);
                }
            });
        }
    }

    private void keep(KeyForm form, Unit unit, SyntaxNode call) {
        String group = form.single() ? "=" + form.text() : form.prefix();
        puts.computeIfAbsent(group, _ -> new ArrayList<>()).add(new Use(form, unit, call));
    }

    private Series series(List<Use> written) {
        KeyForm form = written.getFirst().form();
        List<Use> removed = deletes.stream()
                .filter(use -> use.form().covers(form) || form.covers(use.form()))
                .filter(use -> isListed(use, form))
                .filter(use -> !form.single() || !use.form().unknown())
                .toList();
        Growth growth;
        String reason;
        Optional<GrowthReader.Verdict> removal = removal(written, removed);
        if (form.single()) {
            growth =
                    removal.filter(it -> it.growth() == Growth.EXPIRING).isPresent() ? Growth.EXPIRING : Growth.BOUNDED;
            reason = growth == Growth.EXPIRING ? removal.orElseThrow().reason() : "It is one key.";
        } else if (removal.isPresent()) {
            growth = removal.get().growth();
            reason = removal.get().reason();
        } else {
            GrowthReader.Verdict verdict = kept(form, written);
            growth = verdict.growth();
            reason = verdict.reason();
        }
        return new Series(form.text(), form.single(), places(written), places(removed), growth, reason);
    }

    private static List<Place> places(List<Use> uses) {
        return uses.stream()
                .filter(use -> use.unit().own())
                .map(use -> ClassBody.place(use.call()))
                .toList();
    }

    /** A key that comes from a list with a prefix is one of that prefix. */
    private static boolean isListed(Use use, KeyForm form) {
        if (!use.form().prefix().isEmpty() || use.form().single()) {
            return true;
        }
        Optional<SyntaxNode> member = use.call().enclosing("method_definition", "function_declaration");
        var prefix = Pattern.compile("prefix:\\s*[\"'`]([^\"'`$]*)")
                .matcher(member.map(SyntaxNode::text).orElse(""));
        return !prefix.find()
                || form.prefix().startsWith(prefix.group(1))
                || prefix.group(1).startsWith(form.prefix());
    }

    /** Whether it deletes whatever it is given, and nothing says that it is given the keys that are written. */
    private static boolean isForeign(Use use, List<Use> written) {
        return use.form().unknown()
                && written.stream().noneMatch(put -> put.form().unknown())
                && use.call().ancestors().filter(Expressions::isFunction).noneMatch(function -> function.text()
                        .contains(".list("));
    }

    private Optional<GrowthReader.Verdict> removal(List<Use> written, List<Use> removed) {
        if (cleared.isPresent()) {
            return cleared;
        }
        Optional<GrowthReader.Verdict> found = Optional.empty();
        for (Use use : removed) {
            if (isForeign(use, written)) {
                continue;
            }
            Set<Entry> from = entries.of(use.unit(), use.call());
            if (from.contains(Entry.TIME)) {
                return verdict(Growth.EXPIRING, "Line %d deletes keys, and the alarm or a timer runs it.", use);
            }
            if (from.contains(Entry.CLOSE)) {
                found = verdict(Growth.BOUNDED, "Line %d deletes keys when a connection closes.", use);
            } else if (isByAge(use)) {
                found = found.or(() -> verdict(Growth.EXPIRING, "Line %d deletes keys by their age.", use));
            } else if (isBesideWrite(use, written)) {
                found = found.or(() -> verdict(Growth.BOUNDED, "Line %d deletes others when one is written.", use));
            }
        }
        return found.or(() -> removed.isEmpty()
                ? Optional.empty()
                : verdict(
                        Growth.UNKNOWN,
                        "Line %d deletes keys when it is asked to; whether that is as many as are written is not known.",
                        removed.getFirst()));
    }

    private static Optional<GrowthReader.Verdict> verdict(Growth growth, String reason, Use use) {
        return Optional.of(new GrowthReader.Verdict(growth, reason.formatted(use.line())));
    }

    /** Whether a condition around the deletion compares a time. */
    private static boolean isByAge(Use use) {
        return use.call()
                .ancestors()
                .takeWhile(up -> !up.is("method_definition", "class_body", "function_declaration"))
                .filter(up -> up.is("if_statement", "for_in_statement", "call_expression"))
                // Of a call only what is called tells which keys it is about, as in entries.filter(isOld).forEach(…).
                .map(up -> up.field("condition")
                        .or(() -> up.field("right"))
                        .or(() -> up.field("function"))
                        .orElse(up))
                .anyMatch(test -> BY_AGE.matcher(test.text()).find());
    }

    private static boolean isBesideWrite(Use use, List<Use> written) {
        Optional<String> member = Entries.member(use.call());
        boolean lists = use.call()
                .enclosing("method_definition")
                .filter(method ->
                        method.text().contains(".list(") || method.text().contains(".shift("))
                .isPresent();
        return member.isPresent()
                && lists
                && written.stream().anyMatch(put -> Entries.member(put.call()).equals(member));
    }

    private GrowthReader.Verdict kept(KeyForm form, List<Use> written) {
        int line = written.getFirst().line();
        if (!seesAll) {
            return new GrowthReader.Verdict(Growth.UNKNOWN, "Its storage is passed on to code that is not followed.");
        }
        String varying = form.varying().orElse("");
        return switch (form.varies()) {
            case NOT -> new GrowthReader.Verdict(Growth.BOUNDED, "It is one key.");
            case TIME ->
                new GrowthReader.Verdict(
                        Growth.UNBOUNDED,
                        "Line %d writes another key each time and nothing deletes old ones.".formatted(line));
            case FRESH ->
                new GrowthReader.Verdict(
                        Growth.UNBOUNDED,
                        "Line %d writes a key for each new %s and nothing deletes any.".formatted(line, varying));
            case NAME ->
                new GrowthReader.Verdict(
                        Growth.UNBOUNDED,
                        "Line %d writes one key for each %s and nothing deletes any.".formatted(line, varying));
            case OWN ->
                new GrowthReader.Verdict(
                        Growth.UNKNOWN,
                        "Line %d writes one key for each %s, which the object holds itself; how often that changes is not known."
                                .formatted(line, varying));
            case FEW ->
                new GrowthReader.Verdict(
                        Growth.UNKNOWN,
                        "Line %d writes one key for each %s; how many there are is not known."
                                .formatted(line, varying));
        };
    }
}
