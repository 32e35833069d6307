package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass.Access;
import dev.dopi.syntax.SyntaxNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which expressions of a class mean the object's state, its storage, its SQL or its key-value store.
 *
 * <p>Found by following assignments, fields, parameters and destructuring until nothing new turns up. What cannot be
 * followed has no role.
 */
final class StorageRoles {

    private static final int ROUNDS = 5;

    private final SyntaxNode body;
    private final Map<String, Role> fields = new HashMap<>();
    private final Map<String, Role> locals = new HashMap<>();

    /** What an expression means. */
    enum Role {
        STATE,
        STORAGE,
        SQL,
        KV,
        ID
    }

    /**
     * @param inherited whether the class extends something, and so has {@code this.ctx}
     */
    StorageRoles(SyntaxNode classNode, boolean inherited) {
        this.body = classNode.field("body").orElse(classNode);
        if (inherited) {
            fields.put("ctx", Role.STATE);
        }
        body.children().stream().filter(StorageRoles::isConstructor).forEach(this::readConstructor);
        List<SyntaxNode> sources = body.descendants()
                .filter(node -> node.is(
                        "assignment_expression",
                        "variable_declarator",
                        "public_field_definition",
                        "field_definition",
                        "required_parameter",
                        "optional_parameter"))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            int known = fields.size() + locals.size();
            sources.forEach(this::read);
            if (fields.size() + locals.size() == known) {
                break;
            }
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
            if (first.child("accessibility_modifier").isPresent() || first.has("readonly")) {
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
            default -> readParameter(node);
        }
    }

    private void readField(SyntaxNode node) {
        String name = node.field("name")
                .or(() -> node.field("property"))
                .map(SyntaxNode::text)
                .orElse("");
        Role typed = node.field("type")
                .map(SyntaxNode::text)
                .map(StorageRoles::typed)
                .orElse(null);
        Role role = node.field("value").flatMap(this::of).orElse(typed);
        if (role != null) {
            fields.put(name, role);
        }
    }

    private void readParameter(SyntaxNode node) {
        Role role = node.field("type")
                .map(SyntaxNode::text)
                .map(StorageRoles::typed)
                .orElse(null);
        SyntaxNode function = node.enclosing("method_definition", "arrow_function", "function_expression")
                .orElse(null);
        if (role != null && function != null) {
            locals.put(key(function, node.fieldText("pattern")), role);
        }
    }

    private static @Nullable Role typed(String type) {
        return switch (type.replace(":", "").strip()) {
            case "DurableObjectState" -> Role.STATE;
            case "DurableObjectStorage" -> Role.STORAGE;
            case "SqlStorage" -> Role.SQL;
            default -> null;
        };
    }

    private void assign(SyntaxNode left, SyntaxNode right) {
        if (left.is("object_pattern") && right.is("this")) {
            destructure(left, property -> Optional.ofNullable(fields.get(property)));
            return;
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
            destructure(left, property -> property(role.get(), property));
        }
    }

    private void destructure(SyntaxNode pattern, Function<String, Optional<Role>> roleOf) {
        for (SyntaxNode part : pattern.children()) {
            String property = part.is("pair_pattern") ? part.fieldText("key") : part.text();
            String local = part.is("pair_pattern") ? part.fieldText("value") : part.text();
            roleOf.apply(property).ifPresent(found -> locals.put(key(function(pattern), local), found));
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
        if (!node.is("member_expression")) {
            return Optional.empty();
        }
        String property = node.fieldText("property");
        Optional<SyntaxNode> object = node.field("object").map(Expressions::bare);
        if (object.filter(it -> it.is("this")).isPresent()) {
            return Optional.ofNullable(fields.get(property));
        }
        return object.flatMap(this::of).flatMap(role -> property(role, property));
    }

    private static Optional<Role> property(Role role, String property) {
        return switch (role) {
            case STATE ->
                switch (property) {
                    case "storage" -> Optional.of(Role.STORAGE);
                    case "id" -> Optional.of(Role.ID);
                    default -> Optional.empty();
                };
            case STORAGE ->
                switch (property) {
                    case "sql" -> Optional.of(Role.SQL);
                    case "kv" -> Optional.of(Role.KV);
                    default -> Optional.empty();
                };
            case SQL, KV, ID -> Optional.empty();
        };
    }

    private Optional<Role> local(SyntaxNode identifier) {
        Optional<SyntaxNode> function = Optional.of(function(identifier));
        while (function.isPresent()) {
            Role role = locals.get(key(function.get(), identifier.text()));
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
