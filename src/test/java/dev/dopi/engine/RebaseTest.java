package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RebaseTest {

    private static final Content BASE = Content.of("a\nb\nc\nd\ne\n");

    private static Optional<Content> onto(String onto, String after) {
        return Rebase.onto(Content.of(onto), BASE, Content.of(after));
    }

    @Test
    void makesAChangeWhereItsLinesWentTo() {
        assertEquals(
                Optional.of(Content.of("x\ny\na\nb\nc\nD\ne\n")), onto("x\ny\na\nb\nc\nd\ne\n", "a\nb\nc\nD\ne\n"));
        assertEquals(Optional.of(Content.of("c\nnew\nd\ne\n")), onto("c\nd\ne\n", "a\nb\nc\nnew\nd\ne\n"));
        assertEquals(Optional.of(Content.of("a\nB\nc\nd\ne")), onto("a\nb\nc\nd\ne", "a\nB\nc\nd\ne\n"));
    }

    @Test
    void hasNoAnswerWhereBothChangeALine() {
        assertEquals(Optional.empty(), onto("a\nb\nX\nd\ne\n", "a\nb\nY\nd\ne\n"));
        assertEquals(Optional.empty(), onto("a\nb\nd\ne\n", "a\nb\nY\nd\ne\n"));
    }

    @Test
    void hasNoAnswerWhereChangesTouch() {
        assertEquals(Optional.empty(), onto("a\nb\nX\nc\nd\ne\n", "a\nb\nY\nc\nd\ne\n"));
        assertEquals(Optional.empty(), onto("a\nX\nc\nd\ne\n", "a\nb\nY\nd\ne\n"));
    }

    @Test
    void putsInBesideLinesThatGo() {
        assertEquals(Optional.of(Content.of("a\nY\nd\ne\n")), onto("a\nd\ne\n", "a\nb\nc\nY\nd\ne\n"));
        assertEquals(Optional.of(Content.of("a\nY\nd\ne\n")), onto("a\nd\ne\n", "a\nY\nb\nc\nd\ne\n"));
    }

    @Test
    void hasNoAnswerInTheMiddleOfLinesThatGo() {
        assertEquals(Optional.empty(), onto("a\nd\ne\n", "a\nb\nY\nc\nd\ne\n"));
    }

    @Test
    void keepsBytesThatAreNoText() {
        Content base = Content.of(new byte[] {'a', '\n', (byte) 0xFF, '\r', '\n', 'c', '\n', 'd'});
        Content onto = Content.of(new byte[] {'a', '\n', (byte) 0xFF, '\r', '\n', 'c', '\n', (byte) 0xE9});
        Content after = Content.of(new byte[] {'A', '\n', (byte) 0xFF, '\r', '\n', 'c', '\n', 'd'});

        assertEquals(
                Optional.of(Content.of(new byte[] {'A', '\n', (byte) 0xFF, '\r', '\n', 'c', '\n', (byte) 0xE9})),
                Rebase.onto(onto, base, after));
    }

    @Test
    void hasNoAnswerForAFileThatIsGone() {
        assertEquals(Optional.empty(), Rebase.onto(Content.ABSENT, BASE, Content.of("x")));
        assertEquals(Optional.of(BASE), Rebase.onto(Content.ABSENT, Content.ABSENT, BASE));
    }
}
