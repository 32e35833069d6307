package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import java.util.ArrayList;
import java.util.List;

/** Paragraphs and named fields, wrapped to a pane. */
final class Page {

    /** The cells that the name of a field takes. */
    static final int NAME = 9;

    private final Canvas canvas;
    private final List<StyledLine> lines = new ArrayList<>();

    Page(Canvas canvas) {
        this.canvas = canvas;
    }

    void text(String text, Role role) {
        // A row that fits keeps the blanks that line it up with others.
        List<String> rows = Glyph.width(text) <= canvas.width() ? List.of(text) : Texts.wrap(text, canvas.width());
        rows.forEach(row -> lines.add(new StyledLine().add(row, canvas.style(role))));
    }

    void field(String name, String text) {
        boolean first = true;
        for (String row : Texts.wrap(text, canvas.width() - NAME)) {
            lines.add(new StyledLine()
                    .add(Texts.column(first ? name : "", NAME, canvas.signs()), canvas.style(Role.DIM))
                    .add(row, canvas.style(Role.TEXT)));
            first = false;
        }
    }

    /** Adds text whose further lines stand {@code indent} cells in. */
    void hanging(int indent, String text, Role role) {
        boolean first = true;
        for (String row : Texts.wrap(text, canvas.width() - indent)) {
            String before = first && !text.startsWith(" ") ? "" : " ".repeat(indent);
            lines.add(new StyledLine().add(before + row, canvas.style(role)));
            first = false;
        }
    }

    void gap() {
        lines.add(new StyledLine());
    }

    List<StyledLine> lines() {
        return List.copyOf(lines);
    }
}
