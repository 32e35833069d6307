package dev.dopi.process;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What runs at the moment. When dopi itself ends, all of it is ended first. */
final class Running {

    private static final Set<ProcessTree> TREES = new HashSet<>();
    private static boolean hooked;
    private static boolean closing;

    private Running() {}

    /**
     * Starts a program.
     *
     * @throws InterruptedException when dopi itself is ending, so that nothing may start any more
     */
    static synchronized ProcessTree start(ProcessBuilder builder, String mark)
            throws IOException, InterruptedException {
        requireLasting();
        if (!hooked) {
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(Running::endAll, "end-what-runs"));
            } catch (IllegalStateException e) {
                // A signal has begun to end dopi before the first program was started.
                closing = true;
                requireLasting();
            }
            hooked = true;
        }
        var tree = new ProcessTree(builder.start(), mark);
        TREES.add(tree);
        return tree;
    }

    /**
     * Returns if dopi goes on. What a program did that was ended with dopi, or might have been, tells nothing.
     *
     * @throws InterruptedException when dopi itself is ending
     */
    static synchronized void requireLasting() throws InterruptedException {
        if (closing) {
            throw new InterruptedException("dopi is ending");
        }
    }

    static synchronized void ended(ProcessTree tree) {
        TREES.remove(tree);
    }

    private static synchronized List<ProcessTree> close() {
        closing = true;
        return List.copyOf(TREES);
    }

    private static void endAll() {
        var enders = close().stream()
                .map(tree -> Thread.ofPlatform().start(tree::end))
                .toList();
        for (Thread ender : enders) {
            try {
                ender.join();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
