package dev.dopi.edit;

import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pattern would change, hunk by hunk; or why it would change nothing.
 *
 * @param hunks none of which overlaps another
 * @param refusals why nothing, or not everything that was asked for, can be done, as sentences
 * @param notes what is done without, though nobody asked for it: a generated test, say; as sentences
 */
public record EditPlan(List<Hunk> hunks, List<String> refusals, List<String> notes) {

    public static final EditPlan EMPTY = new EditPlan(List.of(), List.of());

    public EditPlan {
        hunks = List.copyOf(hunks);
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
    }

    public EditPlan(List<Hunk> hunks, List<String> refusals) {
        this(hunks, refusals, List.of());
    }

    /** Returns this plan with one more note. */
    public EditPlan noting(String note) {
        var more = new ArrayList<>(notes);
        more.add(note);
        return new EditPlan(hunks, refusals, more);
    }

    /** Returns this plan with one more refusal. */
    public EditPlan refusing(String reason) {
        var more = new ArrayList<>(refusals);
        more.add(reason);
        return new EditPlan(hunks, more, notes);
    }

    public static EditPlan refused(String... reasons) {
        return new EditPlan(List.of(), List.of(reasons));
    }

    /** Returns the ids that fall when those of {@code rejected} do: these, and all that require one of them. */
    public Set<String> rejectedWith(Set<String> rejected) {
        var fallen = new HashSet<>(rejected);
        boolean more = true;
        while (more) {
            more = false;
            for (Hunk hunk : hunks) {
                if (!fallen.contains(hunk.id()) && hunk.requires().stream().anyMatch(fallen::contains)) {
                    more = fallen.add(hunk.id());
                }
            }
        }
        return fallen;
    }

    /** Returns what becomes of each file when all hunks but {@code rejected}, and what requires them, are made. */
    public List<FileChange> changes(Project project, Set<String> rejected) {
        Set<String> fallen = rejectedWith(rejected);
        Map<String, TextEdits> edits = new LinkedHashMap<>();
        Set<String> created = new HashSet<>();
        for (Hunk hunk : hunks) {
            if (!fallen.contains(hunk.id()) && hunk.applicability() != Applicability.ADVICE) {
                edits.merge(hunk.file(), hunk.edits(), TextEdits::and);
                if (hunk.creates()) {
                    created.add(hunk.file());
                }
            }
        }
        return edits.entrySet().stream()
                .map(entry -> change(project, entry.getKey(), entry.getValue(), created.contains(entry.getKey())))
                .toList();
    }

    private static FileChange change(Project project, String path, TextEdits edits, boolean created) {
        if (created) {
            return new FileChange.Create(path, edits.applyTo(""));
        }
        SourceFile before =
                project.read(path).orElseThrow(() -> new IllegalArgumentException("not in the project: " + path));
        return new FileChange.Modify(path, before.text(), edits.applyTo(before.text()));
    }
}
