package dev.dopi.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the last session wrote and still stands, as something that the project can be looked at without.
 *
 * @param entries in the order of applying
 */
record AppliedChange(Path root, Journal journal, Remake remake, List<UndoEntry> entries) {

    AppliedChange {
        entries = List.copyOf(entries);
    }

    /** Returns the entries among {@code ids} that stand; {@code remake} makes again what stays without others. */
    static AppliedChange of(Path root, Journal journal, Remake remake, Set<String> ids) throws ProjectException {
        return new AppliedChange(
                root,
                journal,
                remake,
                journal.applied().stream()
                        .filter(entry ->
                                ids.contains(entry.id()) && !entry.files().isEmpty())
                        .map(Entry::undoEntry)
                        .toList());
    }

    boolean none() {
        return entries.isEmpty();
    }

    Set<String> ids() {
        return entries.stream().map(UndoEntry::id).collect(Collectors.toSet());
    }

    /** Returns a copy of the project as it was before all of it. */
    ProjectCopy before() throws ProjectException, IOException {
        return without(ids());
    }

    /**
     * Returns a copy of the project as it would be without the entries {@code ids}.
     *
     * @throws ProjectException when they cannot be taken back from what stands now
     */
    ProjectCopy without(Set<String> ids) throws ProjectException, IOException {
        UndoPlan plan = UndoPlan.of(journal, remake, journal.applied(), ids);
        var contents = new LinkedHashMap<String, Content>();
        for (Operation.Step step : plan.operation().steps()) {
            contents.put(step.file(), plan.content(step.after()));
        }
        return ProjectCopy.of(root, Map.copyOf(contents));
    }

    /** Returns the entry that alone made {@code file}, where there is one. */
    Optional<UndoEntry> maker(String file) {
        List<UndoEntry> writers =
                entries.stream().filter(entry -> entry.files().contains(file)).toList();
        return writers.size() == 1 ? Optional.of(writers.getFirst()) : Optional.empty();
    }
}
