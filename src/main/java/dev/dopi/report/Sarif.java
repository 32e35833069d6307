package dev.dopi.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Planned;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Ignored;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.project.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An analysis as SARIF 2.1.0, which code scanning services and editors show beside the code.
 *
 * <p>Every recommendation is a result; one that the project has ignored is a suppressed result. A result's fingerprint
 * is made of what it is about, not of where that stands, so it stays when lines move.
 */
public final class Sarif {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    /** The name for the folder to which every path is relative. */
    private static final String BASE = "%SRCROOT%";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Analysis analysis;
    private final List<Rule> rules;
    private final SarifFixes fixes;
    private final Base base;
    /** How often a fingerprint was given: two results that are about the same thing still differ. */
    private final Map<String, Integer> given = new HashMap<>();

    private Sarif(Analysis analysis, Base base, List<Rule> rules, List<Planned> planned) {
        this.analysis = analysis;
        this.base = base;
        this.rules = List.copyOf(rules);
        this.fixes = new SarifFixes(analysis.project(), planned, this::artifact);
    }

    /**
     * A pattern as a rule.
     *
     * @param page its page as Markdown; empty where it has none
     */
    public record Rule(PatternInfo info, String page) {}

    /**
     * Returns the whole log.
     *
     * @param base where paths begin
     * @param version dopi's own
     * @param planned plans of findings that dopi can write without asking, each made by itself; they become fixes
     */
    public static ObjectNode of(Analysis analysis, Base base, String version, List<Rule> rules, List<Planned> planned) {
        return new Sarif(analysis, base, rules, planned).log(version);
    }

