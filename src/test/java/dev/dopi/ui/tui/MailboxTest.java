package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.ui.tui.Mailbox.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MailboxTest {

    private final Mailbox mailbox = new Mailbox();

    private static Message soon(int number, List<Integer> seen) {
        return new Message.Soon(() -> seen.add(number));
    }

    @Test
    void aKeyGoesAheadOfAllThatIsToldAndWaitsForNoneOfIt() throws InterruptedException {
        var key = new Message.Pressed(Key.of('j'), 7);
        for (int i = 0; i < 20_000; i++) {
            mailbox.put(soon(i, List.of()));
        }
        mailbox.urgent(key);

        List<Message> first = mailbox.take(0);

        assertEquals(key, first.getFirst());
        assertTrue(first.size() <= 2, () -> first.size() + " came with the key");
    }

    @Test
    void nothingThatIsToldIsLostOrOutOfOrder() throws InterruptedException {
        var seen = new ArrayList<Integer>();
        var told = new AtomicInteger();
        int all = 120_000; // more than there is room for
        Thread teller = Thread.ofVirtual().start(() -> {
            while (told.get() < all) {
                mailbox.put(soon(told.getAndIncrement(), seen));
            }
        });
        int keys = 0;
        while (seen.size() < all) {
            if (seen.size() / 1_000 > keys) {
                keys++;
                mailbox.urgent(new Message.Pressed(Key.of('j'), keys));
            }
            for (Message message : mailbox.take(100)) {
                if (message instanceof Message.Soon(var what)) {
                    what.run();
                }
            }
        }
        teller.join();

        assertEquals(all, seen.size());
        for (int i = 0; i < all; i++) {
            assertEquals(i, seen.get(i));
        }
    }

    @Test
    void aKeyWakesWhoWaits() throws InterruptedException {
        Thread.ofVirtual().start(() -> mailbox.urgent(new Message.Resized()));

        assertEquals(new Message.Resized(), mailbox.take(50_000).getFirst());
    }

    @Test
    void whoTellsDoesNotWaitForOneThatIsClosed() {
        mailbox.close();
        for (int i = 0; i < 60_000; i++) {
            mailbox.put(soon(i, List.of()));
        }
    }
}
