package dev.dopi.ui.tui;

import java.util.List;

/** Which part of a long text is in view. */
final class Scroll implements Movement {

    private int top;
    /** Where the user went; a window that is made larger and small again shows it again. */
    private int wanted;

    private int size;
    private int page = 1;

    /** Says how many rows there are and how many fit; returns the first one in view. */
    int fit(int rows, int room) {
        size = rows;
        page = Math.max(1, room);
        top = clamped(wanted);
        return top;
    }

    void to(int row) {
        wanted = clamped(row);
        top = wanted;
    }

    private int clamped(int row) {
        return Math.clamp(row, 0, Math.max(0, size - page));
    }

    /** Moves as little as brings {@code row} into view. */
    void reveal(int row) {
        if (row < top || row >= top + page) {
            wanted = Math.max(0, row - page / 3);
            top = wanted;
        }
    }

    boolean atEnd() {
        return top >= size - page;
    }

    boolean fits() {
        return size <= page;
    }

    int size() {
        return size;
    }

    @Override
    public void by(int rows) {
        to(top + rows);
    }

    @Override
    public int page() {
        return page;
    }

    @Override
    public void toStart() {
        to(0);
    }

    @Override
    public void toEnd() {
        to(size);
    }

    List<KeyBinding> keys() {
        return Movement.keys("scroll", this);
    }
}
