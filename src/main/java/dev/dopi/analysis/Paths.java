package dev.dopi.analysis;

import java.util.ArrayDeque;
import java.util.Optional;

/** Paths relative to the project's root, {@code /}-separated. */
final class Paths {

    private Paths() {}

    /** Returns the folder of {@code path}, empty for the root. */
    static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Returns {@code relative} as seen from {@code folder}, or empty where it leaves the project. */
    static Optional<String> join(String folder, String relative) {
        var parts = new ArrayDeque<String>();
        for (String part : (folder + "/" + relative).split("/", -1)) {
            switch (part) {
                case "", "." -> {}
                case ".." -> {
                    if (parts.pollLast() == null) {
                        return Optional.empty();
                    }
                }
                default -> parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }
}
