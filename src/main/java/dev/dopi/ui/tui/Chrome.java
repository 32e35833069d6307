package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import java.util.ArrayList;
import java.util.List;

/** What stands around every screen: where the user is above, what can be asked and pressed below. */
final class Chrome {

    /** The smallest window that dopi works in. */
    static final int LEAST_WIDTH = 40;

    static final int LEAST_HEIGHT = 10;

    private static final int COMPACT_HEIGHT = 16;

    private Chrome() {}

    static boolean tooSmall(int width, int height) {
        return width < LEAST_WIDTH || height < LEAST_HEIGHT;
    }

    static void drawTooSmall(Canvas canvas) {
        canvas.write(0, 0, "Window is %dx%d,".formatted(canvas.width(), canvas.height()), Role.TEXT);
        canvas.write(0, 1, "needs %dx%d.".formatted(LEAST_WIDTH, LEAST_HEIGHT), Role.TEXT);
    }

    /** Draws header and footer and returns what is left between them. */
    static Canvas draw(Canvas canvas, Screen screen, String project, String said) {
        int width = canvas.width();
        int height = canvas.height();
        boolean compact = height < COMPACT_HEIGHT;
        header(canvas, screen, project);
        String asked = Glyph.width(screen.question()) < width ? screen.question() : screen.brief();
        String note = said.isEmpty() ? asked : said;
        List<KeyBinding> bindings = screen.keys().stream()
                .filter(each -> each.footer() && each.disabled().isEmpty())
                .toList();
        if (compact) {
            if (note.isEmpty()) {
                keys(canvas, height - 1, bindings);
                return canvas.region(0, 1, width, height - 2);
            }
            canvas.write(1, height - 2, note, said.isEmpty() ? Role.TITLE : Role.WARN);
            keys(canvas, height - 1, bindings);
            return canvas.region(0, 1, width, height - 3);
        }
        canvas.rule(1);
        canvas.rule(height - 3);
        if (note.isEmpty()) {
            int first = fitting(bindings, width);
            if (first < bindings.size()) {
                line(canvas, height - 2, bindings.subList(0, first));
                keys(canvas, height - 1, bindings.subList(first, bindings.size()));
            } else {
                keys(canvas, height - 2, bindings);
            }
        } else {
            List<String> rows = Texts.wrap(note, width - 2);
            boolean message = !said.isEmpty();
            canvas.write(1, height - 2, message ? rows.getFirst() : note, message ? Role.WARN : Role.TITLE);
            if (message && rows.size() > 1) {
                canvas.write(1, height - 1, String.join(" ", rows.subList(1, rows.size())), Role.WARN);
            } else {
                keys(canvas, height - 1, bindings);
            }
        }
        return canvas.region(0, 2, width, height - 5);
    }

    private static void header(Canvas canvas, Screen screen, String project) {
        var rail = new ArrayList<String>();
        for (Step step : Step.values()) {
            if (step == screen.step()) {
                rail.add("[" + step.title() + "]");
            } else if (step != Step.OPTIONS) {
                rail.add(step.title());
            }
        }
        String whole = String.join(" " + canvas.signs().then() + " ", rail);
        int room = canvas.width() - Glyph.width(whole) - 3;
        if (room < 6) {
            narrow(canvas, screen);
            return;
        }
        String name = Glyph.width(" dopi  " + project) <= room ? "dopi  " + project : project;
        canvas.write(1, 0, Texts.column(name, room - 1, canvas.signs()), Role.TITLE);
        int x = canvas.width() - Glyph.width(whole) - 1;
        for (String word : rail) {
            x = canvas.write(x, 0, word, word.startsWith("[") ? Role.STEP : Role.DIM);
            if (x < canvas.width() - 3) {
                x = canvas.write(x, 0, " " + canvas.signs().then() + " ", Role.DIM);
            }
        }
    }

    private static void narrow(Canvas canvas, Screen screen) {
        Step step = screen.step();
        int x = canvas.write(1, 0, "dopi ", Role.TITLE);
        String place =
                "%d/%d [%s]".formatted(List.of(Step.values()).indexOf(step) + 1, Step.values().length, step.title());
        x = canvas.write(x, 0, place, Role.STEP);
        canvas.write(x + 2, 0, screen.place(), Role.DIM);
    }

    private static int fitting(List<KeyBinding> bindings, int width) {
        int x = 1;
        for (int i = 0; i < bindings.size(); i++) {
            x += width(bindings.get(i));
            if (x + (i == bindings.size() - 1 ? "? help".length() : 0) > width) {
                return i;
            }
        }
        return bindings.size();
    }

    private static int width(KeyBinding binding) {
        return Glyph.width(binding.shown()) + 1 + Glyph.width(binding.label()) + 2;
    }

    private static int line(Canvas canvas, int y, List<KeyBinding> bindings) {
        int x = 1;
        for (KeyBinding binding : bindings) {
            x = canvas.write(x, y, binding.shown(), Role.KEY);
            x = canvas.write(x + 1, y, binding.label(), Role.DIM) + 2;
        }
        return x;
    }

    private static void keys(Canvas canvas, int y, List<KeyBinding> bindings) {
        String help = "? help";
        int x = line(canvas, y, bindings.subList(0, fitting(bindings, canvas.width() - help.length())));
        if (bindings.stream().anyMatch(binding -> binding.keys().contains(Key.of('?')))) {
            return;
        }
        canvas.write(x, y, "?", Role.KEY);
        canvas.write(x + 2, y, "help", Role.DIM);
    }
}
