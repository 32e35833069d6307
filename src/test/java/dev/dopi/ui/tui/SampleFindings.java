package dev.dopi.ui.tui;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the sample project lacks, and plans that would put it in place. */
final class SampleFindings {

    static final Option KEEP = new Option(
            "ttl", "Keep rows for", "Rows older than this are deleted.", Option.Kind.DURATION, "30d", List.of());
    static final Option EVERY = new Option(
            "sweep",
            "Clean up every",
            "How often the alarm looks for old rows; it is shared with your own.",
            Option.Kind.DURATION,
            "6h",
            List.of());
    static final Option START = new Option(
            "start",
            "Start with",
            "A dry run counts and logs for a week, and deletes nothing.",
            Option.Kind.CHOICE,
            "delete",
            List.of("delete", "dry-run"));

    private static final Subject ROOM = new Subject("wrangler.jsonc", "ChatRoom");

    private SampleFindings() {}

    static List<Finding> all() {
        return List.of(
                new Finding(
                        new PatternInfo("ttl-cleanup", "Clean up rows by age", "Old rows are deleted by an alarm."),
                        ROOM,
                        Status.MISSING,
                        Priority.CRITICAL,
                        "The table messages grows for ever: no statement deletes from it.",
                        "Storage stays bounded; an object may hold 10 GB.",
                        Fix.GUIDED,
                        List.of(new Evidence("src/room.ts", 27, 19, "INSERT INTO messages, about one row a request")),
                        List.of(KEEP, EVERY, START),
                        List.of(new Measured(
                                "12 rows written by the old code, read by the new", "no clean-up", "12 rows kept"))),
                new Finding(
                        new PatternInfo(
                                "sql-index", "Index what is looked up", "Queries read the rows that they return."),
                        ROOM,
                        Status.PARTIAL,
                        Priority.HIGH,
                        "Rows of messages are looked up by author, and every row is read for it.",
                        "A look-up reads the rows that it returns.",
                        Fix.AUTOMATIC,
                        List.of(new Evidence("src/room.ts", 32, 35, "SELECT * FROM messages WHERE author = ?")),
                        List.of(),
                        List.of(new Measured(
                                "EXPLAIN QUERY PLAN of the query",
                                "SCAN messages",
                                "SEARCH messages USING INDEX messages_author"))),
                new Finding(
                        new PatternInfo(
                                "gradual-deployment",
                                "Deploy gradually",
                                "A new version gets a share of requests first."),
                        new Subject("wrangler.jsonc", ""),
                        Status.MISSING,
                        Priority.MEDIUM,
                        "Nothing in the project deploys in steps.",
                        "A bad version reaches few users.",
                        Fix.ADVICE,
                        List.of(new Evidence("wrangler.jsonc", 1, 1, "no deployment in steps")),
                        List.of(),
                        List.of()),
                new Finding(
                        new PatternInfo(
                                "sql-index", "Index what is looked up", "Queries read the rows that they return."),
                        new Subject("wrangler.jsonc", "Presence"),
                        Status.PRESENT,
                        Priority.LOW,
                        "Every look-up uses an index.",
                        "",
                        Fix.AUTOMATIC,
                        List.of(new Evidence("src/presence.ts", 5, 5, "the primary key is the index")),
                        List.of(),
                        List.of()));
    }

    static EditPlan plan(Project project, Finding finding, Options options) {
        return switch (finding.pattern().id()) {
            case "ttl-cleanup" -> cleanup(project, options);
            case "sql-index" -> index(project);
            default ->
                EditPlan.refused(
                        "Deployments are run by a command of yours, which dopi does not know. See its page with e.");
        };
    }

    private static EditPlan cleanup(Project project, Options options) {
        SourceFile room = project.read("src/room.ts").orElseThrow();
        var hunks = new ArrayList<Hunk>();
        hunks.add(new Hunk(
                "column",
                "src/room.ts",
                false,
                edits(
                        room,
                        replace("text TEXT)\");\n", "text TEXT, created INTEGER NOT NULL DEFAULT 0)\");\n"),
                        replace(
                                "(id, author, text) VALUES (?, ?, ?)\", message.id, message.author, message.text);",
                                "(id, author, text, created) VALUES (?, ?, ?, ?)\", message.id, message.author, message.text, Date.now());")),
                Applicability.REVIEW,
                "Keep when each row was written",
                "The column has a default, so rows written by the old code stay readable.",
                Set.of()));
        hunks.add(new Hunk(
                "alarm",
                "src/room.ts",
                false,
                edits(room, replace("  private broadcast(", """
                        |  async alarm(): Promise<void> {
                        |    this.sql.exec("DELETE FROM messages WHERE created < ?", Date.now() - RETENTION_MS);
                        |    await this.ctx.storage.setAlarm(Date.now() + SWEEP_MS); // %s, %s
                        |  }
                        |
                        |  private broadcast(""".replace("|", "")
                        .formatted(options.of(KEEP), options.of(EVERY)))),
                Applicability.NEEDS_VALUE,
                "Delete what is too old",
                "One alarm sweeps the table; the object has no other alarm.",
                Set.of("column")));
        hunks.add(new Hunk(
                "test",
                "test/room.ttl.test.ts",
                true,
                new TextEdits(List.of(new TextEdit(Span.at(0), """
                        import { env, runDurableObjectAlarm } from "cloudflare:test";
                        import { expect, it } from "vitest";

                        it("deletes rows that are too old", async () => {
                          const room = env.ROOM.getByName("test");
                          await room.post({ id: "1", author: "ada", text: "hello" });
                          await runDurableObjectAlarm(room);
                          expect(await room.byAuthor("ada")).toHaveLength(1);
                        });
                        """))),
                Applicability.SAFE,
                "Test the clean-up",
                "It fails without the alarm and passes with it.",
                Set.of("alarm")));
        return new EditPlan(hunks, List.of());
    }

    private static EditPlan index(Project project) {
        SourceFile room = project.read("src/room.ts").orElseThrow();
        return new EditPlan(
                List.of(new Hunk(
                        "index",
                        "src/room.ts",
                        false,
                        edits(
                                room,
                                replace(
                                        "    this.sql.exec(\"CREATE TABLE IF NOT EXISTS members",
                                        "    this.sql.exec(\"CREATE INDEX IF NOT EXISTS messages_author ON messages (author)\");\n"
                                                + "    this.sql.exec(\"CREATE TABLE IF NOT EXISTS members")),
                        Applicability.SAFE,
                        "Add an index on author",
                        "It is made once, when the object next starts.",
                        Set.of())),
                List.of("The query in byAuthor sorts nothing, so only one column is indexed."));
    }

    private record Replace(String wanted, String with) {}

    private static Replace replace(String wanted, String with) {
        return new Replace(wanted, with);
    }

    private static TextEdits edits(SourceFile file, Replace... all) {
        var edits = new ArrayList<TextEdit>();
        for (Replace each : all) {
            int at = file.text().indexOf(each.wanted());
            if (at < 0) {
                throw new IllegalStateException("the sample has no " + each.wanted());
            }
            edits.add(new TextEdit(new Span(at, at + each.wanted().length()), each.with()));
        }
        return new TextEdits(edits);
    }
}
