package dev.dopi.ui.tui;

import dev.dopi.engine.Analysis;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.Unfinished;
import java.time.Instant;
import java.util.Optional;

/**
 * What of a walk outlives the program: where the user is, what was decided, and what a walk before this one left.
 *
 * <p>Only the screen's thread touches it, but for {@link #release}.
 */
final class Kept {

    private volatile Keeper keeper;
    private Optional<Unfinished> earlier;
    private Optional<Unfinished.Stage> stage = Optional.empty();
    private Optional<Unfinished.Position> position = Optional.empty();
    /** What the project looked like when it was read; empty until it is asked for. */
    private String look = "";

    Kept(Keeper keeper) {
        this.keeper = keeper;
        this.earlier = keeper.earlier();
    }

    /** Has every decision from now on kept by {@code late}. */
    void with(Keeper late) {
        keeper = late;
        earlier = late.earlier();
    }

    /** Waits until what is to be kept is kept. May be called from any thread. */
    void release() {
        keeper.close();
    }

    void at(Unfinished.Stage next) {
        stage = Optional.of(next);
    }

    /** Takes note of the hunk that is looked at, and returns whether it is another than before. */
    boolean at(Unfinished.Position hunk) {
        boolean other = !position.equals(Optional.of(hunk));
        position = Optional.of(hunk);
        return other;
    }

    Optional<Unfinished.Position> position() {
        return position;
    }

    /** Says that the project is read again: what it looks like may have changed. */
    void readAnew() {
        look = "";
    }

    /** Keeps {@code decisions}, made by {@code now}, in milliseconds since 1970. */
    void keep(long now, Decisions decisions, Analysis analysis) {
        if (stage.isPresent()) {
            look = look.isEmpty() ? Unfinished.look(analysis) : look;
            keeper.keep(new Unfinished(Instant.ofEpochMilli(now), stage.get(), position, decisions, look));
        }
    }

    /** Returns whether every decision is kept as it is made. */
    boolean keeps() {
        return keeper.keeps();
    }

    /** Returns who else has the project open, as a sentence. */
    Optional<String> elsewhere() {
        return keeper.elsewhere();
    }

    /** Returns what a session before left unfinished, until it was gone on with or dropped. */
    Optional<Unfinished> earlier() {
        return earlier;
    }

    /** Says that {@code before} is gone on with. */
    void takeUp(Unfinished before) {
        takenUp();
        position = before.position();
    }

    void takenUp() {
        earlier = Optional.empty();
    }

    /** Forgets what was kept. */
    void drop() {
        earlier = Optional.empty();
        keeper.drop();
    }
}
