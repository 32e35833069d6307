package dev.dopi.ui.tui;

import dev.dopi.edit.FileChange;
import dev.dopi.engine.Planned;
import dev.dopi.report.Changes;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.Lines;
import dev.dopi.ui.view.RunView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Step 5: what will be written, one typed confirmation, then each file as it lands. */
final class ApplyScreen implements Screen {

    private static final String WORD = "apply";

    private final Guide guide;
    private final LineInput typed = new LineInput("");
    private final Scroll scroll = new Scroll();
    private final Map<String, FileChange> files = new LinkedHashMap<>();
    private final Map<String, String> lengths = new LinkedHashMap<>();
    /** Files that hold changes which git does not have; found out while the screen is shown already. */
    private Set<String> notInGit = Set.of();

    private final Map<Decisions.About, String> counted = new LinkedHashMap<>();
    private State state = State.ASKING;
    private long shownAt = Long.MAX_VALUE;

    private enum State {
        ASKING,
        WRITING,
        DONE
    }

    ApplyScreen(Guide guide) {
        this.guide = guide;
        for (Planned plan : guide.walk().planned()) {
            counted.put(
                    Decisions.About.of(plan.choice()), Lines.of(plan.changes()).toString());
        }
        Changes changes = Changes.of(guide.walk().planned());
        changes.files().forEach(change -> files.put(change.path(), change));
        files.values()
                .forEach(change -> lengths.put(change.path(), Lines.of(change).toString()));
        guide.walk().notInGit(changes.modified(), found -> notInGit = found);
    }

    @Override
    public Step step() {
        return Step.APPLY;
    }

    @Override
    public void entered() {
        if (state == State.ASKING) {
            typed.clear();
            guide.say("");
        }
    }

    @Override
    public String place() {
        return Texts.count(files.size(), "file");
    }

    @Override
    public Optional<String> atStake() {
        return state == State.WRITING
                ? Optional.of("Files are being written; that will be finished first.")
                : Optional.empty();
    }

    @Override
    public String question() {
        return switch (state) {
            case ASKING ->
                "To write " + Texts.count(files.size(), "file") + ", type  apply  and press Enter: " + typed.text()
                        + "_";
            case WRITING -> "Writing ...";
            case DONE -> "Written. Enter goes on to Validate.";
        };
    }

    @Override
    public String brief() {
        return state == State.ASKING ? "Type apply, Enter to write: " + typed.text() + "_" : question();
    }

    @Override
    public boolean take(Key key, long at) {
        if (state != State.ASKING) {
            return false;
        }
        if (key instanceof Key.Pasted) {
            guide.say("Please type it: pasted text confirms nothing.");
            return true;
        }
        if (key.equals(Key.of(Key.Name.ENTER))) {
            confirm();
            return true;
        }
        boolean letter = key instanceof Key.Typed(var text, var alt)
                && !alt
                && (!typed.text().isEmpty() || text.equals("a"))
                && text.matches("[a-zA-Z]");
        if (letter && at - shownAt < KeyGuard.MOMENT) {
            // Typed ahead, before this screen could be read.
            return true;
        }
        boolean deletes =
                key.equals(Key.of(Key.Name.BACKSPACE)) && !typed.text().isEmpty();
        return (letter || deletes) && typed.take(key);
    }

    private void confirm() {
        if (!typed.text().equals(WORD)) {
            guide.say(
                    typed.text().isEmpty()
                            ? "Type the word apply first."
                            : "\"" + typed.text() + "\" is not the word apply; nothing was written.");
            typed.clear();
            return;
        }
        state = State.WRITING;
        guide.walk().apply(() -> state = State.DONE);
    }

    @Override
    public List<KeyBinding> keys() {
        var keys = new ArrayList<KeyBinding>();
        if (state == State.DONE) {
            keys.add(KeyBinding.of("Enter", "validate", () -> guide.goAnew(Step.VALIDATE))
                    .help("go on to Validate")
                    .in(KeyBinding.Group.DECIDE));
            keys.add(KeyBinding.of("R", "report", () -> guide.goAnew(Step.REPORT))
                    .help("go to the report without validating")
                    .in(KeyBinding.Group.LEAVE));
        } else {
            keys.add(KeyBinding.of("Esc b Backspace", "Esc", "back", _ -> guide.go(Step.REVIEW))
                    .in(KeyBinding.Group.LEAVE)
                    .unless(state == State.WRITING && guide.walk().busy(), "Files are being written."));
        }
        keys.addAll(scroll.keys());
        return keys;
    }

    @Override
    public List<Word> words() {
        return List.of(
                new Word(
                        "journal",
                        "a copy of every file as it was, in dopi's state folder; undo puts it back byte for byte"),
                new Word("undo", "dopi undo, now or later, with or without git"));
    }

