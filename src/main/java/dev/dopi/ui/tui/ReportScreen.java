package dev.dopi.ui.tui;

import dev.dopi.engine.SessionReport;
import dev.dopi.pattern.Finding;
import dev.dopi.report.NextStep;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.CommitMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Step 7: what was done, what proved it, and what to do next. */
final class ReportScreen implements Screen {

    private final Guide guide;
    private final Scroll scroll = new Scroll();
    private final SessionReport report;

    ReportScreen(Guide guide) {
        this.guide = guide;
        this.report = guide.walk().report();
    }

    @Override
    public Step step() {
        return Step.REPORT;
    }

    private boolean nothing() {
        return report.applied().isEmpty();
    }

    @Override
    public List<KeyBinding> keys() {
        var keys = new ArrayList<KeyBinding>();
        keys.add(KeyBinding.of("Enter", "finish", () -> guide.quit(guide.walk().exitCode()))
                .help("leave dopi")
                .in(KeyBinding.Group.LEAVE));
        keys.add(KeyBinding.of("w", "write report", this::write)
                .help("write it to a file")
                .unless(guide.options().write().isEmpty(), "A report cannot be written here."));
        keys.add(KeyBinding.of("c", "copy commit message", () -> {
                    guide.outside().copy(CommitMessage.of(report));
                    guide.say("The commit message was sent to your terminal's clipboard.");
                })
                .help("copy a commit message, over SSH too")
                .unless(nothing(), "Nothing was changed, so there is nothing to commit."));
        keys.add(KeyBinding.of("u", "undo", this::undo)
                .help("take everything back")
                .in(KeyBinding.Group.DECIDE)
                .unless(nothing(), "There is nothing to take back."));
        keys.addAll(scroll.keys().stream().map(KeyBinding::quiet).toList());
        keys.add(KeyBinding.of("b", "back", () -> guide.go(Step.VALIDATE))
                .help("the checks again")
                .in(KeyBinding.Group.LEAVE)
                .unless(nothing(), "The walk is over; Enter leaves."));
        return keys;
    }

    private void write() {
        guide.options().write().ifPresent(write -> guide.say(write.apply(report)));
    }

    private void undo() {
        guide.push(new DialogScreen(
                Step.REPORT,
                "Undo?",
                (files().size() == 1 ? "The file" : "All " + files().size() + " files")
                        + " will be as before, byte for byte.",
                List.of(
                        new DialogScreen.Answer("Keep", guide::pop),
                        new DialogScreen.Answer("Take everything back", () -> {
                            guide.pop();
                            guide.walk().undo(() -> {
                                guide.say("Everything was taken back: the files are as they were.");
                                guide.goAnew(Step.REPORT);
                            });
                        }))));
    }

    private List<String> files() {
        return report.applied().stream()
                .flatMap(applied -> applied.files().stream())
                .map(SessionReport.Changed::path)
                .distinct()
                .toList();
    }

    @Override
    public List<Word> words() {
        return List.of(
                new Word("exit 0", "the program said that all is well; any other number says that it is not"),
                new Word("journal", "the name under which dopi undo knows a change"));
    }

    @Override
    public void draw(Canvas canvas) {
        var page = new Page(canvas.region(1, 0, canvas.width() - 2, canvas.height()));
        totals(page);
        applied(page);
        notChosen(page);
        checks(page, canvas);
        next(page);
        List<StyledLine> lines = page.lines();
        int top = scroll.fit(lines.size(), canvas.height());
        for (int y = 0; y < canvas.height() && top + y < lines.size(); y++) {
            lines.get(top + y).draw(canvas, 1, y, 0, canvas.style(Role.DIM));
        }
        if (!scroll.atEnd()) {
            canvas.writeBefore(canvas.width(), canvas.height() - 1, " j more ", Role.KEY);
        }
    }

