package dev.dopi.engine;

import java.time.Instant;
import java.util.List;

/**
 * The journal's record of one applied pattern.
 *
 * <p>Whether it is being applied or undone right now does not stand here: that is the pending {@link Operation}, one for
 * all the entries that it concerns, so that they cannot disagree.
 *
 * @param format of the record, for a later dopi
 * @param id sorts in the order of applying
 * @param group shared by all entries of one apply
 * @param folders that were made for its files, relative to the root, parents first; those that an earlier entry made
 *     and this one needs are among them, so that whichever is undone last removes them
 */
record Entry(
        int format,
        String id,
        String group,
        String root,
        String pattern,
        String subject,
        Instant applied,
        State state,
        List<Changed> files,
        List<String> folders) {

    static final int FORMAT = 1;

    Entry {
        files = List.copyOf(files);
        folders = List.copyOf(folders);
    }

    /** How far an entry is. */
    enum State {
        /** Its bytes are kept, but no file was touched, or all were put back; forgotten at the next write. */
        PREPARED,
        APPLIED,
        /** Its files are as if it had never been; forgotten at the next write. */
        UNDONE
    }

    /**
     * A file that the pattern made or changed.
     *
     * @param path as the pattern calls it, relative to the root
     * @param file where it really is, relative to the root; another path when symbolic links lead there
     * @param before the hash of what was there
     * @param after the hash of what was written
     */
    record Changed(String path, String file, String before, String after) {}

    Entry in(State next) {
        return new Entry(format, id, group, root, pattern, subject, applied, next, files, folders);
    }

    Entry with(List<Changed> changed) {
        return new Entry(format, id, group, root, pattern, subject, applied, state, changed, folders);
    }

    Entry within(List<String> made) {
        return new Entry(format, id, group, root, pattern, subject, applied, state, files, made);
    }

    Stored before(Changed file) {
        return new Stored(id, file.before());
    }

    Stored after(Changed file) {
        return new Stored(id, file.after());
    }

    UndoEntry undoEntry() {
        return new UndoEntry(
                id, pattern, subject, applied, files.stream().map(Changed::path).toList());
    }
}
