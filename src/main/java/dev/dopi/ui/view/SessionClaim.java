package dev.dopi.ui.view;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has the guided session of a project open. The system takes the claim back when its process dies, however that
 * happens.
 */
final class SessionClaim implements AutoCloseable {

    /** POSIX takes a lock back as soon as its process closes the file once, so none is opened twice here. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final @Nullable FileChannel channel;
    private final Optional<String> elsewhere;

    private SessionClaim(Path file, @Nullable FileChannel channel, Optional<String> elsewhere) {
        this.file = file;
        this.channel = channel;
        this.elsewhere = elsewhere;
    }

    static SessionClaim take(Path file) throws IOException {
        if (!OWN.add(file)) {
            return new SessionClaim(file, null, Optional.of(sentence("this process")));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            OWN.remove(file);
            return new SessionClaim(file, null, Optional.of(sentence(holder(file))));
        }
        channel.truncate(0);
        String own = "process %d, since %s"
                .formatted(
                        ProcessHandle.current().pid(),
                        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MINUTES));
        channel.write(ByteBuffer.wrap(own.getBytes(StandardCharsets.UTF_8)));
        return new SessionClaim(file, channel, Optional.empty());
    }

    private static String holder(Path file) {
        try {
            String text = Files.readString(file);
            return text.matches("process \\d+, since [\\d:]+") ? text : "another process";
        } catch (IOException _) {
            return "another process";
        }
    }

    private static String sentence(String holder) {
        return "Another dopi session is open on this project (%s).".formatted(holder);
    }

    Optional<String> elsewhere() {
        return elsewhere;
    }

    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException _) {
            // The claim ends with the process at the latest.
        } finally {
            OWN.remove(file);
        }
    }
}
