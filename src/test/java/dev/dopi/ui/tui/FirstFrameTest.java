package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.ui.theme.Depth;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session draws first, and what it waits for. */
final class FirstFrameTest {

    private static final String LIGHT_ANSWER = "\u001b]11;rgb:ffff/ffff/ffff\u001b\\\u001b[?62c";

    private final Path folder;
    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();

    FirstFrameTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A terminal that sends each lot once what was drawn so far holds the words that go with it. */
    private final class Typing extends InputStream {

        private record Lot(String after, String sent) {}

        private final Queue<Lot> lots = new ArrayDeque<>();
        private String first = "";

        Typing then(String after, String sent) {
            lots.add(new Lot(after, sent));
            return this;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("keys are read in lots");
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (first.isEmpty()) {
                first = picture();
            }
            Lot next = lots.peek();
            if (next == null || !picture().contains(next.after())) {
                java.util.concurrent.locks.LockSupport.parkNanos(30_000_000);
                return 0;
            }
            byte[] sent = lots.remove().sent().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(sent, 0, buffer, from, sent.length);
            return sent.length;
        }
    }

    private String picture() {
        return drawn.toString(StandardCharsets.UTF_8);
    }

    private int played(Typing keys, Map<String, String> environment) throws Exception {
        var options = new GuidedOptions(
                GuidedOptions.AUTO,
                false,
                false,
                "clubhouse",
                List.of(),
                _ -> Optional.empty(),
                Optional.empty(),
                false);
        return GuidedSession.run(
                events -> new SampleSession(events, _ -> {}, Set.of(), 40, Optional.empty()),
                options,
                Depth.TRUE,
                new Place(Tty.nowhere(), keys, drawn, environment, new Background(folder)));
    }

    @Test
    void isDrawnBeforeTheTerminalIsAskedAndWithoutItsAnswer() throws Exception {
        var keys = new Typing().then("choose", "q");

        assertEquals(0, played(keys, Map.of("TERM", "xterm")));

        String picture = picture();
        assertTrue(picture.indexOf("clubhouse") > 0, picture);
        assertTrue(picture.indexOf("clubhouse") < picture.indexOf("\u001b]11;?"), picture);
        assertTrue(keys.first.contains("clubhouse"), keys.first);
    }

    @Test
    void isDrawnAgainInTheThemeThatFitsTheAnswerAndInThatFromTheFirstTheNextTime() throws Exception {
        assertEquals(
                0, played(new Typing().then("\u001b]11;?", LIGHT_ANSWER).then("choose", "q"), Map.of("TERM", "xterm")));
        String dark = drawn.toString(StandardCharsets.UTF_8);
        drawn.reset();
        assertEquals(0, played(new Typing().then("choose", "q"), Map.of("TERM", "xterm")));

        String colours = colours(picture());
        assertTrue(colours.startsWith("\u001b[38;2;"), colours);
        assertTrue(!colours(dark).equals(colours), colours);
        assertTrue(dark.contains(colours), "the answer changes the picture");
    }

    /** Returns the first colour that is set. */
    private static String colours(String picture) {
        int at = picture.indexOf("\u001b[38;2;");
        return at < 0 ? "" : picture.substring(at, picture.indexOf('m', at) + 1);
    }
}
