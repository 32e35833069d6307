package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFolderTest {

    private static final Path HOME = Path.of("/home/me");

    @Test
    void followsTheEnvironment() {
        assertEquals(Path.of("/home/me/.local/state/dopi"), StateFolder.home(Map.of(), HOME));
        assertEquals(Path.of("/xdg/dopi"), StateFolder.home(Map.of("XDG_STATE_HOME", "/xdg"), HOME));
        assertEquals(
                Path.of("/own"), StateFolder.home(Map.of("XDG_STATE_HOME", "/xdg", "DOPI_STATE_HOME", "/own"), HOME));
        assertEquals(
                Path.of("/home/me/.local/state/dopi"),
                StateFolder.home(Map.of("XDG_STATE_HOME", "relative", "DOPI_STATE_HOME", ""), HOME));
    }

    @Test
    void isTheSameForEveryWayToTheSameProject(@TempDir Path temporary) throws Exception {
        Path one = Files.createDirectory(temporary.resolve("one"));
        Path two = Files.createDirectory(temporary.resolve("two"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), one);

        assertEquals(StateFolder.in(HOME, one), StateFolder.in(HOME, link));
        assertEquals(StateFolder.in(HOME, one), StateFolder.in(HOME, two.resolve("../one")));
        assertNotEquals(StateFolder.in(HOME, one), StateFolder.in(HOME, two));
    }
}
