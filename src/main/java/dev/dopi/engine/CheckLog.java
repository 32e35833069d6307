package dev.dopi.engine;

import dev.dopi.process.Command;
import dev.dopi.process.OutputLine;
import dev.dopi.process.Sanitizer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that a check's output is written to: all of it, but of a flood only the beginning.
 *
 * <p>Where it cannot be written the check goes on without. The newest sixty are kept.
 */
final class CheckLog implements AutoCloseable {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");
    private static final int KEPT = 60;
    private static final long MOST_CHARACTERS = 8_000_000;

    private final Path path;
    private @Nullable BufferedWriter writer;
    private long characters;

    private CheckLog(Path path, @Nullable BufferedWriter writer) {
        this.path = path;
        this.writer = writer;
    }

    /** Opens the log of a run that is known as {@code id}. */
    static CheckLog open(Path folder, String id, Command command) {
        String name = id.replaceAll("[^A-Za-z0-9_.-]+", "-");
        Path path = folder.resolve("%s-%s.log".formatted(NAME.format(LocalDateTime.now(ZoneId.systemDefault())), name));
        try {
            makePrivate(folder);
            prune(folder);
            var log = new CheckLog(path, Files.newBufferedWriter(path));
            log.write("$ cd " + command.folder());
            log.write("$ " + command.line());
            return log;
        } catch (IOException e) {
            return new CheckLog(path, null);
        }
    }

    /** Adds a line that the program printed; of a flood, the first eight million characters are kept. */
    void add(OutputLine line) {
        if (characters > MOST_CHARACTERS) {
            return;
        }
        characters += line.text().length() + 3L;
        if (characters > MOST_CHARACTERS) {
            write("[the program printed more than that; the rest was left out]");
            return;
        }
        String text = Sanitizer.plain(line.text());
        write(line.channel() == OutputLine.Channel.ERR ? "! " + text : "  " + text);
    }

    void write(String line) {
        if (writer == null) {
            return;
        }
        try {
            writer.write(line);
            writer.newLine();
        } catch (IOException e) {
            writer = null;
        }
    }

    /** Returns the file, where all could be written to it so far. */
    Optional<Path> path() {
        if (writer != null) {
            try {
                writer.flush();
            } catch (IOException e) {
                writer = null; // The disk is full: a file without the end is no log.
            }
        }
        return writer == null ? Optional.empty() : Optional.of(path);
    }

    @Override
    public void close() {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException e) {
            writer = null;
        }
    }

    /** What tests print may be secret: nobody else may read it. */
    private static void makePrivate(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && !Files.isDirectory(folder)) {
            var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, onlyOwner);
        } else {
            Files.createDirectories(folder);
        }
    }

    private static void prune(Path folder) throws IOException {
        try (var logs = Files.list(folder)) {
            for (Path old : logs.filter(each -> each.toString().endsWith(".log"))
                    .sorted(Comparator.reverseOrder())
                    .skip(KEPT)
                    .toList()) {
                Files.deleteIfExists(old);
            }
        }
    }
}
