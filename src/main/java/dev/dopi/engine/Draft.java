package dev.dopi.engine;

import dev.dopi.edit.FileChange;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An apply that is being worked out: each transaction on what the ones before it leave behind.
 *
 * <p>Reads the project and writes nothing; whatever could go wrong later and can be known now is refused here.
 */
final class Draft {

    private final Path root;
    private final String id = Disk.random() + Disk.random();
    private final Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Set<String> madeFolders = new LinkedHashSet<>();
    private final Map<Path, Drafted> drafted = new LinkedHashMap<>();
    private final Map<Stored, Content> contents = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private int number;

    /**
     * @param standing the entries that are applied already
     * @param number the first free entry number
     */
    Draft(Path root, List<Entry> standing, int number) {
        this.root = root;
        this.number = number;
        standing.forEach(each -> madeFolders.addAll(each.folders()));
    }

    /** What becomes of a file in the end; {@code now} is the content of {@code after}. */
    private record Drafted(Target target, Stored before, Stored after, Content now) {

        Drafted then(Drafted next) {
            return new Drafted(target, before, next.after, next.now);
        }
    }

    void add(Transaction transaction) throws ProjectException {
        String entry = nextId(transaction.pattern());
        var files = new LinkedHashMap<Path, Entry.Changed>();
        var folders = new LinkedHashSet<String>();
        for (FileChange change : transaction.changes()) {
            Target target = Target.of(root, change.path());
            Content before = contentOf(target);
            requireAsShown(change, target, before);
            Content after = Content.of(change.after());
            if (after.equals(before)) {
                continue;
            }
            target.requireWritable();
            String file = Target.relative(root, target.file());
            files.merge(
                    target.file(),
                    new Entry.Changed(change.path(), file, before.hash(), after.hash()),
                    (one, two) -> new Entry.Changed(one.path(), one.file(), one.before(), two.after()));
            folders.addAll(foldersFor(target));
            step(target, entry, before, after);
        }
        transaction.asked().flatMap(Asked::of).ifPresent(choice -> asked.put(entry, choice));
        entries.add(new Entry(
                Entry.FORMAT,
                entry,
                id,
                root.toString(),
                transaction.pattern(),
                transaction.subject(),
                time,
                Entry.State.PREPARED,
                List.copyOf(files.values()),
                List.copyOf(folders)));
    }

    private String nextId(String pattern) {
        return "%06d-%s-%s"
                .formatted(
                        number++,
                        time.truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", ""),
                        pattern.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-"));
    }

    private Content contentOf(Target target) throws ProjectException {
        Drafted earlier = drafted.get(target.file());
        return earlier == null ? target.read() : earlier.now();
    }

    private void requireAsShown(FileChange change, Target target, Content before) throws ProjectException {
        switch (change) {
            case FileChange.Create _ -> {
                if (!before.absent()) {
                    throw Refusal.stale(change.path(), "already exists");
                }
            }
            case FileChange.Modify modify -> {
                if (before.absent()) {
                    throw Refusal.stale(change.path(), "is gone since it was shown");
                }
                if (!before.equals(Content.of(modify.before()))) {
                    throw notAsShown(change.path(), drafted.get(target.file()));
                }
            }
        }
    }

    private static ProjectException notAsShown(String path, @Nullable Drafted earlier) {
        return earlier == null || earlier.target().path().equals(path)
                ? Refusal.stale(path, "changed since it was shown")
                : Refusal.cannotWrite(
                        path, "it is the same file as " + earlier.target().path());
    }

    private List<String> foldersFor(Target target) {
        target.missing().forEach(each -> madeFolders.add(Target.relative(root, each)));
        var needed = new ArrayList<String>();
        for (Path folder = target.file().getParent();
                folder != null && folder.startsWith(root) && !folder.equals(root);
                folder = folder.getParent()) {
            String name = Target.relative(root, folder);
            if (madeFolders.contains(name)) {
                needed.addFirst(name);
            }
        }
        return needed;
    }

    private void step(Target target, String entry, Content before, Content after) {
        var old = new Stored(entry, before.hash());
        var fresh = new Stored(entry, after.hash());
        contents.put(old, before);
        contents.put(fresh, after);
        drafted.merge(target.file(), new Drafted(target, old, fresh, after), Drafted::then);
    }

    /** Returns every content before and after. */
    Map<Stored, Content> contents() {
        return contents;
    }

    /** Returns by entry what it is made of. */
    Map<String, Asked> asked() {
        return asked;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    Operation operation() throws ProjectException {
        var steps = new ArrayList<Operation.Step>();
        for (Drafted each : drafted.values()) {
            Target target = each.target();
            steps.add(new Operation.Step(
                    Target.relative(root, target.file()), each.before(), each.after(), target.mode()));
        }
        return new Operation(
                Operation.FORMAT,
                id,
                Interrupted.Kind.APPLY,
                steps,
                entries.stream()
                        .flatMap(each -> each.folders().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                entries,
                entries.stream().map(each -> each.in(Entry.State.APPLIED)).toList());
    }
}
