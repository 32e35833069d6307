package dev.dopi.ui.view;

import java.util.ArrayList;
import java.util.List;

/**
 * The last {@value #KEPT} lines of a log.
 *
 * <p>It never changes: {@link #with} gives the next one. Versions share a buffer that only the newest writes on, so a
 * line costs the same whether ten were printed or ten million. Only one thread may make new versions.
 */
public final class LogLines {

    /** How many lines are kept for scrolling back; the whole log is in a file. */
    public static final int KEPT = 5_000;

    public static final LogLines NONE = new LogLines(new ArrayList<>(), 0, 0, 0);

    private final List<LogLine> buffer;
    private final int from;
    private final int to;
    private final long dropped;

    private LogLines(List<LogLine> buffer, int from, int to, long dropped) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        this.dropped = dropped;
    }

    public LogLines with(LogLine line) {
        if (buffer.size() != to || from > KEPT || this == NONE) {
            var fresh = new ArrayList<>(buffer.subList(from, to));
            return new LogLines(fresh, 0, fresh.size(), dropped).with(line, fresh);
        }
        return with(line, buffer);
    }

    private LogLines with(LogLine line, List<LogLine> owned) {
        owned.add(line);
        boolean full = to - from == KEPT;
        return new LogLines(owned, full ? from + 1 : from, to + 1, full ? dropped + 1 : dropped);
    }

    public int size() {
        return to - from;
    }

    public LogLine line(int index) {
        return buffer.get(from + index);
    }

    /** Returns how many lines were printed before the first one kept. */
    public long dropped() {
        return dropped;
    }

    /** Returns how many lines were printed in all. */
    public long printed() {
        return dropped + size();
    }
}
