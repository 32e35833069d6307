package dev.dopi.engine;

import static java.util.Objects.requireNonNull;

import dev.dopi.project.Diagnostic;
import dev.dopi.project.WranglerConfig;
import dev.dopi.source.Paths;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The walk through a project's folder that finds the user's own files.
 *
 * <p>It ends whatever is there: links to folders are not followed, so there are no loops, and the number of files is
 * bounded. What it leaves out for a reason that the user may not know becomes a diagnostic.
 */
final class DiskListing {

    /** What is larger is generated, or no text. */
    static final int SIZE_LIMIT = 2 << 20;

    private static final int FILE_LIMIT = 200_000;

    /** Never entered: not the user's own. */
    private static final Set<String> NEVER =
            Set.of("node_modules", ".git", ".wrangler", ".dopi", ".next", ".output", ".svelte-kit");
    /** Never entered either, but some people keep sources under these names. */
    private static final Set<String> BUILD_OUTPUT = Set.of("dist", "build", "coverage");
    /** Seen by the package manager's detection and read by no one, so their size does not matter. */
    private static final Set<String> LOCK_FILES =
            Set.of("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb");

    private static final Set<String> SOURCES = Set.of(
            "ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json", "jsonc", "toml", "sql", "vue", "svelte");

    /** A folder yet to be listed; {@code prefix} is what its entries' paths begin with. */
    private record Folder(Path path, String prefix, IgnoreRules rules) {}

    private final Path root;
    private final int fileLimit;
    private final List<String> paths = new ArrayList<>();
    private final Set<String> plain = new HashSet<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Deque<Folder> pending = new ArrayDeque<>();

    private DiskListing(Path root, int fileLimit) {
        this.root = root;
        this.fileLimit = fileLimit;
    }

    /** Lists what is below {@code root}, a real path. */
    static DiskListing of(Path root) {
        return of(root, FILE_LIMIT);
    }

    static DiskListing of(Path root, int fileLimit) {
        var listing = new DiskListing(root, fileLimit);
        listing.pending.push(new Folder(root, "", IgnoreRules.forRoot(root)));
        listing.walk();
        Collections.sort(listing.paths);
        return listing;
    }

    /** Returns the files' paths, relative to the root and in order. */
    List<String> paths() {
        return paths;
    }

    /** Returns those that were reached without following a link, and so lie in the root. */
    Set<String> plain() {
        return plain;
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    private void walk() {
        while (!pending.isEmpty()) {
            Folder folder = pending.pop();
            List<Path> entries = entries(folder);
            boolean ownRules = !folder.path().equals(root)
                    && entries.stream().anyMatch(entry -> IgnoreRules.isIgnoreFile(nameOf(entry)));
            IgnoreRules rules = ownRules ? folder.rules().within(folder.path()) : folder.rules();
            for (Path entry : entries) {
                if (paths.size() >= fileLimit) {
                    diagnostics.add(Diagnostic.error(
                            "",
                            0,
                            "more than %,d files, of which only as many were looked at; open dopi on the folder of one Worker"
                                    .formatted(fileLimit)));
                    return;
                }
                visit(entry, folder.prefix() + nameOf(entry), rules);
            }
        }
    }

    private List<Path> entries(Folder folder) {
        String path = folder.prefix().isEmpty()
                ? ""
                : folder.prefix().substring(0, folder.prefix().length() - 1);
        var entries = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(folder.path())) {
            stream.forEach(entries::add);
        } catch (IOException e) {
            unreadable(path, e);
        } catch (DirectoryIteratorException e) {
            unreadable(path, requireNonNull(e.getCause()));
        }
        Collections.sort(entries);
        return entries;
    }

    private void visit(Path entry, String path, IgnoreRules rules) {
        if (NEVER.contains(nameOf(entry))) {
            return;
        }
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            // Many keep it from git because of the ids in it; wrangler reads it all the same.
            boolean isConfig = attributes.isRegularFile() && WranglerConfig.NAMES.contains(nameOf(entry));
            if (!isConfig && rules.ignores(entry, attributes.isDirectory())) {
                return;
            }
            if (path.indexOf('\uFFFD') >= 0) {
                diagnostics.add(Diagnostic.warning(
                        path, 0, "its name is no text in this terminal's encoding, so it was not read; rename it"));
            } else if (attributes.isSymbolicLink()) {
                link(entry, path);
            } else if (attributes.isDirectory()) {
                folder(entry, path, rules);
            } else {
                file(path, attributes);
                plain.add(path);
            }
        } catch (IOException e) {
            unreadable(path, e);
        }
    }

    private void folder(Path entry, String path, IgnoreRules rules) {
        if (BUILD_OUTPUT.contains(nameOf(entry))) {
            diagnostics.add(Diagnostic.info(path, 0, "taken for build output because of its name, so it was not read"));
        } else {
            pending.push(new Folder(entry, path + "/", rules));
        }
    }

    private void file(String path, BasicFileAttributes attributes) {
        String name = Paths.name(path);
        if (!attributes.isRegularFile()) {
            diagnostics.add(Diagnostic.info(path, 0, "not an ordinary file, so it was not read"));
        } else if (attributes.size() <= SIZE_LIMIT || LOCK_FILES.contains(name)) {
            paths.add(path);
        } else if (SOURCES.contains(name.substring(name.lastIndexOf('.') + 1))) {
            diagnostics.add(tooLarge(path, attributes.size()));
        }
    }

    /** A link to an ordinary file in the project counts as that file; no other link is followed. */
    private void link(Path entry, String path) {
        Path target;
        try {
            target = entry.toRealPath();
        } catch (IOException e) {
            diagnostics.add(Diagnostic.info(
                    path, 0, "a symbolic link that leads nowhere (%s), so it was not read".formatted(reason(e))));
            return;
        }
        if (!target.startsWith(root)) {
            diagnostics.add(leavesRoot(path));
        } else if (Files.isDirectory(target)) {
            diagnostics.add(Diagnostic.info(path, 0, "a symbolic link to a folder, which is not followed"));
        } else {
            targetAttributes(target, path).ifPresent(attributes -> file(path, attributes));
        }
    }

    private Optional<BasicFileAttributes> targetAttributes(Path target, String path) {
        try {
            return Optional.of(Files.readAttributes(target, BasicFileAttributes.class));
        } catch (IOException e) {
            unreadable(path, e);
            return Optional.empty();
        }
    }

    private void unreadable(String path, IOException e) {
        diagnostics.add(unreadableFile(path, e));
    }

    static Diagnostic unreadableFile(String path, IOException e) {
        return Diagnostic.warning(path, 0, "cannot be read: %s".formatted(reason(e)));
    }

    static Diagnostic leavesRoot(String path) {
        return Diagnostic.warning(path, 0, "a symbolic link that leaves the project's folder, so it was not read");
    }

    static Diagnostic tooLarge(String path, long size) {
        return Diagnostic.info(
                path, 0, String.format(Locale.ROOT, "%.1f MB and not read: generated?", size / (1024.0 * 1024)));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "there is no such file";
            case FileSystemException failure when failure.getReason() != null -> failure.getReason();
            default -> e.getClass().getSimpleName();
        };
    }

    private static String nameOf(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