    private void totals(Page page) {
        String time = Texts.time(Duration.ofMillis(report.durationMillis()));
        if (guide.walk().takenBack()) {
            page.text(
                    "Everything was taken back in " + time + ": "
                            + Texts.count(guide.walk().run().landed().size(), "file") + " as before.",
                    Role.WARN);
            guide.walk().run().landed().stream()
                    .distinct()
                    .forEach(
                            file -> page.text("  %-9s %s".formatted(Cards.lower(file.what()), file.path()), Role.TEXT));
            return;
        }
        long passed = report.checks().stream()
                .filter(check -> check.outcome().equals("PASSED"))
                .count();
        String checks = report.checks().isEmpty()
                ? "nothing was validated"
                : passed + " of " + Texts.count(report.checks().size(), "check") + " passed";
        page.text(
                "Done in " + time + ": " + Texts.count(report.applied().size(), "pattern") + " in place, "
                        + Texts.count(files().size(), "file") + " written, " + checks + ".",
                guide.walk().broken() ? Role.FAIL : Role.TITLE);
    }

    private void applied(Page page) {
        for (SessionReport.Applied each : report.applied()) {
            page.gap();
            page.text(
                    "ok    " + each.finding().pattern() + "  " + CommitMessage.label(each.finding()) + "  ("
                            + Texts.count(each.hunks().size(), "hunk") + ", journal " + each.journal() + ")",
                    Role.OK);
            each.files()
                    .forEach(file -> page.text(
                            "      " + (file.created() ? "created  " : "modified ") + file.path() + " +" + file.added()
                                    + " -" + file.removed(),
                            Role.TEXT));
            each.finding()
                    .measured()
                    .forEach(measured -> page.hanging(
                            6,
                            " measured: " + measured.what() + ": " + measured.before() + ", then " + measured.after(),
                            Role.DIM));
        }
    }

    private void notChosen(Page page) {
        List<Finding> left = guide.walk().findings().stream()
                .filter(finding -> finding.status().recommended())
                .filter(finding -> report.applied().stream()
                        .noneMatch(each -> each.finding()
                                        .pattern()
                                        .equals(finding.pattern().id())
                                && each.finding()
                                        .className()
                                        .equals(finding.subject().className())
                                && each.finding()
                                        .worker()
                                        .equals(finding.subject().worker())))
                .toList();
        if (!left.isEmpty()) {
            page.gap();
        }
        left.forEach(finding -> page.text(
                "--    " + finding.pattern().id() + "  " + finding.subject().label() + "  not in place", Role.DIM));
    }

    private void checks(Page page, Canvas canvas) {
        if (!report.checks().isEmpty()) {
            page.gap();
            page.text(guide.walk().takenBack() ? "Checks, while the change was in place" : "Checks", Role.TITLE);
        }
        for (SessionReport.CheckSummary check : report.checks()) {
            Integer exit = check.exitCode();
            String code = exit == null ? "no exit code" : "exit " + exit;
            String time = exit == null && check.durationMillis() == 0
                    ? ""
                    : Texts.time(Duration.ofMillis(check.durationMillis()));
            page.text(
                    Texts.column(check.title(), canvas.width() < 70 ? 20 : 27, canvas.signs())
                            + Texts.column(CommitMessage.outcome(check), 17, canvas.signs())
                            + Texts.column(code, 14, canvas.signs())
                            + time,
                    check.outcome().equals("PASSED") ? Role.TEXT : Role.WARN);
            if (!check.reason().isEmpty()) {
                page.hanging(6, " " + check.reason(), Role.DIM);
            }
        }
    }

    private void next(Page page) {
        page.gap();
        page.text("Next", Role.TITLE);
        if (nothing()) {
            page.text("1  dopi analyze  lists what is still recommended", Role.TEXT);
            return;
        }
        for (NextStep step : NextStep.of(report)) {
            page.hanging(6, " " + step.command() + ": " + step.purpose(), Role.TEXT);
        }
        boolean passed =
                report.checks().stream().allMatch(check -> check.outcome().equals("PASSED"));
        if (passed && !report.checks().isEmpty()) {
            page.hanging(6, " commit (c copies a message), then deploy to a small share of requests first", Role.TEXT);
        }
    }
}
