package dev.dopi.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What dopi wrote in one project, with the bytes before and after.
 *
 * <p>Each applied pattern is an entry: a folder with {@code entry.json}, a file for every content, named for its
 * hash, and {@code choice.json} where it can be planned again. Next to the entries stands {@code pending.json}, the {@link Operation} under way, if there is one. That file
 * appearing and going are the two moments that count: with it, the project is between two states; without it, the
 * entries say what is on disk. Every record is replaced whole.
 *
 * <p>Opening and reading make nothing, so a project can be analysed where nothing can be kept.
 */
public final class Journal {

    private static final String RECORD = "entry.json";
    private static final String ASKED = "choice.json";
    private static final String TEMPORARY = ".record-";

    private final StateFolder folder;
    private final Disk disk;
    private final Path entries;
    private final Path pending;

    Journal(StateFolder folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
        this.entries = folder.path().resolve("journal");
        this.pending = entries.resolve("pending.json");
    }

    public static Journal open(StateFolder folder) {
        return new Journal(folder, new Disk());
    }

    Path root() {
        return folder.root();
    }

    Disk disk() {
        return disk;
    }

    /** Returns the refusal for when nothing can be kept here. */
    ProjectException unwritable(IOException cause) {
        return Refusal.stateFolder(folder.path(), cause);
    }

    /** Does {@code work} while no other dopi writes in the project, or is refused. An interrupt does not cut it off. */
    <T> T exclusively(Uninterrupted.Work<T> work) throws ProjectException {
        return Uninterrupted.run(() -> {
            try (ProcessLock _ = lock().orElseThrow(Refusal::busy)) {
                return work.run();
            }
        });
    }

    /** Returns the lock, or empty while another dopi has it. */
    Optional<ProcessLock> lock() throws ProjectException {
        try {
            makeFolder();
            return ProcessLock.take(folder.path().resolve("lock"));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(entries)) {
            return;
        }
        disk.makeFolders(entries);
        // It will hold the user's source code.
        if (entries.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Returns the operation that is under way or was cut off. */
    Optional<Operation> pending() throws ProjectException {
        return Files.isDirectory(entries) ? record(pending, Operation.class) : Optional.empty();
    }

    /** Returns the entries that stand, in the order of applying. */
    List<Entry> applied() throws ProjectException {
        var applied = new ArrayList<Entry>();
        for (Path each : entryFolders()) {
            record(each.resolve(RECORD), Entry.class)
                    .filter(entry -> entry.state() == Entry.State.APPLIED)
                    .ifPresent(applied::add);
        }
        return applied;
    }

    /** Returns the number of the next entry; numbers only grow. */
    int nextNumber() throws ProjectException {
        int last = 0;
        for (Path each : entryFolders()) {
            String name = each.getFileName().toString();
            last = Math.max(last, Integer.parseInt(name.substring(0, name.indexOf('-'))));
        }
        return last + 1;
    }

    /** Returns a content, exactly as it was stored. */
    Content content(Stored stored) throws IOException {
        if (stored.absent()) {
            return Content.ABSENT;
        }
        Path file = entries.resolve(stored.entry()).resolve(stored.hash());
        Content content = Disk.read(file);
        if (!content.hash().equals(stored.hash())) {
            throw new IOException("the journal's file %s is damaged".formatted(file));
        }
        return content;
    }

    /** Keeps {@code contents} in the folders of their entries, for good before anything refers to them. */
    void keep(Map<Stored, Content> contents) throws IOException {
        Set<Path> folders = new HashSet<>();
        for (var each : contents.entrySet()) {
            Stored stored = each.getKey();
            Path home = entries.resolve(stored.entry());
            disk.makeFolders(home);
            folders.add(home);
            if (!stored.absent()) {
                disk.create(home.resolve(stored.hash()), each.getValue());
            }
        }
        for (Path each : folders) {
            disk.syncFolder(each);
        }
    }

    /** Keeps by entry what it is made of, so that it can be made again. */
    void keepAsked(Map<String, Asked> asked) throws IOException {
        for (var each : asked.entrySet()) {
            disk.replace(entries.resolve(each.getKey()).resolve(ASKED), Json.write(each.getValue()), TEMPORARY, "");
        }
    }

    /** Returns what an entry is made of, where that is known. */
    Optional<Choice> asked(String entry) throws ProjectException {
        return record(entries.resolve(entry).resolve(ASKED), Asked.class).map(Asked::choice);
    }

    /** Replaces the records of {@code records}. */
    void record(List<Entry> records) throws IOException {
        for (Entry each : records) {
            Path home = entries.resolve(each.id());
            disk.makeFolders(home);
            disk.replace(home.resolve(RECORD), Json.write(each), TEMPORARY, "");
        }
    }

    /** From here on the project is between two states. */
    void begin(Operation operation) throws IOException {
        disk.replace(pending, Json.write(operation), TEMPORARY, "");
    }

    /** From here on the project is in one state again. */
    void end() throws IOException {
        disk.delete(pending);
    }

    /** Forgets entries that were never applied or are undone. Only for who has the lock, while nothing is pending. */
    void tidy() throws ProjectException {
        try {
            disk.sweep(entries, TEMPORARY);
            for (Path each : entryFolders()) {
                if (record(each.resolve(RECORD), Entry.class)
                        .map(entry -> entry.state() != Entry.State.APPLIED)
                        .orElse(true)) {
                    forget(each);
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void forget(Path entryFolder) throws IOException {
        // The record goes first: a folder without one is forgotten the next time.
        disk.discard(entryFolder.resolve(RECORD));
        try (var files = Files.newDirectoryStream(entryFolder)) {
            for (Path each : files) {
                disk.discard(each);
            }
        }
        disk.removeIfEmpty(entryFolder);
    }

    private List<Path> entryFolders() throws ProjectException {
        if (!Files.isDirectory(entries)) {
            return List.of();
        }
        try (var all = Files.list(entries)) {
            return all.filter(each -> each.getFileName().toString().matches("[0-9]{6,9}-.*"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Refusal.damaged(entries, e);
        }
    }

    private static <T> Optional<T> record(Path file, Class<T> type) throws ProjectException {
        try {
            return Optional.of(Json.read(file, type));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw Refusal.damaged(file, e);
        }
    }
}