    @Override
    public void draw(Canvas canvas) {
        if (state == State.WRITING
                && guide.walk().problem().isPresent()
                && !guide.walk().busy()) {
            state = State.ASKING;
            typed.clear();
        }
        shownAt = Math.min(shownAt, guide.walk().now());
        var lines = new ArrayList<StyledLine>();
        switch (state) {
            case ASKING -> plan(canvas, lines);
            case WRITING, DONE -> landed(canvas, lines);
        }
        int top = scroll.fit(lines.size(), canvas.height());
        for (int y = 0; y < canvas.height() && top + y < lines.size(); y++) {
            lines.get(top + y).draw(canvas, 1, y, 0, canvas.style(Role.DIM));
        }
        if (!scroll.atEnd()) {
            canvas.writeBefore(canvas.width(), canvas.height() - 1, " j more ", Role.KEY);
        }
    }

    private void plan(Canvas canvas, List<StyledLine> lines) {
        guide.walk().problem().ifPresent(problem -> {
            String said = problem.contains("nothing was written") ? problem : "Nothing was written: " + problem;
            Texts.wrap(said, canvas.width() - 2)
                    .forEach(row -> lines.add(new StyledLine().add(row, canvas.style(Role.FAIL))));
            lines.add(new StyledLine());
        });
        lines.add(new StyledLine()
                .add("Ready to write. Nothing is changed yet; read this once.", canvas.style(Role.TITLE)));
        lines.add(new StyledLine());
        boolean wide = canvas.width() >= 70;
        if (wide) {
            lines.add(row(canvas, "pattern", "class", "files", "lines", "hunks", Role.DIM));
        }
        for (Planned plan : guide.walk().planned()) {
            Decisions.About about = Decisions.About.of(plan.choice());
            long accepted = plan.plan().hunks().stream()
                    .filter(hunk ->
                            guide.walk().decisions().hunk(about, hunk.id()).equals(Optional.of(true)))
                    .count();
            lines.add(row(
                    canvas,
                    plan.choice().pattern(),
                    plan.choice().subject().label(),
                    plan.changes().size() + "",
                    counted.getOrDefault(about, ""),
                    accepted + " of " + plan.plan().hunks().size(),
                    Role.TEXT));
        }
        lines.add(new StyledLine());
        int room = Math.max(16, canvas.width() - (notInGit.isEmpty() ? 26 : 38));
        files.values()
                .forEach(change -> lines.add(new StyledLine()
                        .add(
                                Texts.column(Texts.path(change.path(), room, canvas.signs()), room, canvas.signs()),
                                canvas.style(Role.TEXT))
                        .add(change instanceof FileChange.Create ? " create " : " modify ", canvas.style(Role.STEP))
                        .add(lengths.getOrDefault(change.path(), ""), canvas.style(Role.DIM))
                        .add(notInGit.contains(change.path()) ? "  not in git" : "", canvas.style(Role.WARN))));
        lines.add(new StyledLine());
        if (!notInGit.isEmpty()) {
            Texts.wrap(Changes.notInGit(notInGit.size()), canvas.width() - 2)
                    .forEach(text -> lines.add(new StyledLine().add(text, canvas.style(Role.WARN))));
        }
        Texts.wrap(
                        "A copy of every file goes to the journal in your state folder first. Undo at any time: dopi undo",
                        canvas.width() - 2)
                .forEach(text -> lines.add(new StyledLine().add(text, canvas.style(Role.TEXT))));
    }

    private static StyledLine row(
            Canvas canvas, String pattern, String about, String files, String lines, String hunks, Role role) {
        boolean wide = canvas.width() >= 70;
        String text = wide
                ? Texts.column(pattern, 24, canvas.signs())
                        + Texts.column(about, 18, canvas.signs())
                        + Texts.column(files, 7, canvas.signs())
                        + Texts.column(lines, 11, canvas.signs())
                        + hunks
                : Texts.column(pattern, 20, canvas.signs()) + Texts.column(lines, 9, canvas.signs()) + hunks;
        return new StyledLine().add(text, canvas.style(role));
    }

    private void landed(Canvas canvas, List<StyledLine> lines) {
        lines.add(new StyledLine()
                .add(state == State.DONE ? "All files are written." : "Writing.", canvas.style(Role.TITLE)));
        lines.add(new StyledLine());
        var landed = new LinkedHashMap<String, RunView.Landed>();
        // A file that two patterns change lands twice; what was created stays created.
        guide.walk().run().landed().forEach(file -> landed.putIfAbsent(file.path(), file));
        for (RunView.Landed file : landed.values()) {
            lines.add(new StyledLine()
                    .add("ok    ", canvas.style(Role.OK))
                    .add(Texts.column(Cards.lower(file.what()), 10, canvas.signs()), canvas.style(Role.DIM))
                    .add(file.path(), canvas.style(Role.TEXT)));
        }
        if (state == State.DONE) {
            lines.add(new StyledLine());
            lines.add(new StyledLine().add("Undo at any time: dopi undo", canvas.style(Role.TEXT)));
        }
    }
}
