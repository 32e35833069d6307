package dev.dopi.report;

import dev.dopi.edit.Diff;
import dev.dopi.edit.FileChange;
import dev.dopi.engine.Planned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What becomes of each file when several patterns are applied one after the other. */
public record Changes(List<FileChange> files) {

    public static Changes of(List<Planned> planned) {
        Map<String, FileChange> byPath = new LinkedHashMap<>();
        for (Planned each : planned) {
            each.changes().forEach(change -> byPath.merge(change.path(), change, Changes::then));
        }
        return new Changes(byPath.values().stream()
                .filter(change -> change instanceof FileChange.Create
                        || !change.textBefore().equals(change.after()))
                .toList());
    }

    private static FileChange then(FileChange first, FileChange second) {
        return switch (first) {
            case FileChange.Create create -> new FileChange.Create(create.path(), second.after());
            case FileChange.Modify modify -> new FileChange.Modify(modify.path(), modify.before(), second.after());
        };
    }

    public boolean none() {
        return files.isEmpty();
    }

    /** Returns the paths of those that are there already. */
    public List<String> modified() {
        return files.stream()
                .filter(FileChange.Modify.class::isInstance)
                .map(FileChange::path)
                .toList();
    }

    /** Returns what is said of {@code count} files that hold changes which git does not have. */
    public static String notInGit(int count) {
        return (count == 1 ? "One of these files holds" : count + " of these files hold")
                + " changes of yours that git does not have yet; commit them first to tell dopi's from them.";
    }

    /** Returns them all as one patch. */
    public String unified() {
        return files.stream().map(Diff::unified).collect(Collectors.joining());
    }

    /** Returns one line a file: what happens to it, and how many lines. */
    public List<String> lines() {
        return files.stream()
                .map(change -> {
                    Diff diff = Diff.between(change.textBefore(), change.after());
                    String verb = change instanceof FileChange.Create ? "create" : "change";
                    return "%s %s, %s added, %s removed"
                            .formatted(
                                    verb,
                                    change.path(),
                                    Wording.count(diff.added(), "line"),
                                    Wording.count(diff.removed(), "line"));
                })
                .toList();
    }
}
