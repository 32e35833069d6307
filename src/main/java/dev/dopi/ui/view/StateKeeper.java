package dev.dopi.ui.view;

import dev.dopi.engine.ProjectException;
import dev.dopi.engine.StateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps an unfinished session in the project's state folder, in a file that is replaced whole. */
public final class StateKeeper implements Keeper {

    private static final long SECONDS_TO_END = 5;

    private final Path file;
    private final SessionClaim claim;
    private final Optional<Unfinished> earlier;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("keeper").factory());
    private final AtomicReference<Optional<Unfinished>> newest = new AtomicReference<>(Optional.empty());

    private StateKeeper(Path file, SessionClaim claim, Optional<Unfinished> earlier) {
        this.file = file;
        this.claim = claim;
        this.earlier = earlier;
    }

    /** Returns the keeper for the project in {@code root}; one that keeps nothing where there is no state folder. */
    public static Keeper of(Path root) {
        try {
            return in(StateFolder.of(root).path());
        } catch (ProjectException | IOException _) {
            // Nothing can be kept there, and everything else works.
            return NONE;
        }
    }

    /** Returns the keeper that keeps in {@code folder}. */
    public static Keeper in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = file(folder);
        return new StateKeeper(file, SessionClaim.take(folder.resolve("session.lock")), UnfinishedJson.read(file));
    }

    /** Returns what is unfinished in the project in {@code root}, without claiming it. */
    public static Optional<Unfinished> peek(Path root) {
        try {
            return UnfinishedJson.read(file(StateFolder.of(root).path()));
        } catch (ProjectException _) {
            return Optional.empty();
        }
    }

    private static Path file(Path folder) {
        return folder.resolve("session.json");
    }

    @Override
    public Optional<Unfinished> earlier() {
        return keeps() ? earlier : Optional.empty();
    }

    @Override
    public Optional<String> elsewhere() {
        return claim.elsewhere();
    }

    @Override
    public boolean keeps() {
        return claim.elsewhere().isEmpty();
    }

    @Override
    public void keep(Unfinished now) {
        newest.set(Optional.of(now));
        write();
    }

    @Override
    public void drop() {
        newest.set(Optional.empty());
        write();
    }

    private void write() {
        if (keeps()) {
            try {
                writer.execute(this::writeNewest);
            } catch (RejectedExecutionException _) {
                // The program is being ended, and what came before is kept.
            }
        }
    }

    private void writeNewest() {
        Optional<Unfinished> wanted = newest.get();
        try {
            if (wanted.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Path fresh = file.resolveSibling("session.json.new");
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                channel.write(UnfinishedJson.bytes(wanted.get()));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException _) {
            // What cannot be kept is only asked again; the next decision tries once more.
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        claim.close();
    }
}
