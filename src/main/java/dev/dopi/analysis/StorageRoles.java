package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass.Access;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which expressions of a class mean the object's state, its storage, its SQL or its key-value store.
 *
 * <p>Found by following assignments, fields, parameters and destructuring until nothing new turns up. What cannot be
 * followed has no role.
 */
final class StorageRoles {

    private static final int ROUNDS = 5;
    private static final Pattern BUILDER = Pattern.compile("Kysely|\\w+Dialect");

    private final SyntaxNode body;
    private final Map<String, Role> fields = new HashMap<>();
    private final Map<String, Role> locals = new HashMap<>();
    /** What the class's own methods return, by name. */
    private final Map<String, Role> returns = new HashMap<>();
    /** What the properties of an object literal mean that a method returns or a field holds, by its name. */
    private final Map<String, Map<String, Role>> bags = new HashMap<>();
    /** What the fields of a Durable Object mean that was passed on to this code. */
    private final Map<String, Role> owner = new HashMap<>();

    /**
     * What a call passes at one place.
     *
     * @param properties what the properties of an object literal mean
     */
    record Passed(Optional<Role> role, Map<String, Role> properties) {

        boolean isSomething() {
            return role.filter(it -> it != Role.ID).isPresent()
                    || properties.values().stream().anyMatch(it -> it != Role.ID);
        }
    }

    /**
     * @param inherited whether the class extends something, and so has {@code this.ctx}
     */
    StorageRoles(SyntaxNode classNode, boolean inherited) {
        this(classNode.field("body").orElse(classNode));
        if (inherited) {
            fields.put("ctx", Role.STATE);
        }
        body.children().stream().filter(StorageRoles::isConstructor).forEach(this::readConstructor);
        follow();
    }

    private StorageRoles(SyntaxNode body) {
        this.body = body;
    }

    /** Returns the roles in a Durable Object's class, whose base class means by its fields what {@code above} says. */
    static StorageRoles below(StorageRoles above, SyntaxNode classNode) {
        var roles = new StorageRoles(classNode.field("body").orElse(classNode));
        roles.fields.put("ctx", Role.STATE);
        roles.fields.putAll(above.fields);
        roles.returns.putAll(above.returns);
        roles.bags.putAll(above.bags);
        roles.body.children().stream().filter(StorageRoles::isConstructor).forEach(roles::readConstructor);
        roles.follow();
        return roles;
    }

    /** Returns the roles in a function, or a class that is no Durable Object, that is called with {@code arguments}. */
    static StorageRoles called(SyntaxNode callee, List<Passed> arguments, StorageRoles caller) {
        var roles = new StorageRoles(
                Expressions.isClass(callee) ? callee.field("body").orElse(callee) : callee);
        boolean passesObject = arguments.stream()
                .anyMatch(
                        passed -> passed.role().filter(it -> it == Role.OBJECT).isPresent()
                                || passed.properties().containsValue(Role.OBJECT));
        if (passesObject) {
            roles.owner.putAll(caller.owner.isEmpty() ? caller.fields : caller.owner);
        }
        if (Expressions.isClass(callee)) {
            roles.body.children().stream()
                    .filter(StorageRoles::isConstructor)
                    .forEach(constructor -> roles.receive(constructor, arguments));
        } else {
            roles.receive(callee, arguments);
        }
        roles.follow();
        return roles;
    }

