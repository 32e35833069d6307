package dev.dopi.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A git repository as files. It is never asked by running git: the settings of a repository may name programs that git runs.
 *
 * @param top the work tree's top folder
 * @param own where git keeps what is of this work tree alone
 */
record GitFolder(Path top, Path own) {

    /** Returns the repository in which {@code root} lies. */
    static Optional<GitFolder> around(Path root) {
        for (Path at = root; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                Path top = at;
                // In a linked work tree it is a file.
                Path own = Files.isDirectory(git)
                        ? git
                        : firstLine(git)
                                .filter(line -> line.startsWith("gitdir: "))
                                .map(line -> top.resolve(line.substring("gitdir: ".length())))
                                .orElse(git);
                return Optional.of(new GitFolder(top, own));
            }
        }
        return Optional.empty();
    }

    /** Returns where git keeps what all work trees of the repository share. */
    Path common() {
        return firstLine(own.resolve("commondir")).map(own::resolve).orElse(own);
    }

    private static Optional<String> firstLine(Path file) {
        return new String(bytes(file, 1 << 12), StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .filter(line -> line.indexOf('\0') < 0);
    }

    /** Returns the content of an ordinary file; nothing where it is anything else, longer, or out of reach. */
    static byte[] bytes(Path file, int limit) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length > limit ? new byte[0] : bytes;
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
