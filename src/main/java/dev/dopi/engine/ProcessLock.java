package dev.dopi.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A right that at most one process has, as to write one project; the system takes it back when the process dies. */
final class ProcessLock implements AutoCloseable {

    /**
     * The locks that this process has. A second session must not even open the file: POSIX takes a lock back as soon as
     * its process closes the file once, whoever in it has the lock.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Returns the lock, or empty while another dopi, or another session of this one, has it. */
    static Optional<ProcessLock> take(Path file) throws IOException {
        Path real = Disk.parent(file).toRealPath().resolve(file.getFileName());
        if (!OWN.add(real)) {
            return Optional.empty();
        }
        Optional<ProcessLock> lock = Optional.empty();
        try {
            lock = lock(real);
        } finally {
            if (lock.isEmpty()) {
                OWN.remove(real);
            }
        }
        return lock;
    }

    private static Optional<ProcessLock> lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new ProcessLock(file, channel));
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // Nothing is written through it, and the lock ends with the process at the latest.
        } finally {
            OWN.remove(file);
        }
    }
}
