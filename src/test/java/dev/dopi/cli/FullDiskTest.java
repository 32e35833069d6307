package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program on disks that are really full: small ones in memory, which only a name space of its own sees. Where
 * the system lets nobody but root have such, these tests are reported as aborted.
 */
@Tag("terminal")
@Timeout(120)
final class FullDiskTest {

    private static final String FULL = "No space left on device";

    /** Mounts the disk, and says {@code SUM} with the project's contents as one number. */
    private static final String START = """
            mount -t tmpfs -o size=3m tmpfs "$DISK" || exit 99
            fill() { dd if=/dev/zero of="$DISK/fill" bs=4k 2>/dev/null; }
            sum() { echo "SUM $(cd "$PROJECT"; find . -type f | sort | xargs cat | cksum)"; }
            dopi() { "$JAVA" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -Djava.io.tmpdir="$TMP" -cp "$CLASSES" dev.dopi.cli.Main "$@" 2>&1; echo "EXIT $?"; }
            """;

    private final Path work;

    FullDiskTest(@TempDir Path folder) throws Exception {
        work = folder.toRealPath();
        for (String each : List.of("disk", "tmp", "bin")) {
            Files.createDirectory(work.resolve(each));
        }
        Path project = work.resolve("project");
        new BundledSample().writeTo(project);
        program("bin/node", "echo v22.12.0");
        program(
                "bin/npm",
                "[ -z \"$FILLS\" ] || dd if=/dev/zero of=\"$DISK/fill\" bs=4k 2>/dev/null; echo the tests ran");
        program("project/node_modules/.bin/tsc", "exit 0");
        Files.createDirectories(project.resolve("node_modules/@cloudflare/vitest-plugin"));
    }

    @Test
    void withoutRoomForTheJournalNothingIsWritten() throws Exception {
        String said =
                run("sum; fill; dopi apply \"$PROJECT\" --yes --pattern sql-index; sum", work.resolve("disk/state"));
        assertTrue(
                said.contains("(" + FULL + "); nothing was changed. Make room there, then try again.\nEXIT 3"), said);
        assertEquals(1, sums(said).distinct().count(), said);
    }

    @Test
    void withoutRoomInTheProjectAllIsPutBack() throws Exception {
        String said = run("""
                cp -R "$PROJECT" "$DISK/project"; PROJECT=$DISK/project
                sum; fill; dopi apply "$PROJECT" --yes --pattern sql-index; rm "$DISK/fill"; sum
                """, work.resolve("state"));
        assertTrue(said.contains("(" + FULL + "); everything was put back as it was.\nEXIT 3"), said);
        assertEquals(1, sums(said).distinct().count(), said);
    }

    @Test
    void aDiskThatFillsWhileTheChecksRunLosesTheirRecordAndNoChange() throws Exception {
        String said = run("""
                sum; FILLS=yes; export FILLS
                dopi apply "$PROJECT" --yes --pattern sql-index
                echo UNDO; dopi undo "$PROJECT"
                rm "$DISK/fill"; dopi undo "$PROJECT"; sum
                """, work.resolve("disk/state"));
        assertTrue(said.contains("Tests passed"), said);
        assertTrue(said.contains("Not recorded: The report cannot be kept in "), said);
        String undo = said.substring(said.indexOf("UNDO"));
        assertTrue(
                undo.contains("(" + FULL + "); nothing was changed. Make room there, then try again.\nEXIT 3"), undo);
        assertTrue(undo.contains("Took back sql-index for ChatRoom"), undo);
        assertEquals(1, sums(said).distinct().count(), said);
    }

    private static Stream<String> sums(String said) {
        return Pattern.compile("SUM .*").matcher(said).results().map(found -> found.group());
    }

    private String run(String script, Path state) throws IOException, InterruptedException {
        assumeTrue(mayMount(), "unshare -rm is not allowed here, so there is no full disk to test with");
        var builder = new ProcessBuilder("unshare", "-rm", "sh", "-c", START + script).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "DISK", work.resolve("disk").toString(),
                        "PROJECT", work.resolve("project").toString(),
                        "TMP", work.resolve("tmp").toString(),
                        "DOPI_STATE_HOME", state.toString(),
                        "PATH", work.resolve("bin") + ":" + System.getenv("PATH"),
                        "JAVA",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                        "CLASSES", System.getProperty("java.class.path")));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private boolean mayMount() throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    "unshare",
                                    "-rm",
                                    "mount",
                                    "-t",
                                    "tmpfs",
                                    "tmpfs",
                                    work.resolve("disk").toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void program(String path, String script) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
