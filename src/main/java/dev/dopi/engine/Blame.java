package dev.dopi.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the search for the pattern that a check fails because of came to.
 *
 * @param entries the applied patterns that are to be taken back for it; none where the failure is not known to come from
 *     any, which is then left as it is
 * @param reason how that is known and what failed, as a sentence
 */
public record Blame(List<UndoEntry> entries, CheckResult result, String reason) {

    public Blame {
        entries = List.copyOf(entries);
    }

    /** Returns whether no pattern is blamed, so that nothing is to be taken back. */
    public boolean none() {
        return entries.isEmpty();
    }

    /** Returns the journal entries' ids. */
    public Set<String> ids() {
        return entries.stream().map(UndoEntry::id).collect(Collectors.toSet());
    }

    /** Returns the patterns, each once, in the order of applying. */
    public List<String> patterns() {
        return entries.stream().map(UndoEntry::pattern).distinct().toList();
    }

    /** Returns {@code sql-index for ChatRoom and ttl-cleanup for Feed}. */
    public String names() {
        return names(entries);
    }

    static String names(List<UndoEntry> entries) {
        List<String> names = entries.stream()
                .map(each -> each.pattern() + " for " + each.subject())
                .toList();
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
