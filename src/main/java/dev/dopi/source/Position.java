package dev.dopi.source;

/** A place in a file as a reader counts: line and column both from one, columns in UTF-16 units. */
public record Position(int line, int column) {

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
