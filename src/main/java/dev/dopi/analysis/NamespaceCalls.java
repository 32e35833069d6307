package dev.dopi.analysis;

import dev.dopi.model.NameUse;
import dev.dopi.model.NameUse.Kind;
import dev.dopi.project.WranglerConfig;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a Worker's own scripts make the ids of its Durable Objects, and which names they pass on by hand.
 *
 * <p>A call counts only where the namespace is surely one of the Worker's bindings: {@code env.ROOM}, a constant that
 * stands for it, or a part of {@code env} taken apart.
 */
final class NamespaceCalls {

    private static final Map<String, Kind> METHODS = Map.of(
            "idFromName", Kind.MADE_BY_NAME,
            "getByName", Kind.MADE_BY_NAME,
            "newUniqueId", Kind.MADE_UNIQUE,
            "idFromString", Kind.MADE_FROM_STRING);
    /** Functions of frameworks: the namespace is the first argument, the name the second. */
    private static final Set<String> BY_NAME = Set.of("getServerByName", "getAgentByName");

    /** One of them is in every name of those. */
    private static final List<String> WORDS = List.of("ByName", "idFrom", "newUniqueId");

    private final Scripts scripts;
    private final WranglerConfig config;
    private final List<WranglerConfig> all;
    private final Set<String> bindings = new HashSet<>();
    private final Map<String, Calls> byBinding = new HashMap<>();
    private final List<Module> modules = new ArrayList<>();

    private NamespaceCalls(Scripts scripts, WranglerConfig config, List<WranglerConfig> all) {
        this.scripts = scripts;
        this.config = config;
        this.all = all;
        config.bindings().forEach(binding -> bindings.add(binding.name()));
    }

    /** What the callers of one class do. */
    record Calls(List<NameUse> made, List<Passed> passed) {

        static final Calls NONE = new Calls(List.of(), List.of());

