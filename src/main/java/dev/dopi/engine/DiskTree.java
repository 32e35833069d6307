package dev.dopi.engine;

import dev.dopi.project.Diagnostic;
import dev.dopi.project.FileTree;
import dev.dopi.source.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The user's folder on the disk, as it was when it was opened.
 *
 * <p>Only ordinary files inside the folder are opened, so nothing hangs and nothing outside is read (but for installed
 * packages, which package managers like to link in from outside). A text that was read once stays as it was. Safe for
 * use by several threads.
 */
public final class DiskTree implements FileTree {

    private final Path root;
    private final List<String> paths;
    private final Set<String> listed;
    private final Set<String> plain;
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private final Map<String, Optional<SourceFile>> texts = new ConcurrentHashMap<>();

    /** The file that was looked at last: one question about it is seldom alone. */
    private record Looked(String path, Optional<String> bytes) {}

    private volatile Looked looked = new Looked("", Optional.empty());

    private DiskTree(Path root, DiskListing listing) {
        this.root = root;
        this.paths = List.copyOf(listing.paths());
        this.listed = new HashSet<>(paths);
        this.plain = listing.plain();
        this.diagnostics.addAll(listing.diagnostics());
    }

    /**
     * Lists the files of {@code root}.
     *
     * @throws ProjectException where that is no folder, or none that can be read
     */
    public static DiskTree open(Path root) throws ProjectException {
        Path real = folder(root);
        return new DiskTree(real, DiskListing.of(real));
    }

    /**
     * Returns where {@code root} really is, without listing it.
     *
     * @throws ProjectException where that is no folder, or none that can be read
     */
    public static Path folder(Path root) throws ProjectException {
        Path real;
        try {
            real = root.toRealPath();
        } catch (IOException e) {
            boolean there = e instanceof AccessDeniedException || Files.exists(root, LinkOption.NOFOLLOW_LINKS);
            throw unusable(
                    there
                            ? "The folder %s cannot be reached; give yourself the permission, or name another."
                            : "There is no folder %s; name the project's folder.",
                    root);
        }
        if (!Files.isDirectory(real)) {
            throw unusable("%s is not a folder; name the project's folder.", root);
        }
        if (!Files.isReadable(real) || !Files.isExecutable(real)) {
            throw unusable("The folder %s cannot be read; give yourself the permission, or name another.", root);
        }
        return real;
    }

    private static ProjectException unusable(String sentence, Path root) {
        return new ProjectException(ProjectException.Kind.USAGE, sentence.formatted(root));
    }

    /** Returns the folder itself, links in its own path resolved. */
    public Path root() {
        return root;
    }

    /**
     * Returns where {@code path} is on the disk, whether or not anything is there.
     *
     * @throws IllegalArgumentException where that is outside the root, be it through a symbolic link
     */
    public Path resolve(String path) {
        Path inside = lexically(path)
                .orElseThrow(() -> new IllegalArgumentException("outside the project's folder: " + path));
        for (Path at = inside; at != null; at = at.getParent()) {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                if (leavesRoot(at)) {
                    throw new IllegalArgumentException("a symbolic link leads out of the project's folder: " + path);
                }
                break;
            }
        }
        return inside;
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public Optional<SourceFile> read(String path) {
        return texts.computeIfAbsent(path, this::load);
    }

    @Override
    public boolean mentions(String path, String word) {
        Optional<SourceFile> known = texts.get(path);
        if (known != null && known.isPresent()) {
            return known.get().text().contains(word);
        }
        // On the bytes, without decoding them: the same answer, and the JDK searches them fast.
        String bytes = new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return bytes(path).map(content -> content.contains(bytes)).orElse(false);
    }

    @Override
    public Optional<String> bytes(String path) {
        Looked last = looked;
        if (!last.path().equals(path)) {
            last = new Looked(path, content(path).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)));
            looked = last;
        }
        return last.bytes();
    }

    @Override
    public boolean isListed(String path) {
        return listed.contains(path);
    }

    /** A link is not refused by the writer; it may lead to what another path leads to as well. */
    @Override
    public Optional<String> locked(String path) {
        Optional<Path> file = lexically(path);
        if (file.filter(Files::isSymbolicLink).isPresent()) {
            return Optional.of("it is a symbolic link");
        }
        try {
            return Target.of(root, path).locked();
        } catch (ProjectException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Diagnostic> diagnostics() {
        synchronized (diagnostics) {
            return new ArrayList<>(diagnostics);
        }
    }

    private void report(Diagnostic diagnostic) {
        synchronized (diagnostics) {
            diagnostics.add(diagnostic);
        }
    }

    private Optional<SourceFile> load(String path) {
        return content(path).flatMap(content -> decode(path, content));
    }

    private Optional<byte[]> content(String path) {
        Optional<Path> file = lexically(path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            var attributes = Files.readAttributes(file.get(), BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            if (!plain.contains(path) && !isInstalled(file.get()) && leavesRoot(file.get())) {
                report(DiskListing.leavesRoot(path));
                return Optional.empty();
            }
            if (attributes.size() > DiskListing.SIZE_LIMIT) {
                report(DiskListing.tooLarge(path, attributes.size()));
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file.get()));
        } catch (IOException e) {
            // Asking for a file that is not there is no event; that a listed one went, or a door is locked, is.
            if (listed.contains(path) || e instanceof AccessDeniedException) {
                report(DiskListing.unreadableFile(path, e));
            }
            return Optional.empty();
        }
    }

    private Optional<SourceFile> decode(String path, byte[] content) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length);
        if (decoder.decode(bytes, text, true).isError()) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += content[i] == '\n' ? 1 : 0;
            }
            report(Diagnostic.warning(
                    path, line, "not UTF-8 at byte %d, so it was not read".formatted(bytes.position() + 1)));
            return Optional.empty();
        }
        return Optional.of(new SourceFile(path, text.flip().toString()));
    }

    private boolean isInstalled(Path file) {
        for (Path step : root.relativize(file)) {
            if (step.toString().equals("node_modules")) {
                return true;
            }
        }
        return false;
    }

    private boolean leavesRoot(Path existing) {
        try {
            return !existing.toRealPath().startsWith(root);
        } catch (IOException _) {
            // A link that leads nowhere, or in circles: nowhere is not inside.
            return true;
        }
    }

    private Optional<Path> lexically(String path) {
        try {
            Path inside = root.resolve(path).normalize();
            return path.startsWith("/") || !inside.startsWith(root) ? Optional.empty() : Optional.of(inside);
        } catch (InvalidPathException _) {
            // A NUL, or a character that this terminal's encoding lacks: no file can be called that.
            return Optional.empty();
        }
    }
}
