package dev.dopi.syntax;

import java.util.Locale;
import java.util.Optional;

/** The language that a file is written in, as its name tells. */
public enum Grammar {
    TYPESCRIPT,
    TSX,
    JAVASCRIPT;

    /** Returns the grammar for {@code path}, or empty where it is not a script: a declaration file is none. */
    public static Optional<Grammar> of(String path) {
        int dot = path.lastIndexOf('.');
        boolean declares = path.regionMatches(true, dot - 2, ".d", 0, 2);
        return switch (path.substring(dot + 1).toLowerCase(Locale.ROOT)) {
            case "ts", "mts", "cts" -> declares ? Optional.empty() : Optional.of(TYPESCRIPT);
            case "tsx" -> Optional.of(TSX);
            case "js", "jsx", "mjs", "cjs" -> Optional.of(JAVASCRIPT);
            default -> Optional.empty();
        };
    }

    public boolean typed() {
        return this != JAVASCRIPT;
    }
}
