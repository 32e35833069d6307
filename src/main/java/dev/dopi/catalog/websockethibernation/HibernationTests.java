package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.EditPlan;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.TestSetUp;
import dev.dopi.project.Project;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The test that comes with the move: two clients, an object that sleeps, and each client still reached. */
record HibernationTests(Project project, SocketHolder match, Options options) {

    private static final Pattern PATH = Pattern.compile(
            "(?:pathname\\s*[!=]==?\\s*|pathname\\.(?:endsWith|startsWith)\\(\\s*|case\\s+)([\"'`])(/[\\w./-]*)\\1");
    private static final Pattern QUERY = Pattern.compile("searchParams\\.get\\(\\s*[\"'`]([\\w-]+)[\"'`]");
    private static final Pattern HEADER = Pattern.compile("headers\\.get\\(\\s*[\"'`]([\\w-]+)[\"'`]");
    private static final Pattern SECRET = Pattern.compile("(?i)authorization|cookie|\\bjwt\\b|verifyToken|signature");
    private static final List<String> USUAL = List.of("/", "/websocket", "/ws", "/connect");

    /** Returns {@code plan} with the test, or with the reason why there is none. */
    EditPlan addTo(EditPlan plan, ClassSource source, Set<String> registries) {
        return addTo(
                plan,
                source,
                "websocket-hibernation.test.ts.txt",
                "websocket-hibernation",
                Map.of("REGISTRIES", "[" + quoted(fields(registries)) + "]"),
                fields(registries).isEmpty() ? Set.of() : Set.of("REMEMBERS"));
    }

    /** Returns {@code plan} with the test of timers that wait in storage, or with the reason why there is none. */
    EditPlan addTimers(EditPlan plan, ClassSource source, List<StoredTimer> timers) {
        boolean message = timers.stream()
                .anyMatch(timer -> timer.isAlwaysStarted() && timer.around().equals("webSocketMessage"));
        long calls = timers.stream()
                .filter(StoredTimer::isAlwaysStarted)
                .mapToLong(timer -> timer.kind() == StoredTimer.Kind.LATER
                                || !timer.sockets().isEmpty()
                        ? 2
                        : 1)
                .sum();
        if (calls == 0 || message && source.node().text().contains("JSON.parse")) {
            return plan.noting("What makes %s start a timer is not certain, so no test of it is generated."
                    .formatted(match.type().className()));
        }
        var flags = new HashSet<String>();
        if (message) {
            flags.add("MESSAGE");
        }
        if (timers.stream().anyMatch(timer -> timer.isAlwaysStarted() && timer.sends())) {
            flags.add("SENDS");
        }
        return addTo(
                plan,
                source,
                "stored-timers.test.ts.txt",
                "stored-timers",
                Map.of("CALLS", String.valueOf(calls)),
                flags);
    }

    /** Returns {@code plan} with the test of the answer that the runtime gives, or with the reason why there is none. */
    EditPlan addAnswer(EditPlan plan, ClassSource source, FixedAnswer answer) {
        return addTo(
                plan,
                source,
                "auto-response.test.ts.txt",
                "auto-response",
                Map.of(
                        "REQUEST",
                        answer.request().literal(),
                        "RESPONSE",
                        answer.response().literal()),
                Set.of());
    }

    private EditPlan addTo(
            EditPlan plan,
            ClassSource source,
            String template,
            String suffix,
            Map<String, String> own,
            Set<String> flags) {
        DurableObjectClass type = match.type();
        String text = source.node().text();
        var values = new HashMap<>(own);
        values.put("PATHS", quoted(paths(text)));
        values.put("HEADERS", headers(text));
        if (SECRET.matcher(text).find()) {
            return plan.noting("%s lets only clients in that prove who they are, so no test is generated."
                    .formatted(type.className()));
        }
        return TestSetUp.test(project, match.worker(), type, options)
                .addTo(
                        plan,
                        test -> test.addTo(
                                plan,
                                project,
                                CodeTemplate.beside(HibernationTests.class, template),
                                suffix,
                                values,
                                flags,
                                CodeStyle.of(
                                        source.tree().file(),
                                        source.tree().grammar().typed())));
    }

    /** The public fields, which a test can look at. */
    private static List<String> fields(Set<String> registries) {
        return registries.stream()
                .map(field -> field.substring("this.".length()))
                .filter(field -> !field.startsWith("#"))
                .sorted()
                .toList();
    }

    private static List<String> paths(String text) {
        String query = QUERY.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .map(name -> name + "=CLIENT")
                .collect(Collectors.joining("&"));
        var paths = new LinkedHashSet<String>();
        PATH.matcher(text)
                .results()
                .map(found -> found.group(2))
                .sorted((one, other) -> Boolean.compare(isSocket(other), isSocket(one)))
                .forEach(paths::add);
        if (paths.isEmpty()) {
            paths.addAll(USUAL);
        }
        return paths.stream()
                .map(path -> query.isEmpty() ? path : path + "?" + query)
                .toList();
    }

    private static boolean isSocket(String path) {
        return path.contains("ws") || path.contains("socket") || path.contains("connect");
    }

    private String headers(String text) {
        var names = new LinkedHashSet<String>();
        if (match.byFramework()) {
            names.add("x-partykit-room");
        }
        HEADER.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !Set.of("upgrade", "connection", "sec-websocket-protocol")
                        .contains(name.toLowerCase(java.util.Locale.ROOT)))
                .forEach(names::add);
        return names.stream().map(name -> ", \"" + name + "\": name").collect(Collectors.joining());
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    }
}
