package dev.dopi.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * What git ignores in one folder: the folder's own {@code .gitignore} before those above it, up to the repository's top,
 * and {@code .git/info/exclude} last.
 *
 * <p>A folder that is ignored is never entered, so nothing below it is asked about.
 *
 * @param folder the folder that {@code rules} are about
 * @param rules the rules that stand there
 * @param outer the rules of the folder above
 */
record IgnoreRules(Path folder, IgnoreNode rules, Optional<IgnoreRules> outer) {

    private static final String FILE = ".gitignore";
    /** Larger ignore files are no one's. */
    private static final int LIMIT = 1 << 20;

    /** Returns the rules for {@code root}, which may lie deep in a repository or in none. */
    static IgnoreRules forRoot(Path root) {
        var own = new IgnoreRules(root, read(root.resolve(FILE)), Optional.empty());
        Optional<Path> top = repository(root);
        if (top.isEmpty()) {
            return own;
        }
        var rules = new IgnoreRules(
                top.get(), read(metadata(top.get()).resolve("info").resolve("exclude")), Optional.empty());
        for (Path folder : between(top.get(), root)) {
            // Whoever opens a folder that git ignores wants to see what is in it.
            if (!folder.equals(top.get()) && rules.ignores(folder, true)) {
                return own;
            }
            rules = new IgnoreRules(folder, read(folder.resolve(FILE)), Optional.of(rules));
        }
        return rules;
    }

    /** Returns the rules for {@code child}, a folder in this one that has an ignore file of its own. */
    IgnoreRules within(Path child) {
        return new IgnoreRules(child, read(child.resolve(FILE)), Optional.of(this));
    }

    boolean ignores(Path entry, boolean isFolder) {
        Boolean verdict = rules.getRules().isEmpty() ? null : rules.checkIgnored(below(entry), isFolder);
        return verdict != null
                ? verdict
                : outer.map(above -> above.ignores(entry, isFolder)).orElse(false);
    }

    /** Returns the path from this folder to {@code entry} as the rules want it: with a slash before it. */
    private String below(Path entry) {
        return entry.toString()
                .substring(folder.getParent() == null ? 0 : folder.toString().length());
    }

    static boolean isIgnoreFile(String name) {
        return name.equals(FILE);
    }

    private static Optional<Path> repository(Path root) {
        for (Path at = root; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** Returns where git keeps what all work trees of the repository share; in a linked one {@code .git} is a file. */
    private static Path metadata(Path top) {
        Path git = top.resolve(".git");
        if (Files.isDirectory(git)) {
            return git;
        }
        Path own = firstLine(git)
                .filter(line -> line.startsWith("gitdir: "))
                .map(line -> top.resolve(line.substring("gitdir: ".length())))
                .orElse(git);
        return firstLine(own.resolve("commondir")).map(own::resolve).orElse(own);
    }

    private static Optional<String> firstLine(Path file) {
        return new String(bytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .filter(line -> line.indexOf('\0') < 0);
    }

    private static List<Path> between(Path top, Path root) {
        var folders = new ArrayList<Path>();
        for (Path at = root; at != null && at.startsWith(top); at = at.getParent()) {
            folders.add(at);
        }
        Collections.reverse(folders);
        return folders;
    }

    private static IgnoreNode read(Path file) {
        var node = new IgnoreNode();
        try {
            node.parse(file.toString(), new ByteArrayInputStream(bytes(file)));
        } catch (IOException _) {
            // Memory does not fail; a line that is no pattern is skipped by the parser, as git does.
            return new IgnoreNode();
        }
        return node;
    }

    /** Returns the content of an ordinary file; nothing where it is anything else, or out of reach: git goes on, too. */
    private static byte[] bytes(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LIMIT);
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
