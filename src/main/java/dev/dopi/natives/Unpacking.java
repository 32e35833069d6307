package dev.dopi.natives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Puts contents into files below a folder, each in a folder that is named for the content's SHA-256.
 *
 * <p>A file appears whole or not at all, whoever else unpacks at the same time; one that is there and is not what it
 * should be is replaced.
 */
record Unpacking(Path base) {

    /** Returns the folder in which {@code name} now stands with {@code content}. */
    Path of(String name, byte[] content) throws IOException {
        Path folder = base.resolve(sha256(content));
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)) {
            return folder;
        }
        Path parent = Files.createDirectories(file.resolve("..").normalize());
        Path unfinished = Files.createTempFile(parent, ".", ".tmp");
        try {
            write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return folder;
    }

    /** As {@link #of}, for this process alone, in a folder of its own below {@code temporary} that goes with it. */
    static Path passing(Path temporary, String name, byte[] content) throws IOException {
        Path at = Files.createTempDirectory(temporary, "dopi-natives-");
        Path folder = at;
        at.toFile().deleteOnExit();
        for (Path step : Path.of(name)) {
            at = at.resolve(step);
            // The last registered goes first, so a folder is empty when its turn comes.
            at.toFile().deleteOnExit();
            Files.createDirectories(at.resolve("..").normalize());
        }
        write(at, content);
        return folder;
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            // Before the name is there: after a power cut a file of the right name has the right content.
            channel.force(true);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
