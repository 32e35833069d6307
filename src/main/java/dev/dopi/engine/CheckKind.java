package dev.dopi.engine;

import java.time.Duration;

/** The kinds of checks, in the order in which they run. */
enum CheckKind {
    TYPES("tsc", "Type check", Duration.ofMinutes(5)),
    LINT("lint", "Lint", Duration.ofMinutes(5)),
    CONFIG_TYPES("types", "Generated types", Duration.ofMinutes(3)),
    TESTS("test", "Tests", Duration.ofMinutes(15)),
    DRY_RUN("dry-run", "Dry run of the deployment", Duration.ofMinutes(3)),
    OBJECTS("objects", "Objects in the runtime", Duration.ofMinutes(4));

    private final String id;
    private final String title;
    private final Duration limit;

    CheckKind(String id, String title, Duration limit) {
        this.id = id;
        this.title = title;
        this.limit = limit;
    }

    /** Returns the kind that {@code check} is of. */
    static CheckKind of(Check check) {
        for (CheckKind kind : values()) {
            if (check.id().equals(kind.id) || check.id().startsWith(kind.id + ":")) {
                return kind;
            }
        }
        throw new IllegalArgumentException("not a check of ours: " + check.id());
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    Duration limit() {
        return limit;
    }
}
