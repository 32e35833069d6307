package dev.dopi.cli;

import dev.dopi.engine.Analysis;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.AlarmUse;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.model.DurableObjectClass.Storage;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.Model;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Worker;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.FileTree;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A small project as the analysis would see it, for tests of what shows it. */
public final class ChatProject {

    public static final PatternInfo TTL =
            new PatternInfo("ttl-cleanup", "Clean up rows by age", "Deletes rows that are older than you choose.");
    public static final PatternInfo INDEX =
            new PatternInfo("sql-index", "Add a missing index", "Adds the index that a query needs.");
    public static final PatternInfo ROLLOUT =
            new PatternInfo("gradual-deployment", "Deploy gradually", "Rolls a version out step by step.");

    public static final String ROOM = """
            export class ChatRoom {
              constructor(ctx) {
                this.sql.exec("CREATE TABLE messages (id, room, created)");
              }
              list(room) {
                return this.sql.exec("SELECT id FROM messages WHERE room = ?", room);
              }
            }
            """;

    private ChatProject() {}

    public static Map<String, String> files() {
        return new TreeMap<>(Map.of("src/room.ts", ROOM, "wrangler.jsonc", "{}\n"));
    }

    public static Project project(Map<String, String> files) {
        return Project.of(new FileTree() {
            @Override
            public List<String> paths() {
                return List.copyOf(files.keySet());
            }

            @Override
            public Optional<SourceFile> read(String path) {
                return Optional.ofNullable(files.get(path)).map(text -> new SourceFile(path, text));
            }

            @Override
            public List<Diagnostic> diagnostics() {
                return List.of();
            }
        });
    }

    public static Analysis analysis(Path root, Map<String, String> files) {
        return new Analysis(root, project(files), model(), findings(), diagnostics(), Duration.ofMillis(412));
    }

    public static List<Diagnostic> diagnostics() {
        return List.of(
                Diagnostic.warning("src/odd.ts", 7, "The class is built at run time; dopi leaves it alone."),
                Diagnostic.info("", 0, "There is no lock file, so npm is assumed."));
    }

    public static Model model() {
        return new Model(List.of(new Worker(
                Optional.of("wrangler.jsonc"),
                "jsonc",
                Optional.of("chat"),
                Optional.of("src/index.ts"),
                Optional.of("2025-10-11"),
                List.of(chatRoom(), remote()))));
    }

    private static Place at(int line) {
        return new Place(new Span(line * 10, line * 10 + 4), line);
    }

    private static SqlStatement statement(String sql, int line, SqlStatement.Kind kind) {
        return new SqlStatement(
                sql,
                "src/room.ts",
                new Span(line, line + 1),
                line,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                kind);
    }

    private static DurableObjectClass chatRoom() {
        SqlStatement table = statement("CREATE TABLE messages (id, room, created)", 3, SqlStatement.Kind.DDL);
        return new DurableObjectClass(
                "ChatRoom",
                "Room",
                Optional.empty(),
                "src/room.ts",
                new Span(0, ROOM.length()),
                1,
                Declaration.EXTENDS,
                Optional.of("DurableObject"),
                Optional.empty(),
                List.of("ROOM", "LOBBY"),
                Optional.of(true),
                DurableObjectClass.Access.NONE,
                Set.of(Storage.KV, Storage.SQL),
                WebSocketUse.STANDARD,
                Optional.of(at(80)),
                false,
                List.of(new AlarmUse("setAlarm", at(31), true, false), new AlarmUse("getAlarm", at(30), true, false)),
                List.of(new Timer("setInterval", "src/room.ts", at(44), Timer.Purpose.INTERVAL, "it runs every 30 s")),
                List.of(at(52)),
                List.of("list", "post"),
                List.of(new Table(
                        "messages",
                        List.of(
                                new Table.Column("id", "", false, false, 0),
                                new Table.Column("room", "", false, false, 0)),
                        table,
                        Table.Growth.UNBOUNDED,
                        "No statement deletes from it.",
                        Optional.empty())),
                List.of(
                        table,
                        statement("SELECT id FROM messages WHERE room = ?", 6, SqlStatement.Kind.SELECT)
                                .planned(List.of("SCAN messages"))),
                List.of(),
                List.of(),
                List.of(),
                List.of("The query at line 61 is put together at run time."));
    }

    private static DurableObjectClass remote() {
        return new DurableObjectClass(
                "Remote",
                "Remote",
                Optional.empty(),
                "",
                new Span(0, 0),
                0,
                Declaration.EXTERNAL,
                Optional.empty(),
                Optional.empty(),
                List.of("REMOTE"),
                Optional.empty(),
                DurableObjectClass.Access.NONE,
                Set.of(),
                WebSocketUse.NONE,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    public static List<Finding> findings() {
        return List.of(
                new Finding(
                        TTL,
                        new Subject("wrangler.jsonc", "ChatRoom"),
                        Status.MISSING,
                        Priority.CRITICAL,
                        "The table messages only grows: rows are inserted and none is ever deleted.",
                        "The storage of each object stays bounded.",
                        Fix.GUIDED,
                        List.of(new Evidence("src/room.ts", 3, 5, "CREATE TABLE messages")),
                        List.of(
                                new Option(
                                        "keep",
                                        "Keep rows for",
                                        "Older rows are deleted; a number and a unit.",
                                        Option.Kind.DURATION,
                                        "30d",
                                        List.of()),
                                new Option(
                                        "start",
                                        "Start with",
                                        "What the first clean-up does.",
                                        Option.Kind.CHOICE,
                                        "delete",
                                        List.of("delete", "count"))),
                        List.of()),
                new Finding(
                        INDEX,
                        new Subject("wrangler.jsonc", "ChatRoom"),
                        Status.PARTIAL,
                        Priority.HIGH,
                        "A query reads the whole table messages.",
                        "The query reads only the rows of one room.",
                        Fix.AUTOMATIC,
                        List.of(new Evidence(
                                "src/room.ts",
                                6,
                                12,
                                "needs CREATE INDEX IF NOT EXISTS messages_room ON messages (room)")),
                        List.of(),
                        List.of(new Measured(
                                "SELECT id FROM messages\n  WHERE room = ?",
                                "SCAN messages",
                                "SEARCH messages USING INDEX messages_room (room=?)"))),
                new Finding(
                        ROLLOUT,
                        new Subject("wrangler.jsonc", ""),
                        Status.MISSING,
                        Priority.LOW,
                        "Every deployment reaches all users at once.",
                        "A bad version reaches a tenth of the users.",
                        Fix.ADVICE,
                        List.of(),
                        List.of(),
                        List.of()),
                new Finding(
                        INDEX,
                        new Subject("wrangler.jsonc", "Remote"),
                        Status.NOT_APPLICABLE,
                        Priority.LOW,
                        "Its code is outside the project.",
                        "",
                        Fix.ADVICE,
                        List.of(),
                        List.of(),
                        List.of()));
    }
}
