package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import java.util.List;

/** A list of which one item is selected; an item may take several lines. */
final class ItemList implements Movement {

    private List<Item> items = List.of();
    private int selected;
    private int top;
    private int room = 1;

    /** Some lines; headings cannot be selected. */
    record Item(List<StyledLine> lines, boolean selectable) {

        Item {
            lines = List.copyOf(lines);
        }

        static Item of(StyledLine line) {
            return new Item(List.of(line), true);
        }

        static Item heading(StyledLine line) {
            return new Item(List.of(line), false);
        }
    }

    /** Returns the index of the selected item among all. */
    int selected() {
        return selected;
    }

    void select(int index) {
        selected = index;
    }

    /** Draws what fits, the selected item always, with a pointer beside it where {@code focused}. */
    void draw(Canvas canvas, List<Item> shown, boolean focused) {
        items = List.copyOf(shown);
        room = Math.max(1, canvas.height());
        settle();
        int first = 0;
        for (Item item : items.subList(0, Math.min(selected, items.size()))) {
            first += item.lines().size();
        }
        int last = first + (items.isEmpty() ? 1 : items.get(selected).lines().size());
        int all = items.stream().mapToInt(item -> item.lines().size()).sum();
        top = Math.clamp(top, 0, Math.max(0, all - room));
        top = Math.min(Math.max(top, last - room), Math.max(0, first - (first > 0 && first - 1 < room ? 1 : 0)));
        top = first < top ? first : top;
        int y = -top;
        for (int i = 0; i < items.size(); i++) {
            boolean here = i == selected && focused;
            for (StyledLine line : items.get(i).lines()) {
                if (y >= 0 && y < room) {
                    line.draw(canvas, 2, y, 0, canvas.style(Role.DIM));
                    if (here) {
                        canvas.tint(y, Role.SELECT);
                    }
                }
                y++;
            }
            if (here) {
                canvas.write(0, first - top, canvas.signs().pointer(), canvas.style(Role.SELECT));
                canvas.cursor(0, first - top);
            }
        }
        more(canvas, all - top - room);
    }

    /** Says how many lines are below the last one shown. */
    private void more(Canvas canvas, int below) {
        if (below > 0 && room > 2) {
            String text = " " + below + " more ";
            // Where the row is full, a shorter one, so that little of it is covered, and behind a sign that it is.
            boolean full = canvas.occupied(room - 1, canvas.width() - text.length());
            canvas.writeBefore(canvas.width(), room - 1, full ? canvas.signs().more() + " +" + below : text, Role.KEY);
        }
    }

    private void settle() {
        selected = Math.clamp(selected, 0, Math.max(0, items.size() - 1));
        if (!items.isEmpty() && !items.get(selected).selectable()) {
            step(1);
            step(items.get(selected).selectable() ? 0 : -1);
        }
    }

    private void step(int direction) {
        for (int i = selected + direction; direction != 0 && i >= 0 && i < items.size(); i += direction) {
            if (items.get(i).selectable()) {
                selected = i;
                return;
            }
        }
    }

    @Override
    public void by(int rows) {
        for (int i = 0; i < Math.abs(rows); i++) {
            step(Integer.signum(rows));
        }
    }

    @Override
    public int page() {
        return room;
    }

    @Override
    public void toStart() {
        by(-items.size());
    }

    @Override
    public void toEnd() {
        by(items.size());
    }

    List<KeyBinding> keys(String label) {
        return Movement.keys(label, this);
    }
}
