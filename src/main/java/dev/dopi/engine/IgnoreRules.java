package dev.dopi.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
        Optional<GitFolder> git = GitFolder.around(root);
        if (git.isEmpty()) {
            return own;
        }
        Path top = git.get().top();
        var rules = new IgnoreRules(top, read(git.get().common().resolve("info").resolve("exclude")), Optional.empty());
        for (Path folder : between(top, root)) {
            // Whoever opens a folder that git ignores wants to see what is in it.
            if (!folder.equals(top) && rules.ignores(folder, true)) {
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
            node.parse(file.toString(), new ByteArrayInputStream(GitFolder.bytes(file, LIMIT)));
        } catch (IOException _) {
            // Memory does not fail; a line that is no pattern is skipped by the parser, as git does.
            return new IgnoreNode();
        }
        return node;
    }
}
