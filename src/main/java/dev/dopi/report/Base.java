package dev.dopi.report;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The folder to which paths in SARIF and annotations are relative: whoever shows them takes them for paths in the
 * repository, and the folder that was analysed may be one of many in it.
 *
 * @param prefix from there to the folder that was analysed; empty, or with a slash at its end
 */
public record Base(Path folder, String prefix) {

    /** Returns the base {@code folder} of what was analysed in {@code root}; empty where {@code root} is not in it. */
    public static Optional<Base> of(Path folder, Path root) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = root.toAbsolutePath().normalize();
        if (!to.startsWith(from)) {
            return Optional.empty();
        }
        String prefix = StreamSupport.stream(from.relativize(to).spliterator(), false)
                .map(Path::toString)
                .filter(name -> !name.isEmpty())
                .map(name -> name + "/")
                .collect(Collectors.joining());
        return Optional.of(new Base(from, prefix));
    }

    /** Returns the base that is the folder that was analysed itself. */
    public static Base itself(Path root) {
        return new Base(root.toAbsolutePath().normalize(), "");
    }

    /** Returns {@code path}, which is relative to the folder that was analysed, from here. */
    public String path(String path) {
        return path.isEmpty() ? path : prefix + path;
    }
}
