package dev.dopi.ui.tui;

import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.theme.Style;
import dev.dopi.ui.view.CheckView;
import dev.dopi.ui.view.LogLine;
import dev.dopi.ui.view.LogLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Step 6: the checks as they run, the output of one of them live, and what to do when one failed. */
final class ValidateScreen implements Screen {

    private final Guide guide;
    private final ItemList list = new ItemList();
    private final ItemList answers = new ItemList();
    private final Scroll log = new Scroll();
    private final Search search;
    private boolean begun;
    private boolean follow = true;
    private boolean inLog;
    private boolean chosenByHand;
    private boolean answered;
    private long heldAt;

    ValidateScreen(Guide guide) {
        this.guide = guide;
        this.search = new Search(
                () -> shown().map(view -> view.log().size()).orElse(0),
                line -> shown().map(view -> view.log().line(line).text()).orElse(""),
                line -> {
                    hold();
                    log.reveal(line);
                });
    }

    @Override
    public Step step() {
        return Step.VALIDATE;
    }

    @Override
    public void entered() {
        if (!begun) {
            begun = true;
            guide.walk().validate();
        }
    }

    private List<CheckView> checks() {
        return guide.walk().run().checks();
    }

    private Optional<CheckView> shown() {
        return list.selected() < checks().size() ? Optional.of(checks().get(list.selected())) : Optional.empty();
    }

    private boolean asking() {
        return guide.walk().validated() && guide.walk().broken() && !answered;
    }

    @Override
    public Optional<String> atStake() {
        return guide.walk().busy()
                ? Optional.of(
                        "A check is running; leaving ends it. What was written stays, and dopi undo takes it back.")
                : Optional.empty();
    }

    @Override
    public String place() {
        return shown().map(view -> view.check().title()).orElse("");
    }

    @Override
    public Object decided() {
        return List.of(this, asking());
    }

    @Override
    public String question() {
        if (search.on()) {
            return search.prompt();
        }
        if (asking()) {
            return inLog ? "A check failed. Tab goes back to the question." : "A check failed. What now?";
        }
        if (guide.walk().validated()) {
            return guide.walk().broken()
                    ? "A check failed, and you keep the change. Enter goes on to the report."
                    : "The checks are done. Enter goes on to the report.";
        }
        return "";
    }

    @Override
    public String brief() {
        if (search.on()) {
            return search.prompt();
        }
        return asking() ? "A check failed. What now?" : guide.walk().validated() ? "Done. Enter goes on." : "";
    }

    @Override
    public boolean take(Key key, long at) {
        return search.take(key);
    }

    @Override
    public List<KeyBinding> keys() {
        var keys = new ArrayList<KeyBinding>();
        boolean busy = guide.walk().busy();
        boolean none = shown().isEmpty();
        if (search.on()) {
            keys.addAll(search.keys());
        }
        if (asking() && !inLog) {
            keys.add(KeyBinding.of("Enter", "choose", this::answer).deciding());
            keys.addAll(answers.keys("move"));
        } else {
            keys.add(KeyBinding.of("Enter", "report", () -> guide.goAnew(Step.REPORT))
                    .help("go on to the report")
                    .in(KeyBinding.Group.LEAVE)
                    .unless(
                            !guide.walk().validated(),
                            "The checks are not done; c cancels one, Ctrl-C stops them all."));
            keys.addAll(inLog ? log() : list());
        }
        keys.add(KeyBinding.of("Tab Shift-Tab", "Tab", inLog ? "checks" : "log", _ -> inLog = !inLog)
                .help("from the checks to the log and back")
                .in(KeyBinding.Group.MOVE));
        keys.add(KeyBinding.of("J K", "J/K", "check", key -> pick(key.equals(Key.of('J')) ? 1 : -1))
                .help("the check whose log is shown")
                .in(KeyBinding.Group.MOVE)
                .quiet());
        keys.add(KeyBinding.of("f", "follow", () -> follow = true)
                .help("follow what is printed")
                .unless(follow, "It is being followed."));
        if (!search.on()) {
            keys.add(search.key());
        }
        keys.add(KeyBinding.of("c", "cancel", () -> guide.walk().cancel())
                .help("cancel the running check")
                .in(KeyBinding.Group.DECIDE)
                .unless(!busy, "No check is running."));
        keys.add(KeyBinding.of("r", "run again", this::again)
                .help("run the selected check again")
                .in(KeyBinding.Group.DECIDE)
                .unless(none || shown().map(view -> view.running()).orElse(false), "It is running."));
        keys.add(KeyBinding.of("o", "open log", this::open)
                .help("the whole log in $PAGER")
                .unless(logFile().isEmpty(), "There is no log file yet."));
        keys.add(KeyBinding.of("b", "back", () -> guide.go(Step.APPLY))
                .in(KeyBinding.Group.LEAVE)
                .unless(busy, "A check is running; c cancels it."));
        return keys;
    }

