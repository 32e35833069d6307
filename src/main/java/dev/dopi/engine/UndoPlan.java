package dev.dopi.engine;

import dev.dopi.edit.FileChange;
import dev.dopi.edit.ReadmeSection;
import dev.dopi.project.Project;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An undo that is being worked out: what the project would be had some entries never been applied.
 *
 * <p>An entry that came later than one that is dropped is made again on what is left, and its record is rewritten
 * accordingly: planned again ({@link Remake}) where its plan can be had again, which also gives it what it had found
 * ready-made by the one that goes; else by moving its change as text ({@link Rebase}). So the entries that stand always form a chain from the
 * user's own bytes to what is on disk, and undoing all of them, in whatever order, ends at the user's own bytes.
 */
final class UndoPlan {

    private final Journal journal;
    private final Remake remake;
    private final Set<String> dropped;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Entry> rewritten = new LinkedHashMap<>();
    private final Map<Stored, Content> contents = new LinkedHashMap<>();
    private final List<Operation.Step> steps = new ArrayList<>();
    /** Each file as it was at the entry that is looked at, by where it really is. */
    private final Map<String, Stored> was = new LinkedHashMap<>();
    /** The same without what is dropped. */
    private final Map<String, Stored> is = new LinkedHashMap<>();
    /** Where a path that a pattern uses leads to. */
    private final Map<String, String> paths = new LinkedHashMap<>();
    /** The pattern that first changed a file and goes. */
    private final Map<String, String> goneBy = new LinkedHashMap<>();

    private final List<Event.ReadmeLeft> left = new ArrayList<>();

    private Optional<DiskTree> disk = Optional.empty();

    private UndoPlan(Journal journal, Remake remake, List<Entry> applied, Set<String> dropped) {
        this.journal = journal;
        this.remake = remake;
        this.dropped = dropped;
        applied.forEach(each -> entries.put(each.id(), each));
    }

    /**
     * Works out how to drop the entries {@code dropped} from {@code applied}, which are in the order of applying.
     * {@code remake} plans those that stay again.
     *
     * @throws ProjectException when a file is not as dopi left it, or a later entry builds on a dropped one
     */
    static UndoPlan of(Journal journal, Remake remake, List<Entry> applied, Set<String> dropped)
            throws ProjectException {
        var plan = new UndoPlan(journal, remake, applied, new HashSet<>(dropped));
        try {
            plan.walk();
        } catch (IOException e) {
            throw Refusal.because("The journal cannot be read (%s); nothing was undone.".formatted(Refusal.reason(e)));
        }
        return plan;
    }

    /** Contents that no entry had before. */
    Map<Stored, Content> contents() {
        return contents;
    }

