package dev.dopi.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The file that a path in the project really means; always inside the project.
 *
 * @param path as it was asked for, relative to the root
 * @param file absolute, with every symbolic link followed, so that a link is kept and what it leads to is written
 * @param exists whether an ordinary file is there
 * @param missing the folders that have to be made for it, absolute, parents first
 */
record Target(String path, Path file, boolean exists, List<Path> missing) {

    /** Returns what {@code path} means under {@code root}, which is a real path. */
    static Target of(Path root, String path) throws ProjectException {
        Path asked = inside(root, path);
        try {
            Deque<Path> missing = new ArrayDeque<>();
            Path folder = Disk.parent(asked);
            while (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                missing.push(folder);
                folder = Disk.parent(folder);
            }
            Path real = folder.toRealPath();
            if (!real.startsWith(root)) {
                throw outside(path);
            }
            if (!Files.isDirectory(real)) {
                throw Refusal.cannotWrite(path, root.relativize(folder) + " is not a folder");
            }
            Path from = folder;
            List<Path> toMake = missing.stream()
                    .map(each -> real.resolve(from.relativize(each)))
                    .toList();
            return ofFile(root, path, real.resolve(from.relativize(asked)), toMake);
        } catch (IOException e) {
            throw Refusal.cannotWrite(path, Refusal.reason(e));
        }
    }

    private static Target ofFile(Path root, String path, Path file, List<Path> missing)
            throws IOException, ProjectException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Target(path, file, false, missing);
        }
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            throw outside(path);
        }
        if (!Files.isRegularFile(real)) {
            throw Refusal.cannotWrite(path, "it is not an ordinary file");
        }
        return new Target(path, real, true, missing);
    }

    /** Refuses what is {@link #locked}. */
    void requireWritable() throws ProjectException {
        Optional<String> why = locked();
        if (why.isPresent()) {
            throw Refusal.cannotWrite(path, why.get());
        }
    }

    /** Says of a file or folder that it is read-only, and does not use the super user's right to write there all the same. */
    Optional<String> locked() {
        try {
            if (exists && (FileLook.of(file).readOnly() || !Files.isWritable(file))) {
                return Optional.of("the file is read-only");
            }
            Path folder = Disk.parent(missing.isEmpty() ? file : missing.getFirst());
            return FileLook.of(folder).readOnly() || !Files.isWritable(folder)
                    ? Optional.of("its folder is read-only")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(Refusal.reason(e));
        }
    }

    Content read() throws ProjectException {
        try {
            return exists ? Disk.read(file) : Content.ABSENT;
        } catch (IOException e) {
            throw Refusal.because("%s cannot be read (%s); nothing was written.".formatted(path, Refusal.reason(e)));
        }
    }

    String mode() throws ProjectException {
        try {
            return exists ? FileLook.of(file).mode() : "";
        } catch (IOException e) {
            throw Refusal.because("%s cannot be read (%s); nothing was written.".formatted(path, Refusal.reason(e)));
        }
    }

    /** Returns {@code path} relative to {@code root} as the journal writes it. */
    static String relative(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static Path inside(Path root, String path) throws ProjectException {
        try {
            Path asked = root.resolve(path);
            if (asked.equals(asked.normalize()) && asked.startsWith(root) && !asked.equals(root)) {
                return asked;
            }
        } catch (InvalidPathException e) {
            throw Refusal.cannotWrite(path, e.getReason());
        }
        throw outside(path);
    }

    private static ProjectException outside(String path) {
        return Refusal.cannotWrite(path, "it lies outside the project");
    }
}
