package dev.dopi.ui.tui;

import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.CheckView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Step 6: the checks as they run, the output of one of them live, and what to do when one failed. */
final class ValidateScreen implements Screen {

    private final Guide guide;
    private final ItemList list = new ItemList();
    private final ItemList answers = new ItemList();
    private final LogPane log;
    private boolean begun;
    private boolean inLog;
    private boolean chosenByHand;
    private boolean answered;
    /** What was chosen about a failure, as a sentence. */
    private String doing = "";

    ValidateScreen(Guide guide) {
        this.guide = guide;
        this.log = new LogPane(guide, this::shown);
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
        follow();
        return list.selected() < checks().size() ? Optional.of(checks().get(list.selected())) : Optional.empty();
    }

    /** Selects the check that runs, or else the one that matters most, until the user selects one. */
    private void follow() {
        if (chosenByHand) {
            return;
        }
        List<CheckView> checks = checks();
        int running = 0;
        for (int i = 0; i < checks.size(); i++) {
            // One that cannot run has nothing to show.
            if (checks.get(i).started() > 0
                    && checks.get(i).check().cannotRun().isEmpty()
                    && (checks.get(i).running() || !checks.get(running).broken())) {
                running = i;
            }
        }
        list.select(running);
    }

    private boolean asking() {
        return guide.walk().validated() && guide.walk().broken() && !answered && !acting();
    }

    /** Whether what was chosen about a failure is being done. */
    private boolean acting() {
        return !doing.isEmpty() && guide.walk().busy();
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
        if (log.search().on()) {
            return log.search().prompt();
        }
        if (asking()) {
            return inLog ? "A check failed. Tab goes back to the question." : "A check failed. What now?";
        }
        if (acting()) {
            return doing;
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
        if (log.search().on()) {
            return log.search().prompt();
        }
        if (acting()) {
            return doing;
        }
        return asking() ? "A check failed. What now?" : guide.walk().validated() ? "Done. Enter goes on." : "";
    }

    @Override
    public boolean take(Key key, long at) {
        return log.search().take(key);
    }

    @Override
    public List<KeyBinding> keys() {
        var keys = new ArrayList<KeyBinding>();
        boolean busy = guide.walk().busy();
        boolean none = shown().isEmpty();
        if (log.search().on()) {
            keys.addAll(log.search().keys());
        }
        if (asking() && !inLog) {
            keys.add(KeyBinding.of("Enter", "choose", this::answer).deciding());
            keys.addAll(answers.keys("move"));
        } else {
            keys.add(KeyBinding.of("Enter", "report", () -> guide.goAnew(Step.REPORT))
                    .help("go on to the report")
                    .in(KeyBinding.Group.LEAVE)
                    .unless(
                            !guide.walk().validated() || acting(),
                            "The checks are not done; c cancels one, Ctrl-C stops them all."));
            keys.addAll(inLog ? log.keys() : list());
        }
        keys.add(KeyBinding.of("Tab Shift-Tab", "Tab", inLog ? "checks" : "log", _ -> inLog = !inLog)
                .help("from the checks to the log and back")
                .in(KeyBinding.Group.MOVE));
        keys.addAll(logKeys());
        keys.add(KeyBinding.of("c", "cancel", () -> guide.walk().checking().cancel())
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

    private List<KeyBinding> logKeys() {
        var keys = new ArrayList<KeyBinding>();
        keys.add(KeyBinding.of("J K", "J/K", "check", key -> pick(key.equals(Key.of('J')) ? 1 : -1))
                .help("the check whose log is shown")
                .in(KeyBinding.Group.MOVE)
                .quiet());
        keys.add(KeyBinding.of("f", "follow", log::follow)
                .help("follow what is printed")
                .unless(log.following(), "It is being followed."));
        if (!log.search().on()) {
            keys.add(log.search().key());
        }
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
        log.follow();
        list.by(rows);
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
            doing = "";
            guide.walk().checking().again(view.check());
        });
    }

    private void answer() {
        switch (answers.selected()) {
            case 0 -> {
                doing = "Looking which pattern broke it.";
                guide.walk().takeBackBroken(this::tookBack);
            }
            case 1 -> {
                doing = "Putting everything back.";
                takeBack();
            }
            case 2 -> {
                List<Check> broken = checks().stream()
                        .filter(CheckView::broken)
                        .map(CheckView::check)
                        .toList();
                broken.forEach(check -> guide.walk().checking().again(check));
            }
            default -> answered = true;
        }
    }

    private void tookBack(String sentence) {
        guide.say(sentence);
        if (guide.walk().applied().isEmpty()) {
            guide.goAnew(Step.REPORT);
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
                new Word("old", "it failed in the same way before dopi's change"),
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
        follow();
        int room = Math.max(1, Math.min(checks.size(), canvas.height() / 3));
        list.draw(
                canvas.region(0, 0, canvas.width(), room),
                checks.stream().map(view -> ItemList.Item.of(row(canvas, view))).toList(),
                !inLog && !asking());
        Canvas rest = canvas.below(room);
        if (asking() && !(inLog && rest.height() < 11)) {
            rest = question(rest);
        }
        log.draw(rest, inLog);
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
        int titles = Math.min(
                checks().stream()
                        .mapToInt(each -> Glyph.width(each.check().title()))
                        .max()
                        .orElse(0),
                Math.max(19, canvas.width() * 2 / 5));
        int room = canvas.width() - 6 - titles - 2 - 3 - time.length();
        return new StyledLine()
                .add(Texts.column(word, 6, canvas.signs()), canvas.style(Cards.state(word)))
                .add(Texts.column(view.check().title(), titles, canvas.signs()) + "  ", canvas.style(Role.TEXT))
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
                "Take back what broke it   (that pattern alone; the rest stays)",
                "Take everything back      (" + Texts.count(files(), "file") + " as before, byte for byte)",
                "Run again                 (what failed)",
                "Keep it and go on         (the report will say that it failed)");
        answers.draw(
                canvas.region(0, 2, canvas.width(), 4),
                texts.stream()
                        .map(text -> ItemList.Item.of(new StyledLine().add(text, canvas.style(Role.TEXT))))
                        .toList(),
                !inLog);
        return canvas.below(6);
    }

    private int files() {
        return (int) guide.walk().applied().stream()
                .flatMap(applied -> applied.files().stream())
                .map(file -> file.path())
                .distinct()
                .count();
    }
}
