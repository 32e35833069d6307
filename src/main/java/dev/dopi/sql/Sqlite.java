package dev.dopi.sql;

import dev.dopi.natives.NativeLibraryException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * A connection to an empty SQLite in memory that can neither reach a file nor run without end.
 *
 * <p>It carries the platform's limits (workerd's own, from its sources) and stops every statement at its deadline, also
 * while it is still being prepared. One thread at a time.
 */
final class Sqlite implements AutoCloseable {

    /** The longest statement that the platform takes, in bytes. */
    static final int LONGEST_STATEMENT = 100_000;

    private static final Map<SQLiteLimits, Integer> LIMITS = Map.of(
            SQLiteLimits.SQLITE_LIMIT_LENGTH, 2 * LONGEST_STATEMENT,
            SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, LONGEST_STATEMENT + 100,
            SQLiteLimits.SQLITE_LIMIT_COLUMN, 100,
            SQLiteLimits.SQLITE_LIMIT_EXPR_DEPTH, 100,
            SQLiteLimits.SQLITE_LIMIT_COMPOUND_SELECT, 5,
            SQLiteLimits.SQLITE_LIMIT_VDBE_OP, 25_000,
            SQLiteLimits.SQLITE_LIMIT_FUNCTION_ARG, 32,
            SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0,
            SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50,
            SQLiteLimits.SQLITE_LIMIT_VARIABLE_NUMBER, 100);

    private final SQLiteConnection connection;
    private final Watch watch = new Watch();

    private Sqlite(SQLiteConnection connection) {
        this.connection = connection;
    }

    /** One row of a result as text, NULL as null. */
    record Cells(List<@Nullable String> values) {

        String text(int column) {
            String value = values.get(column);
            return value == null ? "" : value;
        }

        boolean isNull(int column) {
            return values.get(column) == null;
        }

        int number(int column) {
            String value = values.get(column);
            return value == null ? -1 : Integer.parseInt(value);
        }
    }

    static Sqlite inMemory() {
        try {
            NativeSqlite.prepare();
            SQLiteConnection connection = JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
            if (connection == null) {
                throw new IllegalStateException("the driver does not know its own address");
            }
            var sqlite = new Sqlite(connection);
            sqlite.prepareConnection();
            return sqlite;
        } catch (SQLException | LinkageError | NativeLibraryException e) {
            throw new SqliteUnavailableException(e);
        }
    }

    private void prepareConnection() throws SQLException {
        // Temporary b-trees would otherwise go to files; the page count bounds the memory to 64 MB.
        for (String pragma :
                List.of("foreign_keys=ON", "temp_store=MEMORY", "trusted_schema=OFF", "max_page_count=16384")) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA " + pragma);
            }
        }
        for (var limit : LIMITS.entrySet()) {
            connection.setLimit(limit.getKey(), limit.getValue());
        }
        ProgressHandler.setHandler(connection, 1_000, watch);
    }

    /** Bounds strings and blobs to {@code bytes}: functions such as instr() take the square of it, uninterruptedly. */
    void limitValues(int bytes) {
        try {
            connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, bytes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void unlimitValues() {
        limitValues(2 * LONGEST_STATEMENT);
    }

    /**
     * Runs one statement with {@code values} as its parameters, NULL where there are too few, and returns its rows.
     *
     * @throws SQLException if SQLite refuses it or the time runs out; {@link #reason} puts it into words
     */
    List<Cells> run(String sql, List<?> values, Duration limit) throws SQLException {
        watch.start(limit);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameters = statement.getParameterMetaData().getParameterCount();
            for (int i = 1; i <= parameters; i++) {
                statement.setObject(i, i <= values.size() ? values.get(i - 1) : null);
            }
            if (!statement.execute()) {
                return List.of();
            }
            try (ResultSet rows = statement.getResultSet()) {
                return cells(rows);
            }
        } finally {
            watch.stop();
        }
    }

    /**
     * Runs one statement and returns how many instructions of SQLite's virtual machine that took.
     *
     * @throws SQLException if SQLite refuses it, or it takes more than {@code most}
     */
    long steps(String sql, List<?> values, long most, Duration limit) throws SQLException {
        var counter = new Counter(most);
        ProgressHandler.setHandler(connection, 1, counter);
        try {
            run(sql, values, limit);
            return counter.steps;
        } finally {
            ProgressHandler.setHandler(connection, 1_000, watch);
        }
    }

    private static List<Cells> cells(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        var all = new ArrayList<Cells>();
        while (rows.next() && all.size() < 100_000) {
            var row = new ArrayList<@Nullable String>(columns);
            for (int i = 1; i <= columns; i++) {
                row.add(rows.getString(i));
            }
            all.add(new Cells(row));
        }
        return all;
    }

    /** Runs a statement of our own, which cannot fail. */
    List<Cells> ask(String sql, Object... values) {
        try {
            return run(sql, List.of(values), Duration.ofSeconds(10));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Puts SQLite's refusal into its own words, without the driver's. */
    static String reason(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof SQLiteException sqlite) {
            SQLiteErrorCode code = sqlite.getResultCode();
            if (code == SQLiteErrorCode.SQLITE_INTERRUPT) {
                return "it ran longer than the time it was given";
            }
            if (code == SQLiteErrorCode.SQLITE_FULL) {
                return "it needs more room than it was given";
            }
            String prefix = code + " (";
            if (message.startsWith(prefix) && message.endsWith(")")) {
                return message.substring(prefix.length(), message.length() - 1);
            }
        }
        return message;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite did not close its database in memory", e);
        }
    }

    /** Tells SQLite to stop once the time is up. */
    private static final class Watch extends ProgressHandler {

        private long end = Long.MAX_VALUE;

        void start(Duration limit) {
            end = System.nanoTime() + limit.toNanos();
        }

        void stop() {
            end = Long.MAX_VALUE;
        }

        @Override
        protected int progress() {
            return end != Long.MAX_VALUE && System.nanoTime() - end > 0 ? 1 : 0;
        }
    }

    /** Counts the instructions of a statement and stops it where there are too many; that bounds its time, too. */
    private static final class Counter extends ProgressHandler {

        private final long most;
        private long steps;

        Counter(long most) {
            this.most = most;
        }

        @Override
        protected int progress() {
            steps++;
            return steps > most ? 1 : 0;
        }
    }
}
