package dev.dopi.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An undo that is being worked out: what the project would be had some entries never been applied.
 *
 * <p>An entry that changed a file later than one that is dropped has its change made again on what is left
 * ({@link Rebase}), and its record is rewritten accordingly. So the entries that stand always form a chain from the
 * user's own bytes to what is on disk, and undoing all of them, in whatever order, ends at the user's own bytes.
 */
final class UndoPlan {

    private final Journal journal;
    private final Set<String> dropped;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Entry> rewritten = new LinkedHashMap<>();
    private final Map<Stored, Content> contents = new LinkedHashMap<>();
    private final List<Operation.Step> steps = new ArrayList<>();

    private UndoPlan(Journal journal, List<Entry> applied, Set<String> dropped) {
        this.journal = journal;
        this.dropped = dropped;
        applied.forEach(each -> entries.put(each.id(), each));
    }

    /**
     * Works out how to drop the entries {@code dropped} from {@code applied}, which are in the order of applying.
     *
     * @throws ProjectException when a file is not as dopi left it, or a later entry builds on a dropped one
     */
    static UndoPlan of(Journal journal, List<Entry> applied, Set<String> dropped) throws ProjectException {
        var plan = new UndoPlan(journal, applied, new HashSet<>(dropped));
        var files = new LinkedHashSet<String>();
        for (Entry each : applied) {
            if (dropped.contains(each.id())) {
                each.files().forEach(changed -> files.add(changed.file()));
            }
        }
        try {
            for (String each : files) {
                plan.shorten(each);
            }
        } catch (IOException e) {
            throw Refusal.because("The journal cannot be read (%s); nothing was undone.".formatted(Refusal.reason(e)));
        }
        return plan;
    }

    /** Contents that no entry had before. */
    Map<Stored, Content> contents() {
        return contents;
    }

    Operation operation() {
        var before = new ArrayList<Entry>();
        var after = new ArrayList<Entry>();
        var folders = new LinkedHashSet<String>();
        for (Entry each : entries.values()) {
            if (dropped.contains(each.id())) {
                before.add(each);
                after.add(each.in(Entry.State.UNDONE));
                folders.addAll(each.folders());
            } else if (rewritten.containsKey(each.id())) {
                before.add(each);
                after.add(rewritten.getOrDefault(each.id(), each));
            }
        }
        return new Operation(
                Operation.FORMAT,
                Disk.random() + Disk.random(),
                Interrupted.Kind.UNDO,
                steps,
                folders.stream().sorted().toList(),
                before,
                after);
    }

    /** What one entry did to the file. */
    private record Link(Entry entry, Entry.Changed change) {}

    private void shorten(String file) throws ProjectException, IOException {
        List<Link> chain = chain(file);
        Entry.Changed top = chain.getLast().change();
        Entry.Changed earlier = chain.getFirst().change();
        Stored now = chain.getFirst().entry().before(earlier);
        String goneBy = chain.getFirst().entry().pattern();
        for (int i = 0; i < chain.size(); i++) {
            Link link = chain.get(i);
            if (i > 0 && !link.change().before().equals(earlier.after())) {
                throw Refusal.because(
                        "%s was changed by hand between %s and %s; nothing was undone. Undo %s alone first."
                                .formatted(
                                        file,
                                        goneBy,
                                        link.entry().pattern(),
                                        link.entry().pattern()));
            }
            if (!dropped.contains(link.entry().id())) {
                now = keep(link, now, goneBy);
            }
            earlier = link.change();
        }
        step(file, chain.getLast().entry().after(top), now);
    }

    /** Returns the links that matter: the first one that is dropped, and all after it. */
    private List<Link> chain(String file) {
        var chain = new ArrayList<Link>();
        for (Entry entry : entries.values()) {
            for (Entry.Changed change : entry.files()) {
                if (change.file().equals(file) && (!chain.isEmpty() || dropped.contains(entry.id()))) {
                    chain.add(new Link(entry, change));
                }
            }
        }
        return chain;
    }

    /** Makes the change of {@code link}, which stays, on {@code now}; returns what comes of it. */
    private Stored keep(Link link, Stored now, String gone) throws ProjectException, IOException {
        Entry entry = link.entry();
        Entry.Changed change = link.change();
        Content onto = content(now);
        Optional<Content> after =
                Rebase.onto(onto, journal.content(entry.before(change)), journal.content(entry.after(change)));
        if (after.isEmpty()) {
            throw Refusal.because("%s changed %s in the same place as %s after it; nothing was undone. Undo %s first."
                    .formatted(entry.pattern(), change.path(), gone, entry.pattern()));
        }
        var changed = new Entry.Changed(
                change.path(), change.file(), onto.hash(), after.get().hash());
        Entry latest = rewritten.getOrDefault(entry.id(), entry);
        rewritten.put(
                entry.id(),
                latest.with(latest.files().stream()
                        .map(each -> each.file().equals(changed.file()) ? changed : each)
                        .toList()));
        contents.put(entry.before(changed), onto);
        contents.put(entry.after(changed), after.get());
        return entry.after(changed);
    }

    Content content(Stored stored) throws IOException {
        Content fresh = contents.get(stored);
        return fresh == null ? journal.content(stored) : fresh;
    }

    private void step(String file, Stored written, Stored wanted) throws ProjectException {
        Target target = Target.of(journal.root(), file);
        String onDisk = target.read().hash();
        // Who took the change back by other means, with git for one, has what is wanted already.
        if (onDisk.equals(wanted.hash())) {
            return;
        }
        if (!onDisk.equals(written.hash())
                || !Target.relative(journal.root(), target.file()).equals(file)) {
            throw Refusal.because(
                    "%s changed since dopi wrote it; nothing was undone. Take that change back first, or keep the pattern."
                            .formatted(file));
        }
        target.requireWritable();
        steps.add(new Operation.Step(file, written, wanted, target.mode()));
    }
}
