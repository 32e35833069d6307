package dev.dopi.engine;

import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Subject;
import java.util.HashSet;
import java.util.Set;

/**
 * A recommendation that the user wants, with what they decided about it so far.
 *
 * @param rejected ids of hunks that they do not want
 */
public record Choice(String pattern, Subject subject, Options options, Set<String> rejected) {

    public Choice {
        rejected = Set.copyOf(rejected);
    }

    public static Choice of(Finding finding) {
        return new Choice(finding.pattern().id(), finding.subject(), Options.DEFAULTS, Set.of());
    }

    public Choice with(Options values) {
        return new Choice(pattern, subject, values, rejected);
    }

    public Choice rejecting(String hunk) {
        var more = new HashSet<>(rejected);
        more.add(hunk);
        return new Choice(pattern, subject, options, more);
    }

    public Choice accepting(String hunk) {
        var fewer = new HashSet<>(rejected);
        fewer.remove(hunk);
        return new Choice(pattern, subject, options, fewer);
    }
}
