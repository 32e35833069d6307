package dev.dopi.engine;

import dev.dopi.engine.Operation.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The user's project as something that dopi writes to, and takes back.
 *
 * <p>Every call changes all files that it concerns or none, also when the process is killed at any instant: then the
 * next {@link #interrupted} tells of it. A file is only ever replaced whole, and only while it holds what the caller
 * was shown or what dopi wrote. Permissions, owner and symbolic links are kept; a file with several hard links becomes
 * one of its own, as with git.
 */
public final class Workspace {

    private final Journal journal;
    private final Remake remake;

    public Workspace(Journal journal) {
        this(journal, Remake.NEVER);
    }

    /**
     * @param remake makes what stays again when something before it is undone
     */
    Workspace(Journal journal, Remake remake) {
        this.journal = journal;
        this.remake = remake;
    }

    /**
     * Writes {@code transactions}, each on what the ones before it leave behind, all or nothing. Each becomes a journal
     * entry of its own, so that it can be undone alone.
     *
     * @return the entries, one for each transaction, in the same order
     * @throws ProjectException when a file is not as it was shown, or cannot be written; nothing is changed then, or
     *     the message says what still is
     */
    public List<UndoEntry> apply(List<Transaction> transactions) throws ProjectException {
        return journal.exclusively(() -> {
            requireSettled();
            var draft = new Draft(journal.root(), journal.applied(), journal.nextNumber());
            for (Transaction each : transactions) {
                draft.add(each);
            }
            Operation operation = draft.operation();
            try {
                journal.keep(draft.contents());
                journal.keepAsked(draft.asked());
                journal.record(draft.entries());
            } catch (IOException e) {
                throw journal.unwritable(e);
            }
            new Writing(journal, operation).carryOut();
            return draft.entries().stream().map(Entry::undoEntry).toList();
        });
    }

    /** Returns what can be undone, the newest first. */
    public List<UndoEntry> undoable() throws ProjectException {
        return journal.applied().reversed().stream()
                .filter(each -> !each.files().isEmpty())
                .map(Entry::undoEntry)
                .toList();
    }

    /**
     * Makes the project what it would be had {@code entries} never been applied, all or nothing. In whatever order
     * entries are undone, once all are, every file is as it was before the first, byte for byte.
     *
     * @return the files that changed, and the READMEs in which something is left
     * @throws ProjectException when a file was changed since, or a later entry, which is named, changed the same place;
     *     nothing is changed then
     */
    public List<Event> undo(List<UndoEntry> entries) throws ProjectException {
        Set<String> ids = entries.stream().map(UndoEntry::id).collect(Collectors.toSet());
        return journal.exclusively(() -> {
            requireSettled();
            List<Entry> applied = journal.applied();
            requireApplied(entries, applied);
            UndoPlan plan = UndoPlan.of(journal, remake, applied, ids);
            Operation operation = plan.operation();
            try {
                journal.keep(plan.contents());
            } catch (IOException e) {
                throw journal.unwritable(e);
            }
            new Writing(journal, operation).carryOut();
            var told = new ArrayList<Event>(plan.left());
            operation
                    .steps()
                    .forEach(step -> told.add(
                            new Event.Restored(step.file(), step.after().absent())));
            return List.copyOf(told);
        });
    }

    private static void requireApplied(List<UndoEntry> asked, List<Entry> applied) throws ProjectException {
        Set<String> standing = applied.stream().map(Entry::id).collect(Collectors.toSet());
        for (UndoEntry each : asked) {
            if (!standing.contains(each.id())) {
                throw Refusal.because("%s is not applied to %s any more; nothing was undone."
                        .formatted(each.pattern(), each.subject()));
            }
        }
    }

    private void requireSettled() throws ProjectException {
        Optional<Operation> pending = journal.pending();
        if (pending.isPresent()) {
            throw Refusal.interrupted(pending.get());
        }
        journal.tidy();
    }

    /**
     * Returns the apply or undo that was cut off, if one was. While it stands, nothing else can be applied or undone.
     * One that another dopi is busy with right now does not count.
     */
    public Optional<Interrupted> interrupted() throws ProjectException {
        if (journal.pending().isEmpty()) {
            return Optional.empty();
        }
        return Uninterrupted.run(() -> {
            Optional<ProcessLock> lock = journal.lock();
            if (lock.isEmpty()) {
                return Optional.empty();
            }
            try (ProcessLock _ = lock.get()) {
                Optional<Operation> pending = journal.pending();
                return pending.isEmpty() ? Optional.empty() : Optional.of(describe(pending.get()));
            }
        });
    }

    private Interrupted describe(Operation operation) throws ProjectException {
        var done = new ArrayList<String>();
        var open = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        var writing = new Writing(journal, operation);
        for (Operation.Step each : operation.steps()) {
            try {
                Set<Side> sides = writing.sides(each);
                (sides.contains(Side.AFTER) ? done : sides.isEmpty() ? unknown : open).add(each.file());
            } catch (IOException e) {
                throw Refusal.because("%s cannot be read (%s).".formatted(each.file(), Refusal.reason(e)));
            }
        }
        return new Interrupted(operation.id(), operation.kind(), patterns(operation), done, open, unknown);
    }

    /**
     * Brings what was cut off to its end.
     *
     * @return the files that something else changed since, which are left alone
     */
    public List<String> finish(Interrupted interrupted) throws ProjectException {
        return settle(interrupted, Side.AFTER);
    }

    /**
     * Puts everything back as it was before what was cut off.
     *
     * @return the files that something else changed since, which are left alone
     */
    public List<String> rollBack(Interrupted interrupted) throws ProjectException {
        return settle(interrupted, Side.BEFORE);
    }

    private List<String> settle(Interrupted interrupted, Side side) throws ProjectException {
        return journal.exclusively(() -> {
            Optional<Operation> pending = journal.pending();
            if (pending.isEmpty() || !pending.get().id().equals(interrupted.id())) {
                throw Refusal.because("What was interrupted has been settled meanwhile; nothing was changed.");
            }
            return new Writing(journal, pending.get()).settle(side);
        });
    }

    /** Returns the patterns that {@code operation} applies or undoes; not those that it only moves. */
    static List<String> patterns(Operation operation) {
        return operation.after().stream()
                .filter(each -> operation.kind() == Interrupted.Kind.APPLY || each.state() == Entry.State.UNDONE)
                .map(Entry::pattern)
                .toList();
    }
}
