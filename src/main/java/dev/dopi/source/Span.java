package dev.dopi.source;

/**
 * A half-open range of UTF-16 offsets into a source text.
 *
 * @param start the first offset in the range
 * @param end the offset just past the last one
 */
public record Span(int start, int end) {

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a span: %d..%d".formatted(start, end));
        }
    }

    /** Returns the empty span at {@code offset}: the place of an insertion. */
    public static Span at(int offset) {
        return new Span(offset, offset);
    }

    public int length() {
        return end - start;
    }

    public boolean overlaps(Span other) {
        return start < other.end && other.start < end;
    }

    /** Returns whether {@code other} lies wholly inside this span. */
    public boolean contains(Span other) {
        return start <= other.start && other.end <= end;
    }

    public boolean contains(int offset) {
        return start <= offset && offset < end;
    }
}
