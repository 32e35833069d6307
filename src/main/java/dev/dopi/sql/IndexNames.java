package dev.dopi.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each candidate a name of its own, which nothing in the schema has: a taken one would be ignored silently. */
final class IndexNames {

    private final Set<String> taken = new HashSet<>();
    private final Map<Candidate, String> names = new HashMap<>();

    IndexNames(List<String> taken) {
        taken.forEach(name -> this.taken.add(SqlToken.key(name)));
    }

    String nameOf(Candidate candidate) {
        return names.computeIfAbsent(candidate, this::unique);
    }

    private String unique(Candidate candidate) {
        String plain = candidate.plainName();
        String name = plain;
        for (int number = 2; !taken.add(SqlToken.key(name)); number++) {
            name = plain + "_" + number;
        }
        return name;
    }
}
