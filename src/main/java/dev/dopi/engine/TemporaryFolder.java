package dev.dopi.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A folder of this run in the system's temporary one, gone when it is closed.
 *
 * <p>What a run left that was killed goes when the next folder is made: one of this user's with a lock file that no
 * process holds. A folder without such a file is never touched.
 */
final class TemporaryFolder implements AutoCloseable {

    private static final String LOCK = ".dopi-lock";

    /** How old a lock file must be before it counts as forgotten: one is made a moment before it is locked. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path path;
    private final ProcessLock lock;

    private TemporaryFolder(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes an empty folder whose name tells what {@code kind} it is of. */
    static TemporaryFolder make(String kind) throws IOException {
        Path path = Files.createTempDirectory("dopi-" + kind + "-").toRealPath();
        Optional<ProcessLock> lock = ProcessLock.take(path.resolve(LOCK));
        if (lock.isEmpty()) {
            throw new IOException(path + " was taken by another process");
        }
        removeForgotten(Disk.parent(path), Files.getOwner(path));
        return new TemporaryFolder(path, lock.get());
    }

    /** Returns the folder, with every symbolic link on the way to it followed. */
    Path path() {
        return path;
    }

    @Override
    public void close() {
        lock.close(); // Where a file that is open cannot be deleted, it must not be open.
        Leftovers.delete(path);
    }

    private static void removeForgotten(Path folder, UserPrincipal owner) {
        try (var found = Files.newDirectoryStream(folder, "dopi-{check,copy}-*")) {
            for (Path each : found) {
                if (isForgotten(each, owner)) {
                    Leftovers.delete(each);
                }
            }
        } catch (IOException e) {
            // What cannot be listed stays; the system clears its temporary folder in the end.
        }
    }

    private static boolean isForgotten(Path folder, UserPrincipal owner) {
        Path file = folder.resolve(LOCK);
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)
                    || Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(YOUNG))) {
                return false;
            }
            Optional<ProcessLock> taken = ProcessLock.take(file);
            taken.ifPresent(ProcessLock::close);
            return taken.isPresent();
        } catch (IOException e) {
            return false; // It went meanwhile, or is not this user's to look at.
        }
    }
}
