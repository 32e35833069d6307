package dev.dopi.engine;

import dev.dopi.pattern.Options;
import dev.dopi.pattern.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an entry was made of, as the journal keeps it: the choice without what the user typed themselves, since that
 * stands for no other text than the one it was typed into.
 */
record Asked(String pattern, String worker, String className, Map<String, String> options, List<String> rejected) {

    Asked {
        options = Map.copyOf(options);
        rejected = List.copyOf(rejected);
    }

    /** Returns {@code choice} as it is kept, or empty where it holds hunks that the user changed. */
    static Optional<Asked> of(Choice choice) {
        return choice.amended().isEmpty()
                ? Optional.of(new Asked(
                        choice.pattern(),
                        choice.subject().worker(),
                        choice.subject().className(),
                        choice.options().values(),
                        choice.rejected().stream().sorted().toList()))
                : Optional.empty();
    }

    Choice choice() {
        return new Choice(pattern, new Subject(worker, className), new Options(options), Set.copyOf(rejected));
    }
}
