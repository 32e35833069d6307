package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The values of {@code --set}, by option key or, for one pattern only, by {@code PATTERN.KEY}. */
record SetValues(List<Entry> entries) {

    record Entry(String key, String value) {

        boolean means(Finding finding, Option option) {
            return key.equals(option.key()) || key.equals(finding.pattern().id() + "." + option.key());
        }
    }

    SetValues {
        entries = List.copyOf(entries);
    }

    static SetValues parse(List<String> texts) throws ProjectException {
        var entries = new ArrayList<Entry>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw Context.usage("--set takes KEY=VALUE, such as --set keep=30d, not '" + text + "'.");
            }
            entries.add(new Entry(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip()));
        }
        return new SetValues(entries);
    }

    /** Refuses a key that none of {@code findings} has, and a value that an option does not take. */
    void check(List<Finding> findings) throws ProjectException {
        for (Entry entry : entries) {
            boolean known = false;
            for (Finding finding : findings) {
                for (Option option : finding.options()) {
                    if (entry.means(finding, option)) {
                        known = true;
                        refuse(entry, option);
                    }
                }
            }
            if (!known) {
                Set<String> keys = keys(findings);
                throw Context.usage("There is no option '" + entry.key() + "' here; "
                        + (keys.isEmpty()
                                ? "these patterns have none."
                                : "there are " + String.join(", ", keys) + "."));
            }
        }
    }

    private static void refuse(Entry entry, Option option) throws ProjectException {
        Optional<String> problem = option.problem(entry.value());
        if (problem.isPresent()) {
            throw Context.usage("--set %s=%s is not a value for '%s': %s."
                    .formatted(entry.key(), entry.value(), option.label(), problem.get()));
        }
    }

    private static Set<String> keys(List<Finding> findings) {
        var keys = new LinkedHashSet<String>();
        findings.forEach(finding ->
                finding.options().forEach(option -> keys.add(finding.pattern().id() + "." + option.key())));
        return keys;
    }

    /** Returns what was set for {@code finding}; of two values for one option the later counts. */
    Options of(Finding finding) {
        Options options = Options.DEFAULTS;
        for (Entry entry : entries) {
            for (Option option : finding.options()) {
                if (entry.means(finding, option)) {
                    options = options.with(option.key(), entry.value());
                }
            }
        }
        return options;
    }
}
