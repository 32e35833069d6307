package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.analysis.StorageCode.Unit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which calls run SQL on the object's storage, and which argument of them is the SQL: {@code exec} and what wraps it. */
final class SqlRunners {

    private static final int ROUNDS = 4;
    private static final int DEPTH = 12;

    private final StorageCode code;
    private final Resolver resolver;
    /** Functions that run the SQL they are given, by their place: which parameter it is. */
    private final Map<Place, Integer> runners = new HashMap<>();

    private record Place(String file, int start) {

        static Place of(SyntaxNode function) {
            return new Place(function.tree().file().path(), function.span().start());
        }
    }

    /** A parameter of a function. */
    private record Parameter(SyntaxNode function, int index) {}

    SqlRunners(StorageCode code, Resolver resolver) {
        this.code = code;
        this.resolver = resolver;
        for (int round = 0; round < ROUNDS; round++) {
            int known = runners.size();
            for (Unit unit : code.units()) {
                unit.code().calls().forEach(call -> learn(unit, call));
            }
            if (runners.size() == known) {
                break;
            }
        }
    }

    private void learn(Unit unit, SyntaxNode call) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        argument(unit, call)
                .filter(index -> index < arguments.size())
                .flatMap(index -> origin(arguments.get(index), DEPTH))
                .ifPresent(parameter -> runners.putIfAbsent(Place.of(parameter.function()), parameter.index()));
    }

    /** Returns which argument of {@code call} is SQL for the object's own database, where one is. */
    Optional<Integer> argument(Unit unit, SyntaxNode call) {
        Optional<SyntaxNode> function = call.field("function").map(Expressions::bare);
        if (function.isEmpty()) {
            return Optional.empty();
        }
        SyntaxNode callee = function.get();
        boolean exec = callee.is("member_expression")
                && callee.fieldText("property").equals("exec")
                && callee.field("object")
                        .filter(object -> unit.code().means(object, Role.SQL))
                        .isPresent();
        if (exec) {
            return Optional.of(0);
        }
        return runners.isEmpty() ? Optional.empty() : function(unit, callee).map(it -> runners.get(Place.of(it)));
    }

    /** Whether {@code argument} of {@code call} is what the function around it was given to run. */
    boolean passesOn(Unit unit, SyntaxNode call, SyntaxNode argument) {
        return origin(argument, DEPTH)
                .filter(parameter -> runners.containsKey(Place.of(parameter.function())))
                .filter(parameter -> isCalled(parameter.function()))
                .isPresent();
    }

    private boolean isCalled(SyntaxNode function) {
        return code.units().stream().anyMatch(unit -> unit.code().calls().anyMatch(call -> call.field("function")
                .map(Expressions::bare)
                .flatMap(callee -> function(unit, callee))
                .filter(it -> Place.of(it).equals(Place.of(function)))
                .isPresent()));
    }

    /** Whether {@code function} is a template tag of the project's own that runs what it is given. */
    boolean isTag(Unit unit, SyntaxNode function) {
        return function(unit, Expressions.bare(function))
                .filter(it -> Variables.parameters(it)
                        .findFirst()
                        .filter(first -> first.text().matches("strings|query|parts|template|s|segments|pieces|chunks"))
                        .isPresent())
                .filter(it -> it.descendants()
                        .anyMatch(node -> node.is("call_expression")
                                && argument(unit, node).isPresent()))
                .isPresent();
    }

    /** Returns the function of the project that {@code callee} names. */
    private Optional<SyntaxNode> function(Unit unit, SyntaxNode callee) {
        if (callee.is("identifier")) {
            Optional<SyntaxNode> local = Variables.local(callee)
                    .filter(it -> it.values().size() == 1)
                    .map(it -> Expressions.bare(it.values().getFirst()))
                    .filter(Expressions::isFunction);
            return local.isPresent()
                    ? local
                    : resolver.value(unit.code().module(), callee) instanceof Target.Other(Module _, SyntaxNode node)
                                    && Expressions.isFunction(node)
                            ? Optional.of(node)
                            : Optional.empty();
        }
        if (!callee.is("member_expression")) {
            return Optional.empty();
        }
        String property = callee.fieldText("property");
        String object = callee.fieldText("object");
        if (object.equals("this") && unit.kind() == StorageCode.Kind.HELPER) {
            return method(unit, property);
        }
        if (object.equals("this") || object.equals("super")) {
            return code.classes().flatMap(it -> method(it, property).stream()).findFirst();
        }
        if (object.contains("env")) {
            return Optional.empty();
        }
        return code.units().stream()
                .filter(it -> it.kind() == StorageCode.Kind.HELPER)
                .flatMap(it -> method(it, property).stream())
                .findFirst();
    }

    private static Optional<SyntaxNode> method(Unit unit, String name) {
        return unit.code()
                .members()
                .filter(member -> ClassBody.memberName(member).equals(name))
                .flatMap(member -> member.is("method_definition")
                        ? java.util.stream.Stream.of(member)
                        : member.field("value").map(Expressions::bare).filter(Expressions::isFunction).stream())
                .findFirst();
    }

    /** Returns the parameter of a named function that {@code expression} comes from. */
    private static Optional<Parameter> origin(SyntaxNode expression, int depth) {
        SyntaxNode node = Expressions.bare(expression);
        if (depth == 0) {
            return Optional.empty();
        }
        return switch (node.kind()) {
            case "identifier", "shorthand_property_identifier" -> variable(node, depth);
            case "member_expression" ->
                node.fieldText("object").equals("this")
                        ? Optional.empty()
                        : node.field("object").flatMap(it -> origin(it, depth - 1));
            case "subscript_expression" -> node.field("object").flatMap(it -> origin(it, depth - 1));
            case "binary_expression" ->
                node.has("||") || node.has("??")
                        ? node.field("left").flatMap(it -> origin(it, depth - 1))
                        : Optional.empty();
            case "call_expression" ->
                node.field("function")
                        .filter(it -> it.is("member_expression"))
                        .flatMap(it -> it.field("object"))
                        .filter(it -> !it.is("this"))
                        .flatMap(it -> origin(it, depth - 1));
            default -> Optional.empty();
        };
    }

    private static Optional<Parameter> variable(SyntaxNode name, int depth) {
        Optional<SyntaxNode> list = Variables.looped(name);
        if (list.isPresent()) {
            return origin(list.get(), depth - 1);
        }
        Optional<SyntaxNode> taken = taken(name);
        if (taken.isPresent()) {
            return origin(taken.get(), depth - 1);
        }
        for (SyntaxNode function :
                name.ancestors().filter(Expressions::isFunction).toList()) {
            List<SyntaxNode> parameters = Variables.parameters(function).toList();
            for (int i = 0; i < parameters.size(); i++) {
                if (Variables.names(parameters.get(i), name.text())) {
                    return Optional.of(new Parameter(function, i));
                }
            }
        }
        return Optional.empty();
    }

    /** The value of the declaration within a function that {@code name} is, or is taken from. */
    private static Optional<SyntaxNode> taken(SyntaxNode name) {
        return name.ancestors()
                .filter(up -> up.is("statement_block"))
                .flatMap(block -> block.children().stream())
                .filter(statement ->
                        Set.of("lexical_declaration", "variable_declaration").contains(statement.kind()))
                .flatMap(statement -> statement.children().stream())
                .filter(declarator -> declarator
                        .field("name")
                        .filter(pattern -> Variables.names(pattern, name.text()))
                        .isPresent())
                .flatMap(declarator -> declarator.field("value").stream())
                .findFirst();
    }
}
