package dev.dopi.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A process that dopi started, with all that came of it.
 *
 * <p>A process belongs to it when it descends from the first one. On Linux also when it is in that one's session, or
 * when it carries the mark that it inherited in its environment: so one that daemonized itself does not get away.
 */
final class ProcessTree {

    /** The variable that holds the mark. */
    static final String MARK = "DOPI_PROCESS";

    /** How long processes get to end by themselves once they were asked to. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration UNTIL_DEAD = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Path PROC = Path.of("/proc");

    private final Process root;
    private final byte[] mark;
    private volatile boolean ended;

    ProcessTree(Process root, String mark) {
        this.root = root;
        this.mark = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
    }

    static String newMark() {
        return UUID.randomUUID().toString();
    }

    /** Returns the words that start a program in a session of its own, away from the terminal, where there are such. */
    static List<String> ownSession() {
        return Programs.ofThisMachine()
                .find("setsid", Path.of("/"))
                .map(program -> List.of(program.toString()))
                .orElse(List.of());
    }

    Process root() {
        return root;
    }

    /** Returns whether all of it was ended. */
    boolean ended() {
        return ended;
    }

    /**
     * Asks every process to end, and ends those that have not within two seconds. An interrupt cuts the two seconds
     * short and stays set.
     */
    synchronized void end() {
        var asked = new HashSet<ProcessHandle>();
        long askedUntil = System.nanoTime() + GRACE.toNanos();
        long killedUntil = Long.MAX_VALUE;
        boolean interrupted = false;
        for (var alive = living(asked); !alive.isEmpty() && System.nanoTime() < killedUntil; alive = living(asked)) {
            boolean patient = !interrupted && System.nanoTime() < askedUntil;
            if (!patient && killedUntil == Long.MAX_VALUE) {
                killedUntil = System.nanoTime() + UNTIL_DEAD.toNanos();
            }
            for (ProcessHandle each : alive) {
                if (!patient) {
                    each.destroyForcibly();
                } else if (asked.add(each)) {
                    each.destroy();
                }
            }
            interrupted |= !paused();
        }
        ended = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the pause was long enough: an interrupt cuts it short and is used up. */
    private static boolean paused() {
        try {
            Thread.sleep(STEP);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Returns what lives of {@code known} and of all that belongs to this tree now. */
    private Set<ProcessHandle> living(Set<ProcessHandle> known) {
        var living = new HashSet<ProcessHandle>(known);
        living.add(root.toHandle());
        if (Files.isDirectory(PROC.resolve("self"))) {
            root.descendants().forEach(living::add);
            addMarked(living);
        } else {
            Set.copyOf(living).forEach(each -> each.descendants().forEach(living::add));
        }
        living.removeIf(each -> !each.isAlive() || isZombie(each.pid()));
        return living;
    }

    private void addMarked(Set<ProcessHandle> found) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                if (pid != ProcessHandle.current().pid() && (sessionOf(pid) == root.pid() || isMarked(entry))) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return; // What the descendants tell has to do.
        }
    }

    private boolean isMarked(Path entry) {
        try {
            return indexOf(Files.readAllBytes(entry.resolve("environ")), mark) >= 0;
        } catch (IOException e) {
            return false; // It is another user's, or has ended.
        }
    }

    /** Returns the state and what follows it in the process's {@code stat}, whose second field may hold anything. */
    private static Optional<String[]> stat(long pid) {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the process has ended and only its entry is left, until its parent looks at it. */
    static boolean isZombie(long pid) {
        return stat(pid).map(fields -> fields[0].equals("Z")).orElse(false);
    }

    private static long sessionOf(long pid) {
        return stat(pid).map(fields -> Long.parseLong(fields[3])).orElse(-1L);
    }

    private static int indexOf(byte[] text, byte[] part) {
        for (int i = 0; i + part.length <= text.length; i++) {
            int length = 0;
            while (length < part.length && text[i + length] == part[length]) {
                length++;
            }
            if (length == part.length) {
                return i;
            }
        }
        return -1;
    }
}
