package dev.dopi.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.analysis.Analyzer;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.AlarmUse;
import dev.dopi.project.Project;
import dev.dopi.project.WranglerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Known ways of doing it wrong, none of which stands in what any pattern writes into any fixture. What they do to objects that
 * hold data is proved in workerd; the page beside those proofs says which proof is about which.
 */
final class NotHarmfulTest {

    /** A line that must not be written, with one as it is often written. */
    private enum Naive {
        COLUMN_THAT_OLD_CODE_CANNOT_FILL(
                "(?i)ADD COLUMN \\w+ \\w+ NOT NULL|\\bexpires_at INTEGER NOT NULL", "expires_at INTEGER NOT NULL"),
        COLUMN_THAT_HAS_EXPIRED_ALREADY("(?i)expires_at INTEGER.*DEFAULT", "ADD COLUMN expires_at INTEGER DEFAULT 0"),
        TRANSACTION_IN_SQL(
                "(?i)exec\\(\\s*[\"'`]\\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\\b", "this.sql.exec(\"BEGIN\");"),
        REFUSED_PRAGMA("(?i)PRAGMA (user_version|journal_mode)", "this.sql.exec(\"PRAGMA user_version\")"),
        PROMISE_OF_A_CURSOR("await [\\w.#]*sql\\s*\\.exec\\(", "await this.ctx.storage.sql.exec(query)"),
        ROWS_OF_A_CURSOR("exec\\(.*\\)\\.rows\\b", "const rows = this.sql.exec(query).rows;"),
        BILLED_ROWS_AS_A_COUNT("= [\\w.]*\\.rowsWritten", "const expired = deleted.rowsWritten;"),
        INDEX_THAT_IS_MADE_TWICE("(?i)CREATE (UNIQUE )?INDEX (?!IF NOT EXISTS)", "CREATE INDEX idx_a ON t(a)"),
        ATTACHMENT_READ_BY_WRITING_IT("\\bserializeAttachment\\(\\s*\\)", "wsId: ws.serializeAttachment()"),
        ONE_KEY_FOR_ALL_MESSAGES("put\\(\\s*[\"']pendingMessage", "await storage.put('pendingMessage', message)"),
        NAME_AS_A_PARAMETER("constructor\\(private do\\b|doIdentifier", "constructor(private do: MyDO)"),
        CONSTANT_NAME("id\\.name \\?\\? [\"']", "this.ctx.id.name ?? \"default\""),
        SECOND_NAMESPACE("env\\.\\w+_V2\\b|% 100\\b", "env.MY_DO_V2.get(id)"),
        TAG_AS_A_VERSION("versions deploy v\\d", "wrangler versions deploy v2.0.0@10%"),
        PAUSE_INSTEAD_OF_MEASURING("^\\s*sleep \\d{2,}", "sleep 3600"),
        ALARM_OF_A_NAMESPACE("runDurableObjectAlarm\\([^)]*,", "await runDurableObjectAlarm(env.MY_DO, id)");

        private final Pattern line;
        private final String example;

        Naive(String line, String example) {
            this.line = Pattern.compile(line);
            this.example = example;
        }
    }

    @ParameterizedTest
    @EnumSource(Naive.class)
    void isKnownByHowItIsOftenWritten(Naive naive) {
        assertTrue(naive.line.matcher(naive.example).find());
    }

    static List<Fixture> changed() {
        return Fixture.all().stream().filter(fixture -> !fixture.leftAlone()).toList();
    }

    @ParameterizedTest
    @MethodSource("changed")
    void isWrittenNowhere(Fixture fixture) {
        for (String line : added(fixture)) {
            for (Naive each : Naive.values()) {
                assertTrue(!each.line.matcher(line).find(), () -> each + ": " + line);
            }
        }
    }

    /** On waking, an alarm that is set without a look at the pending one cancels the very alarm that woke the object. */
    @ParameterizedTest
    @MethodSource("changed")
    void setsNoAlarmUnseenWhenTheObjectWakes(Fixture fixture) {
        assertEquals(List.of(), unseen(fixture.texts("after")));
    }

    @Test
    void knowsAnAlarmThatIsSetUnseen() {
        Map<String, String> texts = Map.of(
                "wrangler.jsonc",
                "{\"name\":\"n\",\"main\":\"a.ts\",\"durable_objects\":{\"bindings\":[{\"name\":\"R\",\"class_name\":\"R\"}]}}",
                "a.ts",
                """
                import { DurableObject } from "cloudflare:workers";
                export class R extends DurableObject {
                  constructor(ctx, env) { super(ctx, env); this.ctx.storage.setAlarm(Date.now() + 3600000); }
                  async alarm() {}
                }
                """);

        assertEquals(1, unseen(texts).size());
    }

    /** Another class or binding is another namespace, whose objects are empty. */
    @ParameterizedTest
    @MethodSource("changed")
    void reachesTheSameObjects(Fixture fixture) {
        assertEquals(namespaces(fixture.texts("before")), namespaces(fixture.texts("after")));
    }

    private static List<String> unseen(Map<String, String> texts) {
        Project project = Fixture.project(texts, text -> text);
        return Analyzer.analyse(project, _ -> {}).model().workers().stream()
                .flatMap(worker -> worker.durableObjects().stream())
                .map(DurableObjectClass::alarmUses)
                .flatMap(List::stream)
                .filter(use -> use.method().equals("setAlarm") && use.inConstructor() && !use.guarded())
                .map(AlarmUse::toString)
                .toList();
    }

    private static List<String> namespaces(Map<String, String> texts) {
        return Fixture.project(texts, text -> text).configs().stream()
                .map(WranglerConfig::bindings)
                .map(Object::toString)
                .map(text -> text.replaceAll("line=\\d+", ""))
                .toList();
    }

    /** The lines that only {@code after} has, without comments, which may name what is not done. */
    private static List<String> added(Fixture fixture) {
        var lines = new ArrayList<String>();
        Map<String, String> before = fixture.texts("before");
        fixture.texts("after").forEach((path, text) -> {
            List<String> old = Arrays.asList(before.getOrDefault(path, "").split("\\R"));
            Stream.of(text.split("\\R"))
                    .filter(line -> !old.contains(line))
                    .filter(line -> !line.strip().matches("(//|\\*|/\\*|#).*"))
                    .forEach(lines::add);
        });
        return lines;
    }
}