    /** What is not undone: READMEs in which somebody else changed what dopi wrote. */
    List<Event.ReadmeLeft> left() {
        return left;
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

    private void walk() throws ProjectException, IOException {
        List<Entry> concerned = entries.values().stream()
                .dropWhile(each -> !dropped.contains(each.id()))
                .toList();
        for (Entry entry : concerned) {
            for (Entry.Changed each : entry.files()) {
                paths.put(each.path(), each.file());
                was.putIfAbsent(each.file(), entry.before(each));
                is.putIfAbsent(each.file(), entry.before(each));
            }
        }
        for (Entry entry : concerned) {
            for (Entry.Changed each : entry.files()) {
                meet(entry, each);
            }
            if (dropped.contains(entry.id())) {
                entry.files().forEach(each -> goneBy.putIfAbsent(each.file(), entry.pattern()));
            } else {
                keep(entry);
            }
            entry.files().forEach(each -> was.put(each.file(), entry.after(each)));
        }
        for (Map.Entry<String, Stored> each : was.entrySet()) {
            step(each.getKey(), each.getValue(), now(each.getKey()));
        }
    }

    private Stored now(String file) {
        return is.getOrDefault(file, new Stored("", Content.ABSENT.hash()));
    }

    /** Takes up what the user changed by hand before {@code entry}; where that is on ground that goes, it is refused. */
    private void meet(Entry entry, Entry.Changed change) throws ProjectException, IOException {
        Stored before = entry.before(change);
        Stored recorded = was.getOrDefault(change.file(), before);
        if (recorded.hash().equals(before.hash())) {
            return;
        }
        if (ReadmeSection.isReadme(change.file())) {
            Content met = content(before);
            Content kept = Rebase.ofSection(met, content(recorded), content(now(change.file())))
                    .orElse(met);
            was.put(change.file(), before);
            is.put(change.file(), stored(entry.id(), kept));
            return;
        }
        if (!now(change.file()).hash().equals(recorded.hash())) {
            throw Refusal.because("%s was changed by hand between %s and %s; nothing was undone. Undo %s alone first."
                    .formatted(
                            change.file(),
                            goneBy.getOrDefault(change.file(), "another pattern"),
                            entry.pattern(),
                            entry.pattern()));
        }
        was.put(change.file(), before);
        is.put(change.file(), before);
    }

    /** Makes what {@code entry}, which stays, did to the project on what is left of it. */
    private void keep(Entry entry) throws ProjectException, IOException {
        boolean asBefore = was.entrySet().stream()
                .allMatch(
                        each -> each.getValue().hash().equals(now(each.getKey()).hash()));
        if (asBefore) {
            entry.files().forEach(each -> is.put(each.file(), entry.after(each)));
            return;
        }
        Optional<List<Entry.Changed>> again = again(entry);
        var files = new ArrayList<Entry.Changed>();
        if (again.isPresent()) {
            files.addAll(again.get());
        } else {
            for (Entry.Changed each : entry.files()) {
                files.add(moved(entry, each));
            }
        }
        if (!files.equals(entry.files())) {
            rewritten.put(entry.id(), entry.with(files).within(foldersOf(entry, files)));
        }
    }

    /**
     * Plans {@code entry} again. Only where the same plan on the project as it was gives what was written then: what is
     * planned now is then what would have been written.
     */
    private Optional<List<Entry.Changed>> again(Entry entry) throws ProjectException, IOException {
        Optional<Choice> choice = journal.asked(entry.id());
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        Optional<Remake.Made> then = remake.make(choice.get(), project(was));
        if (then.isEmpty() || !hashes(then.get()).equals(hashes(entry))) {
            return Optional.empty();
        }
        Optional<Remake.Made> made = remake.make(choice.get(), project(is));
        if (made.isEmpty() || made.get().refusals() > then.get().refusals()) {
            return Optional.empty();
        }
        var files = new ArrayList<Entry.Changed>();
        for (FileChange each : made.get().changes()) {
            files.add(written(entry, each));
        }
        return Optional.of(files);
    }

    private static Map<String, String> hashes(Remake.Made made) {
        return made.changes().stream()
                .filter(each -> !(each instanceof FileChange.Modify modify)
                        || !modify.before().equals(modify.after()))
                .collect(Collectors.toMap(
                        FileChange::path, each -> Content.of(each.after()).hash()));
    }

    private static Map<String, String> hashes(Entry entry) {
        return entry.files().stream().collect(Collectors.toMap(Entry.Changed::path, Entry.Changed::after));
    }

    private Project project(Map<String, Stored> state) throws ProjectException, IOException {
        if (disk.isEmpty()) {
            disk = Optional.of(DiskTree.open(journal.root()));
        }
        var changed = new LinkedHashMap<String, Content>();
        for (var each : state.entrySet()) {
            changed.put(each.getKey(), content(each.getValue()));
        }
        for (var each : paths.entrySet()) {
            Content content = changed.get(each.getValue());
            if (content != null) {
                changed.put(each.getKey(), content);
            }
        }
        return Project.of(new PastTree(disk.get(), changed));
    }

    /** Notes what {@code entry} makes of a file now. */
    private Entry.Changed written(Entry entry, FileChange change) throws ProjectException, IOException {
        String file = paths.get(change.path());
        if (file == null) {
            Target target = Target.of(journal.root(), change.path());
            file = Target.relative(journal.root(), target.file());
            var there = new Stored(entry.id(), target.read().hash());
            contents.put(there, target.read());
            paths.put(change.path(), file);
            was.put(file, there);
            is.put(file, there);
        }
        return changed(entry, change.path(), file, Content.of(change.after()));
    }

    private Stored stored(String entry, Content content) {
        var stored = new Stored(entry, content.hash());
        contents.put(stored, content);
        return stored;
    }

    private Entry.Changed changed(Entry entry, String path, String file, Content after) throws IOException {
        Content onto = content(now(file));
        var changed = new Entry.Changed(path, file, onto.hash(), after.hash());
        contents.put(entry.before(changed), onto);
        contents.put(entry.after(changed), after);
        is.put(file, entry.after(changed));
        return changed;
    }

    /** Makes a change of {@code entry} on what is left of the file, as a change of text. */
    private Entry.Changed moved(Entry entry, Entry.Changed change) throws ProjectException, IOException {
        Content onto = content(now(change.file()));
        Content before = content(entry.before(change));
        if (ReadmeSection.isReadme(change.file())) {
            Content written = content(entry.after(change));
            return changed(
                    entry,
                    change.path(),
                    change.file(),
                    Rebase.ofSection(onto, before, written).orElse(written));
        }
        Optional<Content> after = Rebase.onto(onto, before, content(entry.after(change)));
        if (after.isEmpty()) {
            throw Refusal.because("%s changed %s in the same place as %s after it; nothing was undone. Undo %s first."
                    .formatted(
                            entry.pattern(),
                            change.path(),
                            goneBy.getOrDefault(change.file(), "another pattern"),
                            entry.pattern()));
        }
        return changed(entry, change.path(), change.file(), after.get());
    }

    /** Returns the folders that were made for {@code files}, by {@code entry} or one that goes. */
    private List<String> foldersOf(Entry entry, List<Entry.Changed> files) {
        var folders = new LinkedHashSet<>(entry.folders());
        for (Entry each : entries.values()) {
            each.folders().stream()
                    .filter(folder ->
                            files.stream().anyMatch(file -> file.file().startsWith(folder + "/")))
                    .forEach(folders::add);
        }
        return folders.stream().sorted().toList();
    }

    Content content(Stored stored) throws IOException {
        Content fresh = contents.get(stored);
        return fresh == null ? journal.content(stored) : fresh;
    }

    private void step(String file, Stored written, Stored wanted) throws ProjectException, IOException {
        if (written.hash().equals(wanted.hash())) {
            return;
        }
        Target target = Target.of(journal.root(), file);
        if (ReadmeSection.isReadme(file)) {
            readme(target, file, written, wanted);
            return;
        }
        Content there = target.read();
        String onDisk = there.hash();
        // Who took the change back by other means, with git for one, has what is wanted already.
        if (onDisk.equals(wanted.hash())) {
            return;
        }
        if (isManifest(file) && !onDisk.equals(written.hash())) {
            Optional<Content> undone = Rebase.onto(there, content(written), content(wanted));
            if (undone.isPresent()) {
                target.requireWritable();
                Stored before = stored(written.entry(), there);
                steps.add(new Operation.Step(file, before, stored(wanted.entry(), undone.get()), target.mode()));
                return;
            }
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

    /** Package managers write to it whenever something is installed; what they add elsewhere in it stays. */
    private static boolean isManifest(String file) {
        return file.equals("package.json") || file.endsWith("/package.json");
    }

    /** A README is written around all the time, and never keeps a pattern from being taken back. */
    private void readme(Target target, String file, Stored written, Stored wanted)
            throws ProjectException, IOException {
        Content there = target.read();
        Optional<Content> undone = Rebase.ofSection(there, content(written), content(wanted));
        Optional<String> locked = target.locked();
        if (there.absent() || undone.equals(Optional.of(there))) {
            return;
        }
        if (undone.isEmpty() || locked.isPresent()) {
            left.add(new Event.ReadmeLeft(
                    file,
                    "%s still has a paragraph about it, since %s: take that out by hand."
                            .formatted(file, locked.orElse("what dopi wrote there was changed"))));
            return;
        }
        Stored before = stored(written.entry(), there);
        steps.add(new Operation.Step(file, before, stored(wanted.entry(), undone.get()), target.mode()));
    }
}
