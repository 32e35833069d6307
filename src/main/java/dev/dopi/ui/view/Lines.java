package dev.dopi.ui.view;

import dev.dopi.edit.Diff;
import dev.dopi.edit.FileChange;
import java.util.Collection;

/** By how many lines files change. */
public record Lines(int added, int removed) {

    public static Lines of(FileChange change) {
        Diff diff = Diff.between(change.textBefore(), change.after());
        return new Lines(diff.added(), diff.removed());
    }

    public static Lines of(Collection<FileChange> changes) {
        int added = 0;
        int removed = 0;
        for (FileChange change : changes) {
            Lines lines = of(change);
            added += lines.added;
            removed += lines.removed;
        }
        return new Lines(added, removed);
    }

    @Override
    public String toString() {
        return "+" + added + " -" + removed;
    }
}