    private List<KeyBinding> list() {
        return Movement.keys("check", new Movement() {
            @Override
            public void by(int rows) {
                pick(rows);
            }

            @Override
            public int page() {
                return list.page();
            }

            @Override
            public void toStart() {
                by(-checks().size());
            }

            @Override
            public void toEnd() {
                by(checks().size());
            }
        });
    }

    private void pick(int rows) {
        chosenByHand = true;
        follow = true;
        list.by(rows);
    }

    private List<KeyBinding> log() {
        return Movement.keys("scroll", new Movement() {
            @Override
            public void by(int rows) {
                hold();
                log.by(rows);
                follow = rows > 0 && log.atEnd();
            }

            @Override
            public int page() {
                return log.page();
            }

            @Override
            public void toStart() {
                hold();
                log.toStart();
            }

            @Override
            public void toEnd() {
                follow = true;
            }
        });
    }

    /** Stops following, so that what is read stays where it is. */
    private void hold() {
        if (follow) {
            follow = false;
            heldAt = shown().map(view -> view.log().printed()).orElse(0L);
        }
    }

    private Optional<Path> logFile() {
        return shown().flatMap(CheckView::result).flatMap(CheckResult::log);
    }

    private void open() {
        logFile().ifPresent(file -> {
            String problem = guide.outside().page(file);
            if (!problem.isEmpty()) {
                guide.say(problem);
            }
        });
    }

    private void again() {
        shown().ifPresent(view -> {
            answered = false;
            guide.walk().again(view.check());
        });
    }

    private void answer() {
        switch (answers.selected()) {
            case 0 -> takeBack();
            case 1 -> {
                List<Check> broken = checks().stream()
                        .filter(CheckView::broken)
                        .map(CheckView::check)
                        .toList();
                broken.forEach(check -> guide.walk().again(check));
            }
            default -> answered = true;
        }
    }

    private void takeBack() {
        guide.walk().undo(() -> {
            guide.say("Everything was taken back: the files are as they were.");
            guide.goAnew(Step.REPORT);
        });
    }

    @Override
    public List<Word> words() {
        return List.of(
                new Word("ok", "it passed"),
                new Word("FAIL  TIME", "it failed; it took longer than it may"),
                new Word("stop  skip", "you cancelled it; there was nothing to check"),
                new Word("miss", "a program that it needs is not installed"),
                new Word("--  ...", "it waits; it runs"),
                new Word("follow", "the newest line stays in view until you scroll"));
    }

    @Override
    public void draw(Canvas canvas) {
        List<CheckView> checks = checks();
        if (checks.isEmpty()) {
            canvas.write(1, 0, guide.walk().problem().orElse("Looking for what can be checked ..."), Role.TEXT);
            return;
        }
        if (!chosenByHand) {
            int running = 0;
            for (int i = 0; i < checks.size(); i++) {
                if (checks.get(i).started() > 0
                        && (checks.get(i).running() || !checks.get(running).broken())) {
                    running = i;
                }
            }
            list.select(running);
        }
        int room = Math.max(1, Math.min(checks.size(), canvas.height() / 3));
        list.draw(
                canvas.region(0, 0, canvas.width(), room),
                checks.stream().map(view -> ItemList.Item.of(row(canvas, view))).toList(),
                !inLog && !asking());
        Canvas rest = canvas.below(room);
        if (asking() && !(inLog && rest.height() < 10)) {
            rest = question(rest);
        }
        shownLog(rest);
    }

