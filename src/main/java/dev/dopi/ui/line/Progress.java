package dev.dopi.ui.line;

import dev.dopi.engine.Analysis;
import dev.dopi.engine.Choice;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.Unfinished;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was decided in one conversation, kept as it is decided; and what an earlier one decided, until it is caught up with. */
final class Progress {

    private final Keeper keeper;
    private final String project;
    private Decisions decisions = Decisions.NONE;
    private Decisions before = Decisions.NONE;

    Progress(Keeper keeper, Analysis analysis) {
        this.keeper = keeper;
        this.project = Unfinished.look(analysis);
    }

    /** Goes on with what {@code earlier} decided. */
    void goOn(Unfinished earlier) {
        before = earlier.decisions();
        decisions = earlier.decisions();
    }

    /** Returns what the earlier session said of a hunk; empty once this one has gone beyond it. */
    Optional<Boolean> before(Choice choice, String hunk) {
        return before.hunk(Decisions.About.of(choice), hunk);
    }

    /** Says that the user decides from here on. */
    void caughtUp() {
        before = Decisions.NONE;
    }

    /** Keeps {@code choices} as what is chosen, and nothing else. */
    void chosen(List<Choice> choices) {
        Decisions next = Decisions.NONE;
        for (Choice choice : choices) {
            Decisions.About about = Decisions.About.of(choice);
            next = next.with(about, choice.options()).choosing(about, true);
        }
        decisions = next;
        keep(Unfinished.Stage.REVIEW, Optional.empty());
    }

    void decided(Choice choice, String hunk, boolean accepted) {
        Decisions.About about = Decisions.About.of(choice);
        decisions = decisions.deciding(about, hunk, accepted);
        keep(Unfinished.Stage.REVIEW, Optional.of(new Unfinished.Position(about, hunk)));
    }

    void written() {
        keep(Unfinished.Stage.VALIDATE, Optional.empty());
    }

    private void keep(Unfinished.Stage stage, Optional<Unfinished.Position> position) {
        keeper.keep(new Unfinished(Instant.now(), stage, position, decisions, project));
    }
}
