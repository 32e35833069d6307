package dev.dopi.ui.tui;

import dev.dopi.engine.ProjectException;
import java.util.function.Consumer;

/** Runs what the engine does away from the thread that owns the screen, one thing at a time. */
interface Work {

    /**
     * Starts {@code task}; one of the other three is called on the screen's thread when it ends.
     *
     * @param must whether it has to be brought to its end whatever the user does, because it writes
     */
    <T> void start(boolean must, Task<T> task, Consumer<T> done, Consumer<ProjectException> refused, Runnable stopped);

    /** Interrupts what runs, unless it must go on. */
    void cancel();

    /** Returns whether anything runs or waits to run. */
    boolean busy();

    /** Something that the engine does. */
    interface Task<T> {

        T run() throws ProjectException, InterruptedException;
    }
}
