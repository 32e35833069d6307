package dev.dopi.workerd;

import dev.dopi.process.Command;
import dev.dopi.process.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Installed packages to run projects with in workerd.
 *
 * <p>Each set is installed once, into {@code .cache/workerd}, and kept for later runs. A project that stands in {@code
 * fx/NAME} beside the set's {@code node_modules} uses these, as node looks upwards.
 */
public final class NodeModules {
    /** What a project that is made today has; the test package's own wrangler, so that workerd is there once. */
    public static final NodeModules CURRENT = new NodeModules(Map.of(
            "@cloudflare/vitest-plugin", "1.5.0",
            "vitest", "4.1.12",
            "wrangler", "4.156.2",
            "typescript", "5.9.3",
            "@types/node", "24.10.1"));

    /** The test package's old name and form, which many projects still have. */
    public static final NodeModules OLDER = new NodeModules(Map.of(
            "@cloudflare/vitest-pool-workers", "0.12.21",
            "vitest", "3.2.4",
            "wrangler", "4.72.0",
            "typescript", "5.9.3"));

    /** The last wrangler of the third line. */
    public static final NodeModules WRANGLER_3 = new NodeModules(Map.of("wrangler", "3.114.17"));

    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final Map<String, String> versions;

    private NodeModules(Map<String, String> versions) {
        this.versions = new TreeMap<>(versions);
    }

    /** Returns the folder that holds the set's {@code node_modules}, and installs them when that was not done yet. */
    public synchronized Path folder() {
        Path folder = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve(Path.of(".cache", "workerd", "%08x".formatted(versions.hashCode())));
        try {
            Files.createDirectories(folder);
            Path done = folder.resolve("installed");
            try (var channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(done)) {
                    install(folder);
                    Files.createFile(done);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the project at {@code source} to {@code fx/NAME}, in the place of what was there, and returns that. */
    public Path project(String name, Path source) {
        Path target = emptyProject(name);
        try (var files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    /** Makes an empty folder {@code fx/NAME}, in the place of what was there, and returns it. */
    public Path emptyProject(String name) {
        Path target = folder().resolve("fx").resolve(name);
        try {
            if (Files.exists(target)) {
                Files.walkFileTree(target, new Deletion());
            }
            return Files.createDirectories(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes an empty folder {@code fx/NAME} that has {@code wanted} of its own, such as {@code partyserver@0.5.4}: projects
     * in it find these first, then the set. What they ask of other packages is not looked at.
     */
    public Path emptyProject(String name, String wanted) throws IOException {
        Path target = emptyProject(name);
        Files.writeString(target.resolve("package.json"), "{ \"private\": true }\n");
        run(target, "npm", "install", wanted, "--legacy-peer-deps", "--prefer-offline", "--no-audit", "--no-fund");
        return target;
    }

    /** Has wrangler write the types of {@code project}'s runtime and bindings, which its tsconfig.json asks for. */
    public void writeTypes(Path project) {
        run(project, "../../node_modules/.bin/wrangler", "types");
    }

    private void install(Path folder) throws IOException {
        var wanted = new ArrayList<String>();
        versions.forEach((name, version) -> wanted.add("\"%s\": \"%s\"".formatted(name, version)));
        Files.writeString(
                folder.resolve("package.json"),
                "{ \"private\": true, \"dependencies\": { %s } }%n".formatted(String.join(", ", wanted)));
        run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");
    }

    private static void run(Path folder, String... words) {
        var quiet = Map.of("CI", "1", "WRANGLER_SEND_METRICS", "false", "WRANGLER_HIDE_BANNER", "true");
        var command = new Command(List.of(words), folder, quiet, Set.of(), LIMIT);
        var printed = new ArrayList<String>();
        try {
            Outcome outcome = command.run(line -> printed.add(line.text()));
            if (!(outcome instanceof Outcome.Exited exited) || exited.status() != 0) {
                throw new IllegalStateException(
                        "%s: %s%n%s".formatted(command.line(), outcome, String.join("\n", printed)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command.line() + " was interrupted", e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