    private StyledLine row(Canvas canvas, CheckView view) {
        String word = view.word();
        String what = view.result()
                .map(CheckResult::reason)
                .filter(reason -> !reason.isEmpty())
                .or(() -> view.waits() ? view.check().cannotRun().map(Check.Obstacle::reason) : Optional.empty())
                .orElse(String.join(" ", view.check().command()));
        boolean ran = view.started() > 0;
        String time =
                ran ? "%10s".formatted(Texts.time(view.duration(guide.walk().now()))) : "";
        int room = canvas.width() - 6 - 20 - 3 - time.length();
        return new StyledLine()
                .add(Texts.column(word, 6, canvas.signs()), canvas.style(Cards.state(word)))
                .add(Texts.column(view.check().title(), 19, canvas.signs()) + " ", canvas.style(Role.TEXT))
                .add(
                        Texts.column(what, Math.max(0, room), canvas.signs()),
                        canvas.style(view.broken() ? Role.FAIL : Role.DIM))
                .add(time, canvas.style(Role.DIM));
    }

    /** Draws what can be done about a failure and returns what is left for the log. */
    private Canvas question(Canvas canvas) {
        canvas.rule(0);
        String broken = String.join(
                ", ",
                checks().stream()
                        .filter(CheckView::broken)
                        .map(view -> view.check().title())
                        .toList());
        canvas.write(1, 1, broken + " failed with the change in place.", Role.FAIL);
        List<String> texts = List.of(
                "Take everything back      (" + Texts.count(files(), "file") + " as before, byte for byte)",
                "Run again                 (what failed)",
                "Keep it and go on         (the report will say that it failed)");
        answers.draw(
                canvas.region(0, 2, canvas.width(), 3),
                texts.stream()
                        .map(text -> ItemList.Item.of(new StyledLine().add(text, canvas.style(Role.TEXT))))
                        .toList(),
                !inLog);
        return canvas.below(5);
    }

    private int files() {
        return (int) guide.walk().applied().stream()
                .flatMap(applied -> applied.files().stream())
                .map(file -> file.path())
                .distinct()
                .count();
    }

    private void shownLog(Canvas canvas) {
        Optional<CheckView> shown = shown();
        if (shown.isEmpty() || canvas.height() < 2) {
            return;
        }
        CheckView view = shown.get();
        LogLines lines = view.log();
        Canvas body = canvas.below(1);
        int top = log.fit(lines.size(), body.height());
        if (follow) {
            log.toEnd();
            top = log.fit(lines.size(), body.height());
        }
        canvas.rule(0);
        canvas.write(1, 0, " " + view.check().title() + " ", inLog ? Role.TITLE : Role.DIM);
        String state = follow ? "follow" : Math.max(0, lines.printed() - heldAt) + " new below, f follows";
        canvas.writeBefore(canvas.width() - 1, 0, " %,d lines  %s ".formatted(lines.printed(), state), Role.DIM);
        if (lines.size() == 0) {
            body.write(
                    2,
                    0,
                    view.waits()
                            ? "It has not run yet."
                            : view.running() ? "Nothing printed yet." : "It printed nothing.",
                    Role.DIM);
        }
        for (int y = 0; y < body.height() && top + y < lines.size(); y++) {
            line(lines.line(top + y), body)
                    .mark(search.query(), body.style(Role.SEARCH))
                    .draw(body, 1, y, 0, body.style(Role.DIM));
        }
        if (inLog) {
            body.cursor(0, Math.min(body.height() - 1, Math.max(0, lines.size() - top - 1)));
        }
    }

    private StyledLine line(LogLine line, Canvas canvas) {
        var styled = new StyledLine();
        Style plain = canvas.style(line.error() ? Role.LOG_ERR : Role.TEXT);
        for (LogLine.Piece piece : line.pieces()) {
            Set<Style.Attribute> attributes = EnumSet.noneOf(Style.Attribute.class);
            attributes.addAll(plain.attributes());
            if (piece.bold()) {
                attributes.add(Style.Attribute.BOLD);
            }
            var colour = guide.shade(piece.colour());
            styled.add(
                    piece.text(),
                    new Style(colour.rgb().isEmpty() ? plain.foreground() : colour, plain.background(), attributes));
        }
        return styled;
    }
}
