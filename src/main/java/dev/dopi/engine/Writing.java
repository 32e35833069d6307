package dev.dopi.engine;

import dev.dopi.engine.Operation.Side;
import dev.dopi.engine.Operation.Step;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An operation being carried out, or brought to either of its two sides.
 *
 * <p>Each file is looked at right before it is written, and only what the operation knows is ever replaced. Everything
 * here can be done again from the start, whatever part of it was done already.
 */
final class Writing {

    private final Journal journal;
    private final Operation operation;
    private final Path root;

    Writing(Journal journal, Operation operation) {
        this.journal = journal;
        this.operation = operation;
        this.root = journal.root();
    }

    /**
     * Writes every file, or puts back what was written.
     *
     * @throws ProjectException when something failed; it says whether all is as it was
     */
    void carryOut() throws ProjectException {
        begin();
        try {
            for (Step each : operation.steps()) {
                if (!bring(each, Side.AFTER)) {
                    throw new FileSystemException(each.file(), null, "something else just changed it");
                }
            }
            conclude(Side.AFTER);
        } catch (IOException e) {
            throw putBack(e);
        }
        end();
    }

    private void begin() throws ProjectException {
        try {
            journal.begin(operation);
        } catch (IOException e) {
            // It may stand there in spite of that; taking it away, or else a resume, changes no file of the project.
            end();
            throw journal.unwritable(e);
        }
    }

    private ProjectException putBack(IOException cause) {
        try {
            List<String> leftAlone = bringAll(Side.BEFORE);
            journal.end();
            return Refusal.putBack(cause, leftAlone);
        } catch (IOException e) {
            e.addSuppressed(cause);
            return Refusal.notPutBack(cause, e);
        }
    }

    /** Brings every file that is on either side to {@code side}; returns the others, which are left alone. */
    List<String> settle(Side side) throws ProjectException {
        List<String> leftAlone;
        try {
            leftAlone = bringAll(side);
        } catch (IOException e) {
            throw Refusal.notSettled(e);
        }
        end();
        return leftAlone;
    }

    private void end() throws ProjectException {
        try {
            journal.end();
        } catch (IOException e) {
            throw Refusal.notSettled(e);
        }
    }

    /** Returns where a file stands: on which sides, or on none. */
    Set<Side> sides(Step step) throws IOException {
        var sides = new LinkedHashSet<Side>();
        Path file = root.resolve(step.file());
        if (inPlace(file)) {
            String hash = Disk.read(file).hash();
            for (Side side : Side.values()) {
                if (step.at(side).hash().equals(hash)) {
                    sides.add(side);
                }
            }
        }
        return sides;
    }

    private List<String> bringAll(Side side) throws IOException {
        var leftAlone = new ArrayList<String>();
        var failures = new ArrayList<IOException>();
        for (Step each : operation.steps()) {
            try {
                if (!bring(each, side)) {
                    leftAlone.add(each.file());
                }
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        conclude(side);
        return leftAlone;
    }

    /** Returns whether the file is at {@code side} now; one that is on neither side is left alone. */
    private boolean bring(Step step, Side side) throws IOException {
        Path file = root.resolve(step.file());
        try {
            Set<Side> sides = sides(step);
            if (sides.contains(side) || sides.isEmpty()) {
                return !sides.isEmpty();
            }
            Content wanted = journal.content(step.at(side));
            if (wanted.absent()) {
                journal.disk().delete(file);
            } else {
                journal.disk().makeFolders(Disk.parent(file));
                journal.disk().replace(file, wanted, operation.temporaryPrefix(), step.mode());
            }
            return true;
        } catch (IOException e) {
            var named = new FileSystemException(step.file(), null, Refusal.reason(e));
            named.initCause(e);
            throw named;
        }
    }

    /** Leaves nothing behind but what {@code side} has, and makes the journal say so. */
    private void conclude(Side side) throws IOException {
        for (Step each : operation.steps()) {
            Path file = root.resolve(each.file());
            if (inPlace(file)) {
                journal.disk().sweep(Disk.parent(file), operation.temporaryPrefix());
            }
        }
        for (String each : operation.folders().reversed()) {
            journal.disk().removeIfEmpty(root.resolve(each));
        }
        journal.record(operation.entries(side));
    }

    /** Returns whether {@code file} is still where it was: no folder above it, nor itself, became a symbolic link. */
    private static boolean inPlace(Path file) throws IOException {
        Path existing = file;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = Disk.parent(existing);
        }
        return existing.toRealPath().equals(existing)
                && (existing.equals(file) ? Files.isRegularFile(existing) : Files.isDirectory(existing));
    }
}
