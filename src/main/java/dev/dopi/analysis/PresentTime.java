package dev.dopi.analysis;

import dev.dopi.model.Table.Timestamp.Unit;
import java.util.Locale;
import java.util.Optional;

/** Tells in which unit an expression gives the present time; what is not plainly the present time gives nothing. */
public final class PresentTime {

    private PresentTime() {}

    /** Returns the unit of {@code sql}, such as {@code unixepoch()} or {@code datetime('now')}. */
    public static Optional<Unit> ofSql(String sql) {
        String text = sql.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        if (text.contains("unixepoch(") || text.contains("strftime('%s'")) {
            return text.contains("*1000") ? Optional.of(Unit.MILLISECONDS) : Optional.of(Unit.SECONDS);
        }
        if (text.contains("current_timestamp") || text.contains("datetime('now')")) {
            return Optional.of(Unit.SQLITE_TEXT);
        }
        return Optional.empty();
    }

    /** Returns the unit of {@code code}, such as {@code Date.now()} or {@code new Date().toISOString()}. */
    public static Optional<Unit> ofCode(String code) {
        String text = code.replaceAll("\\s+", "");
        if (text.matches("Date\\.now\\(\\)|newDate\\(\\)\\.(getTime|valueOf)\\(\\)|\\+newDate\\(\\)")) {
            return Optional.of(Unit.MILLISECONDS);
        }
        if (text.matches("Math\\.(floor|round|trunc)\\((Date\\.now\\(\\)|newDate\\(\\)\\.getTime\\(\\))/1000\\)")) {
            return Optional.of(Unit.SECONDS);
        }
        if (text.matches("newDate\\((Date\\.now\\(\\))?\\)\\.toISOString\\(\\)")) {
            return Optional.of(Unit.ISO_TEXT);
        }
        return Optional.empty();
    }
}
