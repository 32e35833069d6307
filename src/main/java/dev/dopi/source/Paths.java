package dev.dopi.source;

import java.util.ArrayDeque;
import java.util.Optional;

/** Paths relative to the project's root, {@code /}-separated; the root itself is the empty one. */
public final class Paths {

    private Paths() {}

    /** Returns the folder of {@code path}, empty for the root. */
    public static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Returns the last part of {@code path}. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the path of {@code name} in {@code folder}; with an empty name, what all paths in it begin with. */
    public static String in(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** Returns whether {@code path} is somewhere below {@code folder}. */
    public static boolean isUnder(String folder, String path) {
        return path.startsWith(in(folder, ""));
    }

    /** Returns {@code relative} as seen from {@code folder}, or empty where it leaves the project. */
    public static Optional<String> join(String folder, String relative) {
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
