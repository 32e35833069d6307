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
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".d.ts") || name.endsWith(".d.mts") || name.endsWith(".d.cts")) {
            return Optional.empty();
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "ts", "mts", "cts" -> Optional.of(TYPESCRIPT);
            case "tsx" -> Optional.of(TSX);
            case "js", "jsx", "mjs", "cjs" -> Optional.of(JAVASCRIPT);
            default -> Optional.empty();
        };
    }

    public boolean typed() {
        return this != JAVASCRIPT;
    }
}