        private static Calls open() {
            return new Calls(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** The name of an object, passed to that very object. */
    sealed interface Passed {
        /** As the argument at {@code index} of a method, or as its property {@code key}. */
        record Argument(String method, int index, Optional<String> key) implements Passed {}

        /** In a header of a request. */
        record Header(String name) implements Passed {}
    }

    /** Reads the scripts of the Worker that {@code config} describes; those of Workers inside its folder are not its own. */
    static NamespaceCalls of(Scripts scripts, WranglerConfig config, List<WranglerConfig> all) {
        var calls = new NamespaceCalls(scripts, config, all);
        if (!calls.bindings.isEmpty()) {
            calls.own().forEach(calls::read);
        }
        return calls;
    }

    /** Returns what is done through any of {@code names}. */
    Calls through(List<String> names) {
        Calls together = Calls.open();
        for (String name : names) {
            Calls calls = byBinding.getOrDefault(name, Calls.NONE);
            together.made().addAll(calls.made());
            together.passed().addAll(calls.passed());
        }
        return new Calls(
                together.made(),
                together.passed().stream()
                        .filter(passed -> isAlways(passed, together.passed()))
                        .toList());
    }

    /** Whether each call that could be meant passes the name: one that passes something else may rename the object. */
    private boolean isAlways(Passed passed, List<Passed> all) {
        return switch (passed) {
            case Passed.Argument argument ->
                all.stream().filter(argument::equals).count() >= called(argument.method());
            case Passed.Header _ -> true;
        };
    }

    private Stream<Module> own() {
        return scripts.survey().makingIds().stream()
                .filter(path -> config.holds(path, all)
                        && !ScriptPaths.isTest(path.substring(config.folder().length())))
                .flatMap(path -> scripts.module(path).stream());
    }

    private void read(Module module) {
        modules.add(module);
        calls(module, WORDS).forEach(call -> read(module, call));
    }

    private static Stream<SyntaxNode> calls(Module module, Collection<String> words) {
        return module.tree().holding(words).filter(node -> node.is("call_expression"));
    }

    /** How often a method of that name is called, of whatever. */
    private long called(String method) {
        return modules.stream()
                .flatMap(module -> calls(module, List.of(method)))
                .filter(call ->
                        Expressions.calledProperty(call).filter(method::equals).isPresent())
                .count();
    }

    private void read(Module module, SyntaxNode call) {
        Optional<String> method = Expressions.calledProperty(call);
        Kind kind = METHODS.get(method.orElse(""));
        if (kind != null) {
            Expressions.object(call)
                    .flatMap(namespace -> binding(module, namespace, call))
                    .ifPresent(binding -> made(module, binding, kind, call, 0));
        } else if (BY_NAME.contains(call.fieldText("function"))) {
            Expressions.arguments(call).stream()
                    .findFirst()
                    .flatMap(namespace -> binding(module, namespace, call))
                    .ifPresent(binding -> made(module, binding, Kind.MADE_BY_NAME, call, 1));
        }
    }

    private void made(Module module, String binding, Kind kind, SyntaxNode call, int nameIndex) {
        Calls calls = byBinding.computeIfAbsent(binding, _ -> Calls.open());
        calls.made().add(new NameUse(kind, module.path(), ClassBody.place(call), call.text()));
        if (kind == Kind.MADE_BY_NAME) {
            Expressions.arguments(call).stream()
                    .skip(nameIndex)
                    .findFirst()
                    .filter(name -> name.is("identifier", "member_expression"))
                    .ifPresent(name -> calls.passed().addAll(passed(call, name.text())));
        }
    }

    /** Returns where the caller that makes the id passes the {@code name} to the object as well. */
    private static List<Passed> passed(SyntaxNode made, String name) {
        Set<String> ids = new HashSet<>();
        Optional<SyntaxNode> scope =
                made.ancestors().filter(Expressions::isFunction).findFirst();
        var passed = new ArrayList<Passed>();
        if (scope.isEmpty()) {
            return passed;
        }
        List<SyntaxNode> nodes = scope.get().descendants().toList();
        // The id, then the stub: each a variable that holds what the one before it made.
        for (int step = 0; step < 2; step++) {
            nodes.stream()
                    .filter(node -> node.is("variable_declarator"))
                    .filter(node -> node.field("value")
                            .filter(value -> holds(value, made, ids))
                            .isPresent())
                    .forEach(node -> ids.add(node.fieldText("name")));
        }
        for (SyntaxNode node : nodes) {
            if (node.is("call_expression")
                    && Expressions.object(node)
                            .filter(object -> holds(object, made, ids))
                            .isPresent()) {
                arguments(node, name, passed);
            }
            header(node, name).ifPresent(passed::add);
        }
        return passed;
    }

    /** Whether {@code value} is what {@code made} makes, the stub that comes of it, or a variable that holds either. */
    private static boolean holds(SyntaxNode value, SyntaxNode made, Set<String> variables) {
        SyntaxNode bare = Expressions.bare(value);
        if (bare.span().equals(made.span()) || bare.is("identifier") && variables.contains(bare.text())) {
            return true;
        }
        return bare.is("call_expression")
                && Expressions.calledProperty(bare).filter("get"::equals).isPresent()
                && Expressions.arguments(bare).stream()
                        .findFirst()
                        .filter(id -> holds(id, made, variables))
                        .isPresent();
    }

    private static void arguments(SyntaxNode call, String name, List<Passed> passed) {
        String method = Expressions.calledProperty(call).orElse("");
        List<SyntaxNode> arguments = Expressions.arguments(call);
        for (int index = 0; index < arguments.size(); index++) {
            SyntaxNode argument = Expressions.bare(arguments.get(index));
            if (argument.hasText(name)) {
                passed.add(new Passed.Argument(method, index, Optional.empty()));
            } else if (argument.is("object")) {
                for (SyntaxNode part : argument.children()) {
                    if (part.is("shorthand_property_identifier") && part.hasText(name)) {
                        passed.add(new Passed.Argument(method, index, Optional.of(name)));
                    } else if (part.is("pair") && part.fieldText("value").equals(name)) {
                        passed.add(new Passed.Argument(method, index, Optional.of(part.fieldText("key"))));
                    }
                }
            }
        }
    }

    /** {@code "x-room": name} or {@code headers.set("x-room", name)}. */
    private static Optional<Passed> header(SyntaxNode node, String name) {
        Optional<SyntaxNode> key = Optional.empty();
        if (node.is("pair") && node.fieldText("value").equals(name)) {
            key = node.field("key");
        } else if (node.is("call_expression")
                && Set.of("set", "append")
                        .contains(Expressions.calledProperty(node).orElse(""))
                && Expressions.arguments(node).size() == 2
                && Expressions.arguments(node).get(1).hasText(name)) {
            key = Optional.of(Expressions.arguments(node).getFirst());
        }
        return key.filter(it -> it.is("string"))
                .map(Module::unquoted)
                .filter(it -> it.toLowerCase(java.util.Locale.ROOT).startsWith("x-"))
                .map(Passed.Header::new);
    }

    /** Returns the binding that {@code namespace} stands for. */
    private Optional<String> binding(Module module, SyntaxNode namespace, SyntaxNode from) {
        SyntaxNode bare = Expressions.bare(namespace);
        if (bare.is("member_expression")) {
            return Optional.of(bare.fieldText("property")).filter(bindings::contains);
        }
        if (bare.is("subscript_expression")) {
            return bare.field("index")
                    .filter(index -> index.is("string"))
                    .map(Module::unquoted)
                    .filter(bindings::contains);
        }
        return bare.is("identifier") ? variable(module, bare.text(), from) : Optional.empty();
    }

    private Optional<String> variable(Module module, String name, SyntaxNode from) {
        List<SyntaxNode> declarators = Stream.concat(
                        from.ancestors().filter(Expressions::isFunction).flatMap(function -> function.descendants()
                                .filter(node -> node.is("variable_declarator"))),
                        Optional.ofNullable(module.declarations().get(name)).stream())
                .filter(node -> node.is("variable_declarator"))
                .toList();
        for (SyntaxNode declarator : declarators) {
            SyntaxNode target = declarator.field("name").orElse(declarator);
            if (target.hasText(name)) {
                return declarator
                        .field("value")
                        .map(Expressions::bare)
                        .filter(value -> value.is("member_expression", "subscript_expression"))
                        .flatMap(value -> binding(module, value, from));
            }
            if (target.is("object_pattern")) {
                for (SyntaxNode part : target.children()) {
                    boolean renamed =
                            part.is("pair_pattern") && part.fieldText("value").equals(name);
                    if (renamed || part.hasText(name)) {
                        return Optional.of(renamed ? part.fieldText("key") : name)
                                .filter(bindings::contains);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
