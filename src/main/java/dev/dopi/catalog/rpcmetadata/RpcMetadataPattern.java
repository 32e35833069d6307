package dev.dopi.catalog.rpcmetadata;

import dev.dopi.edit.EditPlan;
import dev.dopi.model.Model;
import dev.dopi.model.NameUse;
import dev.dopi.model.NameUse.Kind;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.pattern.Upkeep;
import dev.dopi.project.Project;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says at every read of an object's name what holds for an object that has none, and never makes one up. */
public final class RpcMetadataPattern implements Pattern<RpcMetadata> {

    static final String THROW = "throw";
    static final String ID = "id";
    static final Option UNNAMED = new Option(
            "unnamed",
            "An object without a name",
            "What its code gets in place of the name: an error (throw), or the object's own id (id).",
            Option.Kind.CHOICE,
            THROW,
            List.of(THROW, ID));

    private static final PatternInfo INFO = new PatternInfo(
            "rpc-metadata",
            "Know which object this is",
            "Reads an object's name from the runtime, with a rule for objects that have none, and logs it.");

    @Override
    public PatternInfo info() {
        return INFO;
    }

    @Override
    public List<RpcMetadata> detect(Project project, Model model) {
        return RpcMetadata.in(project, model);
    }

    @Override
    public Finding describe(RpcMetadata match) {
        Status status = match.status();
        return new Finding(
                INFO,
                new Subject(match.worker().id(), match.type().className()),
                status,
                priority(match),
                reason(match, status),
                status.recommended() ? benefit(match) : "",
                Fix.GUIDED,
                evidence(match),
                status.recommended() ? options(match) : List.of(),
                List.of());
    }

    @Override
    public EditPlan plan(Project project, RpcMetadata match, Options options) {
        return NameEditor.plan(project, match, options);
    }

    @Override
    public Upkeep upkeep(Project project, RpcMetadata match, Options options, Set<String> made) {
        var effect = new ArrayList<String>();
        if (made.contains("name")) {
            effect.add(
                    options.of(UNNAMED).equals(THROW)
                            ? "Code that needs the object's name gets it from `#objectName()`, which throws in an object that has none."
                            : "Code that needs the object's name gets it from `#objectName()`, or the object's own id where it has none.");
        }
        if (made.contains("name-if-any")) {
            effect.add("`#nameIfAny()` is the object's name, or undefined where it has none.");
        }
        if (made.contains("kept-name")) {
            effect.add("The name that the runtime gives goes before the one that callers pass.");
        }
        if (made.contains(ToldName.HUNK)) {
            effect.add(
                    "The runtime gives no object its name here (%s), so callers pass it to `named()` and call the methods of what that returns."
                            .formatted(match.runtime().source()));
        }
        if (made.contains("name-logs")) {
            effect.add("Each line that the class logs is JSON with `class`, `name`, `id`, `message` and `details`.");
        }
        return new Upkeep(
                String.join(" ", effect),
                "Reach objects with `getByName()` or `idFromName()`: those of `newUniqueId()` and `idFromString()` have no name, and a name that is made up for them would be shared by all of them.");
    }

    static Option logs(RpcMetadata match) {
        return new Option(
                "logs",
                "Log lines name the object",
                "Writes the class, the name and the id into each line that the class logs, as JSON: yes or no.",
                Option.Kind.CHOICE,
                match.anonymous().isEmpty() ? "no" : "yes",
                List.of("yes", "no"));
    }

    private static List<Option> options(RpcMetadata match) {
        var options = new ArrayList<Option>();
        if (!match.unguarded().isEmpty()) {
            options.add(UNNAMED);
        }
        if (!match.anonymous().isEmpty()) {
            options.add(logs(match));
        }
        return options;
    }

    private static Priority priority(RpcMetadata match) {
        if (match.unguarded().isEmpty()) {
            return Priority.LOW;
        }
        boolean shared = !match.uses(Kind.CONSTANT_FALLBACK).isEmpty();
        boolean nameless = !match.nameless().isEmpty();
        return shared || nameless || match.runtime().filling() == LocalRuntime.Filling.NOWHERE
                ? Priority.HIGH
                : Priority.MEDIUM;
    }