    private ObjectNode log(String version) {
        ObjectNode log = JSON.objectNode();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "dopi");
        driver.put("fullName", "Durable Objects Pattern Implementer");
        driver.put("version", version);
        rules.forEach(rule -> driver.withArray("rules").add(rule(rule)));
        run.putObject("originalUriBaseIds").putObject(BASE).put("uri", folderUri());
        run.put("columnKind", "utf16CodeUnits");
        ObjectNode invocation = run.putArray("invocations").addObject();
        invocation.put(
                "executionSuccessful",
                analysis.diagnostics().stream().noneMatch(each -> each.severity() == Diagnostic.Severity.ERROR));
        ArrayNode notes = invocation.putArray("toolExecutionNotifications");
        analysis.diagnostics().forEach(each -> notes.add(notification(each)));
        ArrayNode results = run.putArray("results");
        analysis.recommendations().forEach(finding -> results.add(result(finding)));
        analysis.ignored().forEach(each -> results.add(suppressed(each)));
        return log;
    }

    private String folderUri() {
        String uri = base.folder().toUri().toASCIIString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    private static ObjectNode rule(Rule rule) {
        ObjectNode node = JSON.objectNode();
        node.put("id", rule.info().id());
        node.put("name", rule.info().title());
        node.set("shortDescription", text(rule.info().title()));
        node.set("fullDescription", text(rule.info().summary()));
        ObjectNode help = node.putObject("help");
        help.put("text", rule.page().isEmpty() ? rule.info().summary() : rule.page());
        if (!rule.page().isEmpty()) {
            help.put("markdown", rule.page());
        }
        node.putObject("defaultConfiguration").put("level", "warning");
        return node;
    }

    private static ObjectNode text(String text) {
        return JSON.objectNode().put("text", text);
    }

    private ObjectNode notification(Diagnostic each) {
        ObjectNode node = JSON.objectNode();
        node.put(
                "level",
                switch (each.severity()) {
                    case ERROR -> "error";
                    case WARNING -> "warning";
                    case INFO -> "note";
                });
        node.set("message", message(each.message()));
        if (!each.file().isEmpty()) {
            ObjectNode place = node.putArray("locations").addObject().putObject("physicalLocation");
            place.set("artifactLocation", artifact(each.file()));
            if (each.line() > 0) {
                place.putObject("region").put("startLine", each.line());
            }
        }
        return node;
    }

    private ObjectNode result(Finding finding) {
        ObjectNode node = JSON.objectNode();
        String id = finding.pattern().id();
        node.put("ruleId", id);
        int rule = rules.stream().map(each -> each.info().id()).toList().indexOf(id);
        if (rule >= 0) {
            node.put("ruleIndex", rule);
        }
        node.put("kind", "fail");
        node.put("level", level(finding.priority()));
        String benefit = finding.benefit().isEmpty() ? "" : " " + finding.benefit();
        node.set("message", message(finding.subject().label() + ": " + finding.reason() + benefit));
        locations(finding, node);
        String fingerprint = fingerprint(finding);
        node.putObject("partialFingerprints")
                .put("dopiFinding/v1", fingerprint)
                // The one name that GitHub's code scanning looks at.
                .put("primaryLocationLineHash", fingerprint);
        fixes.of(finding).ifPresent(fix -> node.putArray("fixes").add(fix));
        node.putObject("properties")
                .put("priority", Wording.key(finding.priority()))
                .put("status", Wording.key(finding.status()))
                .put("fix", Wording.key(finding.fix()));
        return node;
    }

    private ObjectNode suppressed(Ignored ignored) {
        ObjectNode node = result(ignored.finding());
        node.putArray("suppressions")
                .addObject()
                .put("kind", ignored.by() == Ignored.By.COMMENT ? "inSource" : "external")
                .put("status", "accepted")
                .put("justification", ignored.why() + " (" + ignored.place() + ")");
        return node;
    }

    private static String level(Priority priority) {
        return switch (priority) {
            case CRITICAL -> "error";
            case HIGH, MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    private void locations(Finding finding, ObjectNode result) {
        Evidence first = finding.evidence().stream().findFirst().orElseGet(() -> place(finding));
        ObjectNode location = location(first);
        ObjectNode logical = location.putArray("logicalLocations").addObject();
        if (finding.subject().className().isEmpty()) {
            logical.put("name", finding.subject().worker()).put("kind", "module");
        } else {
            logical.put("name", finding.subject().className()).put("kind", "type");
        }
        result.putArray("locations").add(location);
        if (finding.evidence().size() > 1) {
            ArrayNode related = result.putArray("relatedLocations");
            for (int i = 1; i < finding.evidence().size(); i++) {
                Evidence each = finding.evidence().get(i);
                ObjectNode more = location(each).put("id", i);
                more.set("message", message(each.message()));
                related.add(more);
            }
        }
    }

    /** Returns where a finding without evidence is shown: at its class, or at the Worker's configuration. */
    private Evidence place(Finding finding) {
        String worker = finding.subject().worker();
        Optional<DurableObjectClass> about =
                analysis.model().find(worker, finding.subject().className());
        return about.filter(each -> !each.file().isEmpty())
                .map(each -> new Evidence(each.file(), each.line(), 1, ""))
                .orElseGet(() -> new Evidence(worker.isEmpty() ? "package.json" : worker, 1, 1, ""));
    }

    private ObjectNode location(Evidence evidence) {
        ObjectNode location = JSON.objectNode();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.set("artifactLocation", artifact(evidence.file()));
        physical.putObject("region")
                .put("startLine", Math.max(1, evidence.line()))
                .put("startColumn", Math.max(1, evidence.column()));
        return location;
    }

    private ObjectNode artifact(String path) {
        return JSON.objectNode().put("uri", uri(base.path(path))).put("uriBaseId", BASE);
    }

    /** Writes {@code path} so that nothing in a file's name can be taken for more than a name. */
    private static String uri(String path) {
        var uri = new StringBuilder();
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each >= 'a' && each <= 'z'
                    || each >= 'A' && each <= 'Z'
                    || each >= '0' && each <= '9'
                    || "-._~/".indexOf(each) >= 0;
            uri.append(plain ? String.valueOf((char) each) : "%%%02X".formatted(each & 0xff));
        }
        return uri.toString();
    }

    /** In a SARIF message, brackets would be a link. */
    static ObjectNode message(String words) {
        return text(
                PlainText.line(words).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]"));
    }

    private String fingerprint(Finding finding) {
        String file =
                finding.evidence().stream().findFirst().map(Evidence::file).orElse("");
        String about = String.join(
                "\n",
                finding.pattern().id(),
                base.path(finding.subject().worker()),
                finding.subject().className(),
                base.path(file));
        int number = given.merge(about, 1, Integer::sum);
        return Fingerprint.of(about) + ":" + number;
    }
}
