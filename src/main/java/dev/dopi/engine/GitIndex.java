package dev.dopi.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What git has of the files of a work tree, by the index ({@code .git/index}, versions 2 to 4, of a repository with SHA-1).
 *
 * @param blobs the hash of each file's content in hexadecimal digits, by its path from the work tree's top; empty for a
 *     path that is in conflict
 * @see <a href="https://git-scm.com/docs/index-format">The format of the index</a>
 */
record GitIndex(Map<String, String> blobs) {

    private static final int LARGEST = 64 << 20;
    private static final int SIGNATURE = 0x44495243;
    /** What stands before an entry's hash: times, device, inode, mode, owner and size. */
    private static final int BEFORE_HASH = 40;

    private static final int HASH = 20;
    private static final int EXTENDED = 0x4000;
    private static final int STAGE = 0x3000;

    /**
     * Returns those of {@code paths}, relative to {@code root}, whose content on disk git does not have: changed since they
     * were added, or never added. Empty outside of git, and where the index is of a kind that is not known here.
     */
    static Set<String> changed(Path root, Collection<String> paths) throws ProjectException {
        Optional<GitFolder> git = GitFolder.around(root);
        Optional<GitIndex> index =
                git.flatMap(folder -> read(GitFolder.bytes(folder.own().resolve("index"), LARGEST)));
        var changed = new LinkedHashSet<String>();
        if (index.isPresent()) {
            for (String path : paths) {
                Target target = Target.of(root, path);
                String name =
                        git.get().top().relativize(target.file()).toString().replace('\\', '/');
                if (target.exists() && !index.get().has(name, target.read().bytes())) {
                    changed.add(path);
                }
            }
        }
        return changed;
    }

    private boolean has(String name, byte[] content) {
        String blob = blobs.getOrDefault(name, "");
        return blob.equals(hash(content)) || blob.equals(hash(withoutReturns(content)));
    }

    /** Returns the content as git keeps it where it makes line ends its own. */
    private static byte[] withoutReturns(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hash(byte[] content) {
        byte[] header = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(sha1(header, content));
    }

    private static byte[] sha1(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            Arrays.stream(parts).forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** Reads an index; empty where it is none, is broken, or keeps its entries elsewhere. */
    static Optional<GitIndex> read(byte[] bytes) {
        if (bytes.length < 12 + HASH || !isWhole(bytes)) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, bytes.length - HASH);
        int signature = buffer.getInt();
        int version = buffer.getInt();
        int entries = buffer.getInt();
        if (signature != SIGNATURE || version < 2 || version > 4 || entries < 0) {
            return Optional.empty();
        }
        try {
            var blobs = new HashMap<String, String>();
            byte[] name = new byte[0];
            for (int i = 0; i < entries; i++) {
                int start = buffer.position();
                byte[] hash = new byte[HASH];
                buffer.position(start + BEFORE_HASH).get(hash);
                int flags = buffer.getShort();
                if ((flags & EXTENDED) != 0) {
                    buffer.getShort();
                }
                name = version == 4 ? shortened(buffer, name) : terminated(buffer);
                if (version < 4) {
                    buffer.position(start + (buffer.position() - start + 7) / 8 * 8);
                }
                blobs.put(
                        new String(name, StandardCharsets.UTF_8),
                        (flags & STAGE) == 0 ? HexFormat.of().formatHex(hash) : "");
            }
            // "link": this index is what changed since another.
            return isLink(buffer) ? Optional.empty() : Optional.of(new GitIndex(blobs));
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether the bytes end with their own hash, or with none, as {@code index.skipHash} has it. */
    private static boolean isWhole(byte[] bytes) {
        byte[] told = Arrays.copyOfRange(bytes, bytes.length - HASH, bytes.length);
        return Arrays.equals(told, new byte[HASH])
                || Arrays.equals(told, sha1(Arrays.copyOf(bytes, bytes.length - HASH)));
    }

    private static boolean isLink(ByteBuffer buffer) {
        while (buffer.remaining() >= 8) {
            int extension = buffer.getInt();
            int length = buffer.getInt();
            if (extension == 0x6c696e6b) {
                return true;
            }
            buffer.position(buffer.position() + length);
        }
        return false;
    }

    private static byte[] terminated(ByteBuffer buffer) {
        int start = buffer.position();
        int length = 0;
        while (buffer.get() != 0) {
            length++;
        }
        byte[] name = new byte[length];
        buffer.get(start, name);
        return name;
    }

    /** Reads a name that says how much of the end of the one before goes, and what comes in its place. */
    private static byte[] shortened(ByteBuffer buffer, byte[] before) {
        int part = buffer.get() & 0xff;
        int gone = part & 0x7f;
        while ((part & 0x80) != 0) {
            part = buffer.get() & 0xff;
            gone = (gone + 1 << 7) + (part & 0x7f);
        }
        byte[] end = terminated(buffer);
        byte[] name = Arrays.copyOf(before, before.length - gone + end.length);
        System.arraycopy(end, 0, name, before.length - gone, end.length);
        return name;
    }
}
