package dev.dopi.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A copy of the project in a temporary folder, with other contents in some files; gone when it is closed.
 *
 * <p>Installed packages are linked, not copied. What lies beside and above the project, as in a monorepo, is linked
 * too, so that the same paths lead to the same things. The project itself is only read.
 */
final class ProjectCopy implements AutoCloseable {

    private static final long MOST_BYTES = 400L * 1024 * 1024;
    private static final int MOST_FILES = 60_000;
    private static final int MOST_LEVELS = 5;
    private static final Set<String> LEFT_OUT = Set.of(".git", ".wrangler", ".turbo", ".nx", ".vite", "coverage");

    private final TemporaryFolder temporary;
    private final Path root;
    private final Path copy;

    private ProjectCopy(TemporaryFolder temporary, Path root, Path copy) {
        this.temporary = temporary;
        this.root = root;
        this.copy = copy;
    }

    /**
     * Copies the project at {@code root}.
     *
     * @param contents what files hold there, by their path relative to the root; an absent content is no file
     * @throws IOException when the project is too large to be copied, or the temporary folder has no room
     */
    static ProjectCopy of(Path root, Map<String, Content> contents) throws IOException {
        var temporary = TemporaryFolder.make("copy");
        try {
            Path real = root.toRealPath();
            var made = new ProjectCopy(temporary, real, mirror(real, temporary.path().resolve("project")));
            Files.walkFileTree(real, new Copying(real, made.copy));
            for (var each : contents.entrySet()) {
                made.put(each.getKey(), each.getValue());
            }
            return made;
        } catch (IOException e) {
            temporary.close();
            throw e;
        }
    }

    /** Returns where in the copy {@code original} stands, a folder of the project. */
    Path at(Path original) throws IOException {
        return copy.resolve(root.relativize(original.toRealPath()));
    }

    Path root() {
        return copy;
    }

    private void put(String file, Content content) throws IOException {
        Path target = copy.resolve(file);
        if (content.absent()) {
            Files.deleteIfExists(target);
        } else {
            Files.createDirectories(Disk.parent(target));
            Files.write(target, content.bytes());
        }
    }

    /** Makes the folders that lead to the copy, with links to all that stands in the originals. */
    private static Path mirror(Path root, Path target) throws IOException {
        Path original = top(root);
        Path made = Files.createDirectories(target);
        for (Path name : original.relativize(root)) {
            if (name.toString().isEmpty()) {
                break;
            }
            try (var entries = Files.newDirectoryStream(original)) {
                for (Path each : entries) {
                    if (!each.getFileName().equals(name) && !each.endsWith(".git")) {
                        Files.createSymbolicLink(made.resolve(each.getFileName()), each);
                    }
                }
            }
            original = original.resolve(name);
            made = Files.createDirectory(made.resolve(name));
        }
        return made;
    }

    /** Returns the folder from which on the surroundings matter: the farthest one that belongs to the same packages. */
    private static Path top(Path root) {
        Path top = root;
        Optional<Path> at = Optional.ofNullable(root.getParent());
        for (int i = 0; i < MOST_LEVELS && at.isPresent() && at.get().getParent() != null; i++) {
            Path folder = at.get();
            if (Files.isRegularFile(folder.resolve("package.json"))
                    || Files.isDirectory(folder.resolve("node_modules"))
                    || Files.exists(folder.resolve("pnpm-workspace.yaml"))) {
                top = folder;
            }
            at = Optional.ofNullable(folder.getParent());
        }
        return top;
    }

    @Override
    public void close() {
        temporary.close();
    }

    private static final class Copying extends SimpleFileVisitor<Path> {

        private final Path from;
        private final Path to;
        private long bytes;
        private int files;

        Copying(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Path name = folder.getFileName();
            if (!folder.equals(from) && name != null && LEFT_OUT.contains(name.toString())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Path target = to.resolve(from.relativize(folder));
            if (folder.endsWith("node_modules")) {
                Files.createSymbolicLink(target, folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path target = to.resolve(from.relativize(file));
            if (attributes.isSymbolicLink()) {
                Path meant = Files.readSymbolicLink(file);
                boolean stays = !meant.isAbsolute()
                        && Disk.parent(file).resolve(meant).normalize().startsWith(from);
                Files.createSymbolicLink(
                        target, stays ? meant : Disk.parent(file).resolve(meant));
            } else if (attributes.isRegularFile()) {
                bytes += attributes.size();
                if (bytes > MOST_BYTES || ++files > MOST_FILES) {
                    throw new IOException("the project is too large to be copied");
                }
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) {
            return FileVisitResult.CONTINUE; // What dopi may not read, the project's programs hardly need.
        }
    }
}
