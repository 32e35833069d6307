package dev.dopi.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.engine.Analysis;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Made;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.model.Series;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Worker;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Subject;
import dev.dopi.project.Diagnostic;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An analysis for programs, in the shape that {@code schemaVersion} 1 promises.
 *
 * <p>Every key is always there; what is not known, or does not exist, is {@code null}.
 */
public final class AnalysisJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Analysis analysis;
    private final QueryPlans plans;

    private AnalysisJson(Analysis analysis) {
        this.analysis = analysis;
        this.plans = new QueryPlans(analysis.findings());
    }

    public static ObjectNode of(Analysis analysis) {
        return new AnalysisJson(analysis).tree();
    }

    private ObjectNode tree() {
        ObjectNode tree = JSON.objectNode();
        tree.put("schemaVersion", 1);
        tree.put("root", analysis.root().toString());
        tree.put("durationMs", analysis.duration().toMillis());
        ArrayNode workers = tree.putArray("workers");
        analysis.model().workers().forEach(worker -> workers.add(worker(worker)));
        ArrayNode diagnostics = tree.putArray("diagnostics");
        analysis.diagnostics().forEach(each -> diagnostics.add(diagnostic(each)));
        return tree;
    }

    private ObjectNode worker(Worker worker) {
        ObjectNode node = JSON.objectNode();
        node.put("config", worker.config().orElse(null));
        node.put("format", worker.format());
        node.put("name", worker.name().orElse(null));
        node.put("main", worker.main().orElse(null));
        node.put("compatibilityDate", worker.compatibilityDate().orElse(null));
        node.set("patterns", patterns(new Subject(worker.id(), "")));
        ArrayNode classes = node.putArray("durableObjects");
        worker.durableObjects().forEach(each -> classes.add(durableObject(worker, each)));
        return node;
    }

    private ObjectNode durableObject(Worker worker, DurableObjectClass each) {
        boolean external = each.declaration() == DurableObjectClass.Declaration.EXTERNAL;
        ObjectNode node = JSON.objectNode();
        node.put("className", each.className());
        node.put("exportedAs", each.exportedAs());
        // A class is declared where its name is: with the constant that holds it, if that is where it gets the name.
        Optional<Made> renamed = each.made().filter(made -> !made.inner().equals(each.className()));
        node.put("file", external ? null : renamed.map(Made::file).orElse(each.file()));
        node.put("line", external ? null : renamed.map(Made::line).orElse(each.line()));
        node.set(
                "implementation",
                renamed.map(made -> implementation(made, each)).orElse(null));
        each.bindings().forEach(node.putArray("bindings")::add);
        node.put("declaration", Wording.key(each.declaration()));
        each.storage().stream().sorted().map(Wording::key).forEach(node.putArray("storage")::add);
        node.put("websocket", Wording.key(each.webSocket()));
        node.set("alarmHandler", each.alarmHandler().map(AnalysisJson::line).orElse(null));
        node.set(
                "setAlarm",
                lines(each.alarmUses().stream()
                        .filter(use -> use.method().equals("setAlarm"))
                        .map(DurableObjectClass.AlarmUse::place)));
        ArrayNode timers = node.putArray("timers");
        each.timers()
                .forEach(timer -> timers.add(line(timer.place())
                        .put("kind", timer.kind())
                        .put("file", timer.file())
                        .put("purpose", Wording.key(timer.purpose()))));
        node.set("nameReads", lines(each.nameReads().stream()));
        each.rpcMethods().forEach(node.putArray("rpcMethods")::add);
        ArrayNode tables = node.putArray("tables");
        each.tables().forEach(table -> tables.add(table(table)));
        each.series().forEach(series -> tables.add(series(series)));
        ArrayNode queries = node.putArray("queries");
        Subject subject = new Subject(worker.id(), each.className());
        each.statements().forEach(statement -> queries.add(query(subject, statement)));
        node.set("patterns", patterns(subject));
        return node;
    }

    /** The code behind a class that a call made; lines that are told of the class are of that file. */
    private static ObjectNode implementation(Made made, DurableObjectClass each) {
        return JSON.objectNode()
                .put("className", made.inner().isEmpty() ? null : made.inner())
                .put("file", each.file())
                .put("line", each.line());
    }

    private static ObjectNode line(Place place) {
        return JSON.objectNode().put("line", place.line());
    }

    private static ArrayNode lines(Stream<Place> places) {
        ArrayNode array = JSON.arrayNode();
        places.forEach(place -> array.add(line(place)));
        return array;
    }

    private static ObjectNode table(Table table) {
        ObjectNode node = JSON.objectNode();
        node.put("name", table.name());
        ArrayNode columns = node.putArray("columns");
        table.columns().forEach(column -> columns.add(column.name()));
        node.put("growth", Wording.key(table.growth()));
        node.put("line", table.definition().line());
        return node;
    }

    /** Keys of one form stand among the tables, as {@code kv:} and the form. */
    private static ObjectNode series(Series series) {
        ObjectNode node = JSON.objectNode();
        node.put("name", "kv:" + series.key());
        node.putArray("columns");
        node.put("growth", Wording.key(series.growth()));
        node.put(
                "line",
                series.puts().isEmpty()
                        ? null
                        : (Integer) series.puts().getFirst().line());
        return node;
    }

    private ObjectNode query(Subject subject, SqlStatement statement) {
        ObjectNode node = JSON.objectNode();
        node.put("line", statement.line());
        node.put("sql", statement.sql());
        node.put("kind", statement.kind().name().toLowerCase(Locale.ROOT));
        Optional<QueryPlans.Query> known = plans.of(subject, statement.sql());
        statement.plan().forEach(node.putArray("plan")::add);
        node.put("needsIndex", known.map(QueryPlans.Query::needsIndex).orElse(false));
        node.put("index", known.flatMap(QueryPlans.Query::index).orElse(null));
        return node;
    }

    private ArrayNode patterns(Subject subject) {
        ArrayNode array = JSON.arrayNode();
        analysis.findings().stream()
                .filter(finding -> finding.subject().equals(subject))
                .forEach(finding -> array.add(pattern(finding)));
        return array;
    }

    private static ObjectNode pattern(Finding finding) {
        ObjectNode node = JSON.objectNode();
        node.put("id", finding.pattern().id());
        node.put("status", Wording.key(finding.status()));
        node.put("priority", Wording.key(finding.priority()));
        node.put("reason", finding.reason());
        node.put("benefit", finding.benefit());
        node.put("fix", Wording.key(finding.fix()));
        ArrayNode evidence = node.putArray("evidence");
        finding.evidence().forEach(each -> evidence.add(evidence(each)));
        return node;
    }

    static ObjectNode evidence(Evidence each) {
        return JSON.objectNode()
                .put("file", each.file())
                .put("line", each.line())
                .put("column", each.column())
                .put("message", each.message());
    }

    private static ObjectNode diagnostic(Diagnostic each) {
        return JSON.objectNode()
                .put("severity", Wording.key(each.severity()))
                .put("file", each.file().isEmpty() ? null : each.file())
                .put("line", each.line() == 0 ? null : (Integer) each.line())
                .put("message", each.message());
    }
}
