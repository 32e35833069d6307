package dev.dopi.ui.tui;

import dev.dopi.engine.Analysis;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.Status;
import dev.dopi.project.Diagnostic;
import dev.dopi.ui.theme.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Step 1: what is being read, then the classes that were found. */
final class AnalyseScreen implements Screen {

    private final Guide guide;
    private final ItemList list = new ItemList();
    private List<Runnable> actions = List.of();
    private boolean begun;
    private long started;

    AnalyseScreen(Guide guide) {
        this.guide = guide;
    }

    @Override
    public Step step() {
        return Step.ANALYSE;
    }

    @Override
    public void entered() {
        if (!begun) {
            begun = true;
            analyse();
        }
    }

    private void analyse() {
        started = guide.walk().now();
        list.select(0);
        guide.walk().analyse(guide::offerEarlier);
    }

    @Override
    public List<KeyBinding> keys() {
        boolean ready = guide.walk().analysis().isPresent();
        var keys = new ArrayList<KeyBinding>();
        keys.add(KeyBinding.of("Enter", "open", () -> {
                    if (list.selected() < actions.size()) {
                        actions.get(list.selected()).run();
                    }
                })
                .unless(actions.isEmpty(), "Nothing is found yet."));
        keys.addAll(list.keys("move"));
        keys.add(KeyBinding.of("c", "choose", () -> guide.go(Step.CHOOSE))
                .help("go on to the recommendations")
                .in(KeyBinding.Group.LEAVE)
                .unless(!ready, "The analysis is not done yet."));
        keys.add(KeyBinding.of("r", "read again", this::analyse)
                .unless(guide.walk().busy(), "It is still being read."));
        return keys;
    }

    @Override
    public List<Word> words() {
        return Cards.words();
    }

    @Override
    public void draw(Canvas canvas) {
        int y = 0;
        Optional<Analysis> analysis = guide.walk().analysis();
        boolean roomy = canvas.height() >= 14;
        if (roomy) {
            canvas.write(
                    1,
                    y++,
                    analysis.isPresent()
                            ? "Your project was read. Nothing was written, none of its code was run."
                            : "Reading your project. Nothing is written, none of its code is run.",
                    Role.TEXT);
            y++;
        }
        y = progress(canvas, y, analysis);
        Optional<String> problem = guide.walk().problem();
        if (problem.isPresent() && analysis.isEmpty()) {
            for (String line : Texts.wrap(problem.get(), canvas.width() - 4)) {
                canvas.write(2, ++y, line, Role.FAIL);
            }
            actions = List.of();
            return;
        }
        if (roomy) {
            y++;
        }
        var items = new ArrayList<ItemList.Item>();
        var next = new ArrayList<Runnable>();
        analysis.ifPresent(it -> goOn(canvas, it, items, next));
        for (DurableObjectClass each : guide.walk().run().classes()) {
            items.add(card(canvas, each));
            next.add(() -> guide.push(new ClassScreen(guide, each)));
        }
        notes(canvas, analysis, items, next);
        actions = next;
        list.draw(canvas.below(y), items, true);
    }

    private int progress(Canvas canvas, int from, Optional<Analysis> analysis) {
        var run = guide.walk().run();
        boolean done = analysis.isPresent();
        boolean stopped = !done && !guide.walk().busy();
        String now = done ? "ok" : stopped ? "stop" : "...";
        Duration time = analysis.map(Analysis::duration)
                .orElse(Duration.ofMillis(Math.max(0, guide.walk().now() - started)));
        int y = from;
        row(
                canvas,
                y++,
                run.files() > 0 ? now : stopped ? "stop" : "...",
                "Files",
                done || run.reading().isEmpty()
                        ? Texts.count(run.files(), "file") + " listed"
                        : Texts.count(run.files(), "file") + " listed, reading " + run.reading(),
                Texts.time(time));
        row(
                canvas,
                y++,
                done ? "ok" : run.classes().isEmpty() ? "--" : now,
                "Classes",
                run.classes().isEmpty()
                        ? done ? "no Durable Object class found" : "none found yet"
                        : run.classes().stream()
                                .map(DurableObjectClass::className)
                                .collect(Collectors.joining(", ")),
                "");
        row(
                canvas,
                y++,
                done ? "ok" : "--",
                "Patterns",
                analysis.map(AnalyseScreen::patterns).orElse("waiting"),
                "");
        return y;
    }

    private static String patterns(Analysis analysis) {
        int wanted = (int) analysis.recommendations().count();
        long present = analysis.findings().stream()
                .filter(finding -> finding.status() == Status.PRESENT)
                .count();
        return Texts.count(wanted, "recommendation") + ", " + present + " already in place";
    }

    private static void row(Canvas canvas, int y, String state, String what, String result, String time) {
        canvas.write(2, y, state, Cards.state(state));
        canvas.write(8, y, what, Role.TEXT);
        int end = time.isEmpty() ? canvas.width() - 1 : canvas.writeBefore(canvas.width() - 1, y, time, Role.DIM) - 1;
        canvas.region(18, y, end - 18, 1).write(0, 0, result, Role.TEXT);
    }

    private void goOn(Canvas canvas, Analysis analysis, List<ItemList.Item> items, List<Runnable> next) {
        int wanted = (int) analysis.recommendations().count();
        String text = wanted == 0
                ? "See what is in place: nothing is recommended"
                : "Go on to " + Texts.count(wanted, "recommendation");
        items.add(ItemList.Item.of(new StyledLine().add(text, canvas.style(Role.TITLE))));
        next.add(() -> guide.go(Step.CHOOSE));
    }

    private static ItemList.Item card(Canvas canvas, DurableObjectClass each) {
        var name = new StyledLine()
                .add(Texts.column(each.className(), 24, canvas.signs()) + " ", canvas.style(Role.TEXT))
                .add(Cards.place(each), canvas.style(Role.LINK));
        var facts = new StyledLine().add("  " + Cards.facts(each), canvas.style(Role.DIM));
        return new ItemList.Item(List.of(name, facts), true);
    }

    private void notes(Canvas canvas, Optional<Analysis> analysis, List<ItemList.Item> items, List<Runnable> next) {
        var run = guide.walk().run();
        for (String problem : run.problems()) {
            items.add(note(canvas, "note  " + problem));
            next.add(() -> read(problem));
        }
        List<Diagnostic> diagnostics = analysis.map(Analysis::diagnostics).orElse(List.of());
        for (Diagnostic each : diagnostics) {
            String text = (each.place().isEmpty() ? "" : each.place() + "  ") + each.message();
            items.add(note(canvas, Cards.lower(each.severity()) + "  " + text));
            next.add(() -> read(text));
        }
    }

    private static ItemList.Item note(Canvas canvas, String text) {
        return ItemList.Item.of(new StyledLine().add(text, canvas.style(Role.WARN)));
    }

    private void read(String text) {
        guide.push(new TextScreen(guide, Step.ANALYSE, "Note", text, "Enter", "close"));
    }
}
