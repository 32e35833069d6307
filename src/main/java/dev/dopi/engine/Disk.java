package dev.dopi.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The few ways in which dopi changes a disk.
 *
 * <p>A file is replaced whole or not at all, and what a method did is still done after a power failure once it returned.
 */
final class Disk {

    /** Called before each change, so that a test can make any of them fail. */
    @FunctionalInterface
    interface Seam {
        void reach(Path path) throws IOException;
    }

    private static final boolean FOLDERS_SYNC =
            !System.getProperty("os.name", "").startsWith("Windows");

    private final Seam seam;
    private final boolean durable;

    Disk() {
        this(_ -> {}, true);
    }

    /**
     * @param durable whether to wait until what was done would survive a power failure; a test that ends no machine
     *     does without
     */
    Disk(Seam seam, boolean durable) {
        this.seam = seam;
        this.durable = durable;
    }

    static Content read(Path file) throws IOException {
        try {
            return Content.of(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return Content.ABSENT;
        }
    }

    /**
     * Makes {@code file} hold {@code content}, by a temporary file beside it whose name starts with {@code prefix}.
     * Owner and permissions stay those of the file that is there; {@code mode} holds where there is none.
     */
    void replace(Path file, Content content, String prefix, String mode) throws IOException {
        Path folder = parent(file);
        Path temporary = folder.resolve(prefix + random() + ".tmp");
        seam.reach(file);
        try {
            write(temporary, content);
            if (Files.exists(file)) {
                FileLook.of(file).giveTo(temporary);
            } else {
                FileLook.giveMode(mode, temporary);
            }
            sync(temporary);
            seam.reach(file);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteAfter(e, temporary);
            throw e;
        }
        seam.reach(file);
        syncFolder(folder);
    }

    /** Writes a file that nobody looks at yet. It survives a power failure once its folder is synchronised too. */
    void create(Path file, Content content) throws IOException {
        seam.reach(file);
        Files.deleteIfExists(file);
        write(file, content);
        sync(file);
    }

    void delete(Path file) throws IOException {
        seam.reach(file);
        Files.deleteIfExists(file);
        syncFolder(parent(file));
    }

    /** Deletes a file that may come back after a power failure. */
    void discard(Path file) throws IOException {
        seam.reach(file);
        Files.deleteIfExists(file);
    }

    /** Makes {@code folder} and what is missing above it, with the permissions that new folders get. */
    void makeFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path each = folder; !Files.isDirectory(each); each = parent(each)) {
            missing.push(each);
        }
        for (Path each : missing) {
            seam.reach(each);
            try {
                Files.createDirectory(each);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(each)) {
                    throw e;
                }
            }
            syncFolder(parent(each));
        }
    }

    /** Removes {@code folder} unless something is in it, it is gone, or a symbolic link leads to it. */
    void removeIfEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !folder.toRealPath().equals(folder)) {
            return;
        }
        seam.reach(folder);
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException _) {
            return;
        }
        syncFolder(parent(folder));
    }

    /** Deletes the files in {@code folder} whose names start with {@code prefix} and end as temporary files do. */
    void sweep(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var left = Files.newDirectoryStream(folder, prefix + "*.tmp")) {
            for (Path each : left) {
                discard(each);
            }
        }
    }

    /** Makes the names in {@code folder} survive a power failure; not every system lets a folder be opened for it. */
    void syncFolder(Path folder) throws IOException {
        if (durable && FOLDERS_SYNC) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    static Path parent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new NoSuchFileException(path.toString());
        }
        return parent;
    }

    private static void write(Path file, Content content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private void sync(Path file) throws IOException {
        if (durable) {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    private static void deleteAfter(IOException failure, Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
