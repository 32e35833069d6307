package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import dev.dopi.ui.theme.Style;
import java.util.ArrayList;
import java.util.List;

/** Some Markdown to read, over the screen below. */
final class TextScreen implements Screen {

    private static final int WIDEST = 96;

    private final Guide guide;
    private final Step step;
    private final String title;
    private final String text;
    private final String key;
    private final String label;
    private final Scroll scroll = new Scroll();

    /** Shows {@code text} until {@code key}, which the footer calls {@code label}, or Escape. */
    TextScreen(Guide guide, Step step, String title, String text, String key, String label) {
        this.guide = guide;
        this.step = step;
        this.title = title;
        String heading = "# " + title + "\n";
        // The frame says it already.
        this.text = text.startsWith(heading) ? text.substring(heading.length()).stripLeading() : text;
        this.key = key;
        this.label = label;
    }

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
        var keys = new ArrayList<KeyBinding>();
        keys.add(KeyBinding.of(key + " Esc q b", key, label, _ -> guide.pop()).in(KeyBinding.Group.LEAVE));
        keys.addAll(scroll.keys());
        return keys;
    }

    @Override
    public void draw(Canvas canvas) {
        // Beside a page that is nearly as wide, the rest of the screen below would be scraps.
        int width = canvas.width() <= WIDEST + 2 ? canvas.width() : WIDEST;
        List<StyledLine> lines = lines(canvas, width - 4);
        int height = Math.min(canvas.height(), lines.size() + 2);
        Canvas window = canvas.region((canvas.width() - width) / 2, (canvas.height() - height) / 2, width, height);
        Canvas inside = window.box(title);
        int top = scroll.fit(lines.size(), inside.height());
        for (int y = 0; y < inside.height() && top + y < lines.size(); y++) {
            lines.get(top + y).draw(inside, 0, y, 0, canvas.style(Role.DIM));
        }
        if (!scroll.atEnd()) {
            window.writeBefore(width - 2, height - 1, " j more ", Role.KEY);
        }
    }

    private List<StyledLine> lines(Canvas canvas, int width) {
        var lines = new ArrayList<StyledLine>();
        boolean code = false;
        for (String line : unwrapped(text)) {
            if (line.startsWith("```")) {
                code = !code;
                continue;
            }
            boolean heading = line.startsWith("#");
            Style style = canvas.style(code ? Role.CODE_STRING : heading ? Role.TITLE : Role.TEXT);
            if (code || line.startsWith("|") || line.startsWith("    ")) {
                lines.add(new StyledLine().add("  " + line, style));
                continue;
            }
            String indent = line.matches("\\s*([-*]|\\d+\\.) .*") ? "  " : "";
            String plain =
                    line.replaceFirst("^#+ ", "").replace("**", "").replaceAll("\\[([^]]*)]\\(([^)]*)\\)", "$1 ($2)");
            boolean first = true;
            for (String row : Texts.wrap(plain, width - indent.length())) {
                lines.add(new StyledLine().add((first ? "" : indent) + row, style));
                first = false;
            }
        }
        return lines;
    }

    /** The lines of {@code markdown} with each paragraph and list item on one, since this window has its own width. */
    private static List<String> unwrapped(String markdown) {
        var lines = new ArrayList<String>();
        boolean code = false;
        boolean open = false;
        for (String line : markdown.lines().toList()) {
            boolean fence = line.startsWith("```");
            boolean alone = code || fence || line.isBlank() || line.matches("(#|\\||    ).*");
            boolean begins = line.matches("\\s*([-*]|\\d+\\.) .*");
            if (open && !alone && !begins) {
                lines.set(lines.size() - 1, lines.getLast() + " " + line.strip());
            } else {
                lines.add(line);
            }
            open = !alone;
            code = code != fence;
        }
        return lines;
    }
}
