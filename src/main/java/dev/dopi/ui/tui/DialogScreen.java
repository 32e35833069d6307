package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A question with a few answers, over the screen below. The first answer is the safe one. */
final class DialogScreen implements Screen {

    private final Step step;
    private final String title;
    private final String text;
    private final List<Answer> answers;
    private int selected;

    DialogScreen(Step step, String title, String text, List<Answer> answers) {
        this.step = step;
        this.title = title;
        this.text = text;
        this.answers = List.copyOf(answers);
    }

    /** What can be answered, and what happens then. */
    record Answer(String label, Runnable action) {}

    @Override
    public Step step() {
        return step;
    }

    @Override
    public boolean overlay() {
        return true;
    }

    @Override
    public List<KeyBinding> keys() {
        Consumer<Key> move = key -> selected = Math.clamp(
                selected
                        + (List.of(
                                                Key.of(Key.Name.UP),
                                                Key.of(Key.Name.LEFT),
                                                Key.of('k'),
                                                Key.of('h'),
                                                Key.of(Key.Name.BACK_TAB))
                                        .contains(key)
                                ? -1
                                : 1),
                0,
                answers.size() - 1);
        return List.of(
                KeyBinding.of("Up Left k h Shift-Tab Down Right j l Tab", "j/k", "move", move)
                        .in(KeyBinding.Group.MOVE),
                KeyBinding.of("Enter", "choose", () -> answers.get(selected)
                                .action()
                                .run())
                        .deciding(),
                KeyBinding.of(
                                "Esc",
                                answers.getFirst().label().toLowerCase(java.util.Locale.ROOT),
                                () -> answers.getFirst().action().run())
                        .in(KeyBinding.Group.LEAVE));
    }

    @Override
    public void draw(Canvas canvas) {
        int width = Math.min(64, canvas.width() - 2);
        var lines = new ArrayList<>(Texts.wrap(text, width - 6));
        int height = Math.min(canvas.height(), lines.size() + answers.size() + 3);
        Canvas inside = canvas.region((canvas.width() - width) / 2, (canvas.height() - height) / 2, width, height)
                .box(title);
        int y = 0;
        int room = Math.max(1, inside.height() - answers.size() - (inside.height() > answers.size() + 1 ? 1 : 0));
        for (String line : lines.subList(0, Math.min(room, lines.size()))) {
            inside.write(1, y++, line, Role.TEXT);
        }
        y = inside.height() - answers.size();
        for (int i = 0; i < answers.size(); i++) {
            boolean here = i == selected;
            inside.write(3, y + i, answers.get(i).label(), Role.TEXT);
            if (here) {
                inside.region(0, y + i, inside.width(), 1).tint(0, Role.SELECT);
                inside.write(1, y + i, canvas.signs().pointer(), canvas.style(Role.SELECT));
                inside.cursor(1, y + i);
            }
        }
    }
}
