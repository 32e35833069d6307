package dev.dopi.engine;

import dev.dopi.process.Command;
import dev.dopi.process.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a check leaves in the project.
 *
 * <p>Of that, only what wrangler and tsc are known to leave, and what was not there before, is deleted; of a folder that git
 * ignores, only an empty one. Anything else may be the user's own work of that minute. It is told instead.
 */
final class Leftovers {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String BUILD_INFO = ".tsbuildinfo";

    private final Path root;
    private final List<Path> watched;
    private final Optional<Set<String>> before;
    private final Set<Path> standing;

    private Leftovers(Path root, List<Path> watched, Optional<Set<String>> before, Set<Path> standing) {
        this.root = root;
        this.watched = watched;
        this.before = before;
        this.standing = standing;
    }

    /** Looks at the project before a check runs in {@code folder}. */
    static Leftovers before(Path root, Path folder) throws InterruptedException {
        var watched = List.of(folder, root);
        return new Leftovers(root, watched, changes(root), temporary(watched));
    }

    /** Deletes what the check left, and returns what else changed meanwhile, as git names it. */
    List<String> clean() throws InterruptedException {
        for (Path each : temporary(watched)) {
            if (standing.contains(each)) {
                continue;
            }
            // A build record is a cache; what stands in a folder that git ignores may be another program's at work.
            if (each.toString().endsWith(BUILD_INFO) || !isIgnored(each)) {
                delete(each);
            } else {
                deleteIfEmpty(each);
            }
            deleteAbove(each);
        }
        var others = new ArrayList<String>();
        Optional<Set<String>> after = changes(root);
        if (before.isPresent() && after.isPresent()) {
            for (String path : after.get()) {
                if (before.get().contains(path)) {
                    continue;
                }
                if (path.startsWith("? ") && path.endsWith(BUILD_INFO)) {
                    delete(root.resolve(path.substring(2)));
                } else {
                    others.add(path.substring(2));
                }
            }
        }
        return others;
    }

    /** Returns the temporary folders and build records that stand in {@code folders} now. */
    private static Set<Path> temporary(List<Path> folders) {
        var found = new TreeSet<Path>();
        for (Path folder : folders) {
            Path wrangler = folder.resolve(Path.of(".wrangler", "tmp"));
            if (Files.isDirectory(wrangler, LinkOption.NOFOLLOW_LINKS)) {
                found.add(wrangler);
            }
            try (var entries = Files.newDirectoryStream(folder, "*" + BUILD_INFO)) {
                entries.forEach(found::add);
            } catch (IOException e) {
                // What cannot be listed cannot be cleaned.
            }
        }
        return found;
    }

    private boolean isIgnored(Path path) throws InterruptedException {
        Outcome outcome = Command.of(root, LIMIT, "git", "check-ignore", "-q", path.toString())
                .run(line -> {});
        return outcome instanceof Outcome.Exited exited && exited.status() == 0;
    }

    /** Returns what git sees as new ({@code ? path}) or changed ({@code C path}); empty where there is no git. */
    private static Optional<Set<String>> changes(Path root) throws InterruptedException {
        var seen = new TreeSet<String>();
        Outcome outcome = Command.of(
                        root,
                        LIMIT,
                        "git",
                        "--no-optional-locks",
                        "-c",
                        "core.quotePath=false",
                        "ls-files",
                        "-t",
                        "--others",
                        "--modified",
                        "--exclude-standard")
                .run(line -> seen.add(line.text()));
        boolean known = outcome instanceof Outcome.Exited exited && exited.status() == 0;
        seen.removeIf(each -> each.length() < 3 || each.charAt(1) != ' ');
        return known ? Optional.of(seen) : Optional.empty();
    }

    /** Deletes the folder {@code .wrangler} that a temporary one stood in, if it holds nothing else. */
    private static void deleteAbove(Path temporary) {
        Path parent = temporary.getParent();
        if (parent != null && parent.endsWith(".wrangler")) {
            deleteIfEmpty(parent);
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.delete(folder);
        } catch (IOException e) {
            // It holds something, which stays.
        }
    }

    /** Deletes {@code path} and all in it, as far as that is possible, and follows no link. */
    static void delete(Path path) {
        try (var inside = Files.walk(path)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            // A file that cannot be deleted does no harm.
        }
    }
}
