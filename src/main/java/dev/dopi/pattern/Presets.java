package dev.dopi.pattern;

import dev.dopi.project.Diagnostic;
import dev.dopi.project.Preferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The values that a project sets in the place of a pattern's own defaults. A value that an option does not take is not set. */
public record Presets(Preferences preferences) {

    /** Returns {@code finding} with the project's values as its options' defaults. */
    public Finding on(Finding finding) {
        Options preset = of(finding);
        if (preset.values().isEmpty()) {
            return finding;
        }
        List<Option> options = finding.options().stream()
                .map(option -> new Option(
                        option.key(),
                        option.label(),
                        option.help(),
                        option.kind(),
                        preset.of(option),
                        option.choices()))
                .toList();
        return finding.with(options);
    }

    /** Returns the project's values for {@code finding}, and no others. */
    public Options of(Finding finding) {
        Options values = Options.DEFAULTS;
        for (Option option : finding.options()) {
            String value = preferences.options().get(key(finding, option));
            if (value != null && option.problem(value).isEmpty()) {
                values = values.with(option.key(), value);
            }
        }
        return values;
    }

    /** Returns {@code chosen}, and the project's values for what was not chosen. */
    public Options under(Options chosen, Finding finding) {
        Options values = of(finding);
        for (var each : chosen.values().entrySet()) {
            values = values.with(each.getKey(), each.getValue());
        }
        return values;
    }

    /**
     * Returns what is wrong with keys and values, as far as {@code findings} have options to know by.
     *
     * @param patterns the ids that there are
     */
    public List<Diagnostic> problems(List<Finding> findings, Set<String> patterns) {
        var problems = new ArrayList<Diagnostic>();
        preferences.options().keySet().stream().sorted().forEach(key -> unknown(key, findings, patterns)
                .ifPresent(problem -> problems.add(Diagnostic.warning(preferences.file(), 0, problem))));
        for (Finding finding : findings) {
            for (Option option : finding.options()) {
                String key = key(finding, option);
                String value = preferences.options().get(key);
                if (value != null) {
                    option.problem(value)
                            .ifPresent(problem -> problems.add(Diagnostic.warning(
                                    preferences.file(),
                                    0,
                                    "\"%s\" cannot be \"%s\": %s. The default %s stands."
                                            .formatted(key, value, problem, option.value()))));
                }
            }
        }
        return problems.stream().distinct().toList();
    }

    /** Says what is wrong with a key that sets nothing; of a pattern that is not found here no options are known. */
    private static Optional<String> unknown(String key, List<Finding> findings, Set<String> patterns) {
        String pattern = patterns.stream()
                .filter(id -> key.startsWith(id + "."))
                .findFirst()
                .orElse("");
        if (pattern.isEmpty()) {
            return Optional.of("\"options\" has \"%s\", which names no pattern; write PATTERN.OPTION, with one of %s."
                    .formatted(key, String.join(", ", new TreeSet<>(patterns))));
        }
        List<String> known = findings.stream()
                .filter(finding -> finding.pattern().id().equals(pattern))
                .flatMap(finding -> finding.options().stream().map(option -> key(finding, option)))
                .distinct()
                .toList();
        return known.isEmpty() || known.contains(key)
                ? Optional.empty()
                : Optional.of("\"options\" has \"%s\", which is no option here; there are %s."
                        .formatted(key, String.join(", ", known)));
    }

    private static String key(Finding finding, Option option) {
        return finding.pattern().id() + "." + option.key();
    }
}
