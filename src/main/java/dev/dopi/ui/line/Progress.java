package dev.dopi.ui.line;

import dev.dopi.edit.FileChange;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Planned;
import dev.dopi.engine.Session;
import dev.dopi.source.SourceFile;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.HunkPages;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.Unfinished;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was decided in one conversation, kept as it is decided, and the plans that come of it. */
final class Progress implements HunkPages.Deciding {

    private final Keeper keeper;
    private final Session session;
    private final Analysis analysis;
    private final String project;
    private Decisions decisions;
    private boolean touched;
    private Unfinished.Stage stage = Unfinished.Stage.CHOOSE;
    private Optional<Unfinished.Position> position = Optional.empty();
    private List<Choice> choices = List.of();
    private List<Planned> planned = List.of();

    Progress(Keeper keeper, Session session, Analysis analysis) {
        this.keeper = keeper;
        this.session = session;
        this.analysis = analysis;
        this.project = Unfinished.look(analysis);
        this.decisions = Decisions.suggested(analysis.findings());
    }

    Analysis analysis() {
        return analysis;
    }

    /** Goes on with what {@code earlier} decided. */
    void goOn(Unfinished earlier) {
        touched = true;
        decisions = earlier.decisions();
        stage = earlier.stage();
        position = earlier.position();
    }

    Unfinished.Stage stage() {
        return stage;
    }

    /** Says that the user is at {@code next} now. */
    void reached(Unfinished.Stage next) {
        stage = next;
        touched |= next != Unfinished.Stage.CHOOSE;
        if (touched) {
            keep();
        }
    }

    @Override
    public Decisions decisions() {
        return decisions;
    }

    @Override
    public void decide(Decisions next) {
        if (!next.equals(decisions)) {
            touched = true;
            decisions = next;
            keep();
        }
    }

    @Override
    public List<Planned> planned() {
        List<Choice> now = decisions.choices(analysis.findings());
        if (!now.equals(choices)) {
            planned = session.plan(analysis, now);
            choices = now;
        }
        return planned;
    }

    @Override
    public String before(int index, String path) {
        String text = analysis.project().read(path).map(SourceFile::text).orElse("");
        for (Planned each : planned().subList(0, index)) {
            for (FileChange change : each.changes()) {
                text = change.path().equals(path) ? change.after() : text;
            }
        }
        return text;
    }

    @Override
    public Optional<Unfinished.Position> position() {
        return position;
    }

    /** Says which hunk the user is asked about. */
    void looksAt(Decisions.About about, String hunk) {
        position = Optional.of(new Unfinished.Position(about, hunk));
    }

    private void keep() {
        keeper.keep(new Unfinished(Instant.now(), stage, position, decisions, project));
    }
}
