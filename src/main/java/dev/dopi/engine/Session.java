package dev.dopi.engine;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One walk through one project: analyse, plan, apply, validate, report, undo.
 *
 * <p>The front ends decide the order and ask the questions; what each step does is here, and each tells the listener
 * that the session was opened with as it goes. Events may come from any thread, one at a time. Every method blocks until it is done; interrupting the
 * thread ends a running check and every program that it started.
 */
public interface Session {

    /** Returns the folder of the project, absolute. */
    Path root();

    /** Reads the project as it is on disk now. */
    Analysis analyse() throws ProjectException;

    /**
     * Works out {@code choices} one after the other, each on what the ones before it leave behind. Touches no file and
     * takes milliseconds, so it can be called again after every decision.
     */
    List<Planned> plan(Analysis analysis, List<Choice> choices);

    /** Returns those of {@code paths} that hold changes that git does not have yet; git itself is not run. */
    Set<String> notInGit(Collection<String> paths) throws ProjectException;

    /**
     * Writes {@code planned}, a journal entry for each, all or nothing.
     *
     * @throws ProjectException when a file is not as it was shown, or cannot be written; nothing is changed then
     */
    List<SessionReport.Applied> apply(List<Planned> planned) throws ProjectException;

    /** Returns what validation would run, the ones that cannot run here included. */
    List<Check> checks();

    /** Runs one check and streams its output as events. */
    CheckResult run(Check check) throws InterruptedException;

    /**
     * Returns the applied patterns that a check fails because of, of those that the last session wrote; mostly one. This
     * may run the check again on copies of the project, and tells of that as the check's output.
     *
     * @return empty where the check did not fail, failed before as well, or nothing is applied; one that names none where
     *     the failure does not go when they are taken back
     */
    Optional<Blame> blame(CheckResult result) throws InterruptedException;

    /**
     * Puts the files of what is blamed back, byte for byte; the report keeps why.
     *
     * @throws ProjectException when one of the files was changed since; nothing is changed then
     */
    void takeBack(Blame blame) throws ProjectException;

    /** Returns what the journal can take back, the newest first. */
    List<UndoEntry> undoable() throws ProjectException;

    /**
     * Puts the files of {@code entries} back, byte for byte.
     *
     * @throws ProjectException when one of the files was changed since; nothing is changed then
     */
    void undo(List<UndoEntry> entries) throws ProjectException;

    /** Returns what was recorded of the last session in this project. */
    Optional<SessionReport> lastReport() throws ProjectException;

    /** Returns the write that was cut off, by a crash or a dropped connection, where there is one. */
    Optional<Interrupted> interrupted() throws ProjectException;

    /**
     * Ends {@code interrupted}: every file as it was meant to be, or every file as it was before.
     *
     * @return the files that are neither and were left alone
     */
    List<String> recover(Interrupted interrupted, Recovery how) throws ProjectException;

    /** The two ways out of a write that was cut off. */
    enum Recovery {
        FINISH,
        ROLL_BACK
    }
}