    private void follow() {
        List<SyntaxNode> sources = body.descendants()
                .filter(node -> node.is(
                        "assignment_expression",
                        "variable_declarator",
                        "public_field_definition",
                        "field_definition",
                        "required_parameter",
                        "optional_parameter",
                        "return_statement",
                        "call_expression"))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            int known = known();
            sources.forEach(this::read);
            if (known() == known) {
                break;
            }
        }
    }

    private int known() {
        return fields.size()
                + locals.size()
                + returns.size()
                + bags.values().stream().mapToInt(Map::size).sum();
    }

    /** Gives the parameters of {@code function} what a call passes for them. */
    private void receive(SyntaxNode function, List<Passed> arguments) {
        List<SyntaxNode> parameters = parameters(function);
        for (int i = 0; i < Math.min(parameters.size(), arguments.size()); i++) {
            SyntaxNode parameter = parameters.get(i);
            SyntaxNode name = parameter.field("pattern").orElse(parameter);
            Passed passed = arguments.get(i);
            if (name.is("identifier")) {
                passed.role().ifPresent(role -> {
                    locals.put(key(function, name.text()), role);
                    if (parameter.child("accessibility_modifier").isPresent() || parameter.has("readonly")) {
                        fields.put(name.text(), role);
                    }
                });
                passed.properties()
                        .forEach((property, role) -> locals.put(key(function, name.text() + "." + property), role));
            } else if (name.is("object_pattern")) {
                destructure(name, function, property -> passed.role()
                        .flatMap(role -> property(role, property))
                        .or(() -> Optional.ofNullable(passed.properties().get(property))));
            }
        }
    }

    private static List<SyntaxNode> parameters(SyntaxNode function) {
        return function.field("parameter").map(List::of).orElseGet(() -> function.field("parameters")
                .map(SyntaxNode::children)
                .orElse(List.of()));
    }

    /** Returns what {@code call} passes, place by place. */
    List<Passed> passed(SyntaxNode call) {
        return call
                .field("arguments")
                .filter(it -> it.is("arguments"))
                .map(SyntaxNode::children)
                .orElse(List.of())
                .stream()
                .map(this::passedAt)
                .toList();
    }

    /** Whether {@code this} is worth following: a Durable Object's own class, whose fields hold its state. */
    private boolean passesItself() {
        return owner.isEmpty() && fields.containsValue(Role.STATE);
    }

    private Passed passedAt(SyntaxNode argument) {
        SyntaxNode bare = Expressions.bare(argument);
        return new Passed(bare.is("this") && passesItself() ? Optional.of(Role.OBJECT) : of(argument), bag(bare));
    }

    /** Returns what the properties of {@code expression} mean: an object literal, or what holds or returns one. */
    private Map<String, Role> bag(SyntaxNode expression) {
        SyntaxNode bare = Expressions.bare(expression);
        return switch (bare.kind()) {
            case "object" -> literal(bare);
            case "identifier" -> localBag(bare);
            case "member_expression" ->
                bare.fieldText("object").equals("this")
                        ? bags.getOrDefault(bare.fieldText("property"), Map.of())
                        : Map.of();
            case "call_expression" ->
                bare.field("function")
                        .map(Expressions::bare)
                        .filter(it -> it.is("member_expression")
                                && it.fieldText("object").equals("this"))
                        .map(it -> bags.getOrDefault(it.fieldText("property"), Map.of()))
                        .orElse(Map.of());
            default -> Map.of();
        };
    }

    private Map<String, Role> localBag(SyntaxNode identifier) {
        var found = new HashMap<String, Role>();
        Optional<SyntaxNode> function = Optional.of(function(identifier));
        while (function.isPresent() && found.isEmpty()) {
            String start = key(function.get(), identifier.text()) + ".";
            locals.forEach((name, role) -> {
                if (name.startsWith(start)) {
                    found.put(name.substring(start.length()), role);
                }
            });
            function =
                    function.get().ancestors().filter(Expressions::isFunction).findFirst();
        }
        return found;
    }

    private Map<String, Role> literal(SyntaxNode object) {
        var properties = new HashMap<String, Role>();
        for (SyntaxNode part : object.children()) {
            if (part.is("pair")) {
                part.field("value").flatMap(this::of).ifPresent(role -> properties.put(part.fieldText("key"), role));
            } else if (part.is("shorthand_property_identifier")) {
                local(part).ifPresent(role -> properties.put(part.text(), role));
            }
        }
        return properties;
    }

    private void keep(String name, Map<String, Role> properties) {
        if (!properties.isEmpty()) {
            bags.computeIfAbsent(name, _ -> new HashMap<>()).putAll(properties);
        }
    }

    static boolean isConstructor(SyntaxNode member) {
        return member.is("method_definition") && member.fieldText("name").equals("constructor");
    }

    private void readConstructor(SyntaxNode constructor) {
        List<SyntaxNode> parameters =
                constructor.field("parameters").map(SyntaxNode::children).orElse(List.of());
        if (parameters.isEmpty()) {
            return;
        }
        SyntaxNode first = parameters.getFirst();
        SyntaxNode name = first.field("pattern").orElse(first);
        if (name.is("identifier")) {
            locals.put(key(constructor, name.text()), Role.STATE);
            boolean kept = first.child("accessibility_modifier").isPresent() || first.has("readonly");
            // Loosely typed code relies on the base class to keep the state by the name that it has here.
            if (kept || fields.containsKey("ctx") && name.text().equals("state")) {
                fields.put(name.text(), Role.STATE);
            }
        }
    }

    private void read(SyntaxNode node) {
        switch (node.kind()) {
            case "assignment_expression" ->
                node.field("right").ifPresent(right -> node.field("left").ifPresent(left -> assign(left, right)));
            case "variable_declarator" ->
                node.field("value").ifPresent(value -> node.field("name").ifPresent(name -> assign(name, value)));
            case "public_field_definition", "field_definition" -> readField(node);
            case "return_statement" -> readReturn(node);
            case "call_expression" -> readCall(node);
            default -> readParameter(node);
        }
    }

    private void readReturn(SyntaxNode node) {
        Optional<SyntaxNode> method =
                node.ancestors().filter(Expressions::isFunction).findFirst().filter(it -> it.is("method_definition"));
        Optional<SyntaxNode> value = node.children().stream().findFirst();
        Optional<Role> role = value.flatMap(this::of);
        if (method.isPresent() && value.isPresent()) {
            keep(method.get().fieldText("name"), bag(value.get()));
        }
        if (method.isPresent() && role.isPresent()) {
            String name = method.get().fieldText("name");
            if (method.get().has("get")) {
                fields.put(name, role.get());
            } else {
                returns.put(name, role.get());
            }
        }
    }

    /** Gives a method of the class what it is called with, and the callback of a transaction its storage. */
    private void readCall(SyntaxNode call) {
        Optional<SyntaxNode> function =
                call.field("function").map(Expressions::bare).filter(it -> it.is("member_expression"));
        if (function.isEmpty()) {
            return;
        }
        String property = function.get().fieldText("property");
        if (function.get().fieldText("object").equals("this")) {
            List<Passed> passed = passed(call);
            if (passed.stream().anyMatch(Passed::isSomething)) {
                body.children().stream()
                        .filter(member -> member.is("method_definition")
                                && member.fieldText("name").equals(property))
                        .forEach(method -> receive(method, passed));
            }
        } else if (property.equals("execute")) {
            function.get()
                    .field("object")
                    .map(Expressions::bare)
                    .filter(it -> Expressions.calledProperty(it)
                            .filter("transaction"::equals)
                            .isPresent())
                    .flatMap(Expressions::object)
                    .flatMap(this::of)
                    .filter(role -> role == Role.BUILDER)
                    .ifPresent(role -> Expressions.arguments(call).stream()
                            .filter(Expressions::isFunction)
                            .forEach(callback -> receive(callback, List.of(new Passed(Optional.of(role), Map.of())))));
        } else if (property.equals("transaction")) {
            function.get()
                    .field("object")
                    .flatMap(this::of)
                    .filter(role -> role == Role.STORAGE || role == Role.ORM)
                    .ifPresent(role -> Expressions.arguments(call).stream()
                            .filter(Expressions::isFunction)
                            .forEach(callback -> receive(callback, List.of(new Passed(Optional.of(role), Map.of())))));
        }
    }

    private void readField(SyntaxNode node) {
        String name = node.field("name")
                .or(() -> node.field("property"))
                .map(SyntaxNode::text)
                .orElse("");
        Optional<Role> role = node.field("value").flatMap(this::of).or(() -> typed(node));
        node.field("value").ifPresent(value -> keep(name, bag(value)));
        role.ifPresent(it -> fields.put(name, it));
    }

    private void readParameter(SyntaxNode node) {
        Optional<SyntaxNode> function =
                node.enclosing("method_definition", "arrow_function", "function_expression", "function_declaration");
        typed(node).ifPresent(role -> function.ifPresent(it -> locals.put(key(it, node.fieldText("pattern")), role)));
    }

    private static Optional<Role> typed(SyntaxNode declared) {
        return declared.field("type").map(SyntaxNode::text).flatMap(Role::ofType);
    }

    private void assign(SyntaxNode left, SyntaxNode right) {
        if (left.is("object_pattern") && right.is("this")) {
            destructure(left, function(left), property -> Optional.ofNullable(fields.get(property)));
            return;
        }
        Map<String, Role> properties = bag(right);
        if (left.is("identifier")) {
            properties.forEach((property, it) -> locals.put(key(function(left), left.text() + "." + property), it));
        } else if (left.is("member_expression") && left.fieldText("object").equals("this")) {
            keep(left.fieldText("property"), properties);
        } else if (left.is("object_pattern") && !properties.isEmpty()) {
            destructure(left, function(left), property -> Optional.ofNullable(properties.get(property)));
        }
        Optional<Role> role = of(right);
        if (role.isEmpty()) {
            return;
        }
        if (left.is("identifier")) {
            locals.put(key(function(left), left.text()), role.get());
        } else if (left.is("member_expression") && left.fieldText("object").equals("this")) {
            fields.put(left.fieldText("property"), role.get());
        } else if (left.is("object_pattern")) {
            destructure(left, function(left), property -> property(role.get(), property));
        }
    }

    private void destructure(SyntaxNode pattern, SyntaxNode scope, Function<String, Optional<Role>> roleOf) {
        for (SyntaxNode part : pattern.children()) {
            String property = part.is("pair_pattern") ? part.fieldText("key") : part.text();
            String local = part.is("pair_pattern") ? part.fieldText("value") : part.text();
            roleOf.apply(property).ifPresent(found -> locals.put(key(scope, local), found));
        }
    }

    /** Returns the shortest expressions that reach the state, the storage and the SQL in any method. */
    Access access() {
        Optional<String> state = field(Role.STATE);
        Optional<String> storage = field(Role.STORAGE).or(() -> state.map(it -> it + ".storage"));
        Optional<String> sql = field(Role.SQL).or(() -> storage.map(it -> it + ".sql"));
        return new Access(state, storage, sql);
    }

    private Optional<String> field(Role role) {
        return fields.entrySet().stream()
                .filter(entry -> entry.getValue() == role)
                .map(entry -> "this." + entry.getKey())
                .min(Comparator.<String, Boolean>comparing(name -> !name.equals("this.ctx"))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns what {@code expression} means, where that is known. */
    Optional<Role> of(SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        if (node.is("identifier")) {
            return local(node);
        }
        if (node.is("call_expression")) {
            return made(node);
        }
        if (node.is("new_expression")) {
            return builds(node) ? Optional.of(Role.BUILDER) : Optional.empty();
        }
        if (!node.is("member_expression")) {
            return Optional.empty();
        }
        String property = node.fieldText("property");
        Optional<SyntaxNode> object = node.field("object").map(Expressions::bare);
        if (object.filter(it -> it.is("this")).isPresent()) {
            return Optional.ofNullable(fields.get(property));
        }
        if (object.filter(it -> it.is("identifier")).isPresent()) {
            Optional<Role> bag = local(object.get(), object.get().text() + "." + property);
            if (bag.isPresent()) {
                return bag;
            }
        }
        return object.flatMap(this::of)
                .flatMap(role -> property(role, property))
                .or(() -> object.filter(it -> it.is("member_expression", "call_expression"))
                        .flatMap(it -> Optional.ofNullable(bag(it).get(property))));
    }

    /** What a call returns: a method of the class's own, or a mapper around the storage. */
    private Optional<Role> made(SyntaxNode call) {
        SyntaxNode function = call.field("function").map(Expressions::bare).orElse(call);
        if (function.is("member_expression") && function.fieldText("object").equals("this")) {
            return Optional.ofNullable(returns.get(function.fieldText("property")));
        }
        boolean onStorage = function.hasText("drizzle")
                && Expressions.arguments(call).stream()
                        .findFirst()
                        .flatMap(this::of)
                        .filter(role -> role == Role.STORAGE || role == Role.STATE)
                        .isPresent();
        return onStorage ? Optional.of(Role.ORM) : Optional.empty();
    }

    /** {@code new Kysely({ dialect })}, or the dialect itself, where either is given the storage. */
    private boolean builds(SyntaxNode creation) {
        return BUILDER.matcher(creation.fieldText("constructor")).matches()
                && Expressions.arguments(creation).stream()
                        .flatMap(SyntaxNode::descendants)
                        .filter(node -> node.is(
                                "identifier", "shorthand_property_identifier", "member_expression", "new_expression"))
                        .filter(node -> node != creation)
                        .flatMap(node -> (node.is("shorthand_property_identifier") ? local(node) : of(node)).stream())
                        .anyMatch(role -> role != Role.ID && role != Role.OBJECT);
    }

    private Optional<Role> property(Role role, String property) {
        return role == Role.OBJECT ? Optional.ofNullable(owner.get(property)) : role.part(property);
    }

    private Optional<Role> local(SyntaxNode identifier) {
        return local(identifier, identifier.text());
    }

    private Optional<Role> local(SyntaxNode identifier, String name) {
        Optional<SyntaxNode> function = Optional.of(function(identifier));
        while (function.isPresent()) {
            Role role = locals.get(key(function.get(), name));
            if (role != null) {
                return Optional.of(role);
            }
            function =
                    function.get().ancestors().filter(Expressions::isFunction).findFirst();
        }
        return Optional.empty();
    }

    private SyntaxNode function(SyntaxNode node) {
        return node.ancestors().filter(Expressions::isFunction).findFirst().orElse(body);
    }

    private static String key(SyntaxNode function, String name) {
        return function.span().start() + " " + name;
    }
}
