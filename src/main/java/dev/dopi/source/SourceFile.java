package dev.dopi.source;

import static java.util.Objects.requireNonNull;

/**
 * One text file, as it was when the project was read.
 *
 * <p>The text is what stands on disk, character for character: a byte order mark, CRLF line ends and a missing final
 * newline are part of it, so encoding the text as UTF-8 gives the file's bytes back.
 *
 * @param path the file's path relative to the project's root, {@code /}-separated
 * @param text the whole text
 */
public record SourceFile(String path, String text) {

    public SourceFile {
        requireNonNull(path, "path");
        requireNonNull(text, "text");
        if (path.startsWith("/")) {
            throw new IllegalArgumentException("not relative to the project: " + path);
        }
    }

    /** Returns the text that {@code span} covers. */
    public String text(Span span) {
        return text.substring(span.start(), span.end());
    }

    /** Returns where {@code offset} is for a reader. */
    public Position position(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int newline = text.indexOf('\n');
                newline >= 0 && newline < offset;
                newline = text.indexOf('\n', lineStart)) {
            line++;
            lineStart = newline + 1;
        }
        return new Position(line, offset - lineStart + 1);
    }

    /** Returns the line, counted from one, in which {@code span} starts. */
    public int line(Span span) {
        return position(span.start()).line();
    }

    /** Returns the line end that the file uses: that of its first line, or {@code \n}. */
    public String lineEnd() {
        int newline = text.indexOf('\n');
        return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
    }

    /** Returns the white space with which the line of {@code offset} begins. */
    public String indentAt(int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }
}