    private static String reason(RpcMetadata match, Status status) {
        return switch (status) {
            case MISSING, PARTIAL -> {
                if (!match.unguarded().isEmpty()) {
                    yield unguarded(match);
                }
                if (match.reads().isEmpty()) {
                    yield "A caller passes the object its own name, which the runtime gives it as ctx.id.name (%s)."
                            .formatted(match.runtime().source());
                }
                yield "It knows its name, but %s which object wrote %s (line%s)."
                        .formatted(
                                match.anonymous().size() == 1
                                        ? "a log line does not say"
                                        : "%d log lines do not say"
                                                .formatted(match.anonymous().size()),
                                match.anonymous().size() == 1 ? "it" : "them",
                                lines(match.anonymous().stream()
                                        .map(place -> place.line())
                                        .toList()));
            }
            case PRESENT ->
                match.reads().isEmpty()
                        ? "It carries its name by hand, which its runtime does not give it yet (%s)."
                                .formatted(
                                        match.runtime().source().isEmpty()
                                                ? "version unknown"
                                                : match.runtime().source())
                        : "Each read of its name says what holds for an object that has none.";
            case NOT_APPLICABLE -> "It does not use its name.";
        };
    }

    private static String unguarded(RpcMetadata match) {
        List<NameUse> constant = match.uses(Kind.CONSTANT_FALLBACK);
        var text = new StringBuilder();
        if (constant.isEmpty()) {
            text.append("It reads its name without saying what holds for an object that has none (line%s)."
                    .formatted(lines(match.unguarded().stream()
                            .map(use -> use.place().line())
                            .toList())));
        } else {
            text.append("Objects without a name would all take the same one (line%s)."
                    .formatted(lines(
                            constant.stream().map(use -> use.place().line()).toList())));
        }
        if (!match.nameless().isEmpty()) {
            NameUse first = match.nameless().getFirst();
            text.append(" %s:%d reaches such objects."
                    .formatted(first.file(), first.place().line()));
        }
        if (match.runtime().filling() == LocalRuntime.Filling.NOWHERE) {
            text.append(" With %s no object has a name in local development and tests."
                    .formatted(match.runtime().source()));
        }
        return text.toString();
    }

    private static String lines(List<Integer> lines) {
        List<Integer> each = lines.stream().distinct().sorted().toList();
        String shown = each.stream().limit(5).map(String::valueOf).collect(Collectors.joining(", "));
        return (each.size() == 1 ? " " : "s ") + shown + (each.size() > 5 ? ", ..." : "");
    }

    private static String benefit(RpcMetadata match) {
        if (!match.unguarded().isEmpty()) {
            return "An object without a name cannot read or write under a name that others share.";
        }
        return match.reads().isEmpty()
                ? "The object knows its name before it is told, after it was evicted too."
                : "A line in the log leads to the object that wrote it.";
    }

    private static List<Evidence> evidence(RpcMetadata match) {
        var evidence = new ArrayList<Evidence>();
        // What is wrong comes before what is merely there: a list of many is cut at its end.
        List<NameUse> uses = match.type().names().stream()
                .sorted(Comparator.comparingInt(RpcMetadataPattern::rank))
                .toList();
        for (NameUse use : uses) {
            evidence.add(new Evidence(use.file(), use.place().line(), 1, message(use)));
        }
        if (evidence.stream().allMatch(each -> each.message().startsWith("Reaches"))) {
            return List.of();
        }
        match.anonymous().stream()
                .limit(5)
                .forEach(place -> evidence.add(
                        new Evidence(match.type().file(), place.line(), 1, "Logs without saying which object it is.")));
        return evidence;
    }

    private static int rank(NameUse use) {
        return switch (use.kind()) {
            case CONSTANT_FALLBACK -> 0;
            case READ -> 1;
            case MADE_UNIQUE, MADE_FROM_STRING -> 2;
            case KEPT_BY_HAND -> 3;
            case GUARDED_READ -> 4;
            case MADE_BY_NAME -> 5;
        };
    }

    private static String message(NameUse use) {
        String text = use.text().strip().replaceAll("\\s+", " ");
        String cut = text.length() > 60 ? text.substring(0, 57) + "..." : text;
        return switch (use.kind()) {
            case READ -> "Reads its name; nothing says what holds where it is undefined.";
            case CONSTANT_FALLBACK -> "Reads its name, or else a constant that all objects without a name share.";
            case GUARDED_READ -> "Reads its name, and handles that there may be none.";
            case KEPT_BY_HAND -> "Takes its own name from a caller: " + cut;
            case MADE_BY_NAME -> "Reaches an object that has a name: " + cut;
            case MADE_UNIQUE -> "Reaches an object that has no name: " + cut;
            case MADE_FROM_STRING -> "Reaches an object in a way that gives it no name: " + cut;
        };
    }
}
