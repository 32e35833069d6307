package dev.dopi.catalog.websockethibernation;

import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what changes the state of a connection that is kept with its socket. */
record KeptChanges(SyntaxTree tree, SyntaxNode classNode) {

    private static final Set<String> MUTATORS =
            Set.of("add", "push", "set", "unshift", "delete", "clear", "splice", "pop", "shift", "sort", "fill");

    /** Finds what changes the kept objects and variables, in the listeners and anywhere else in the class. */
    List<ConnectionCode.Change> of(List<Kept> kept, List<Listener> listeners, SyntaxNode block) throws NotMovable {
        var names = new LinkedHashMap<Span, Kept>();
        var properties = new LinkedHashSet<String>();
        for (Kept each : kept) {
            names.put(each.declarator().span(), each);
            properties.addAll(each.properties());
            if (each.kind() == Kept.Kind.OBJECT) {
                ValueType.annotation(each.declarator()).ifPresent(type -> properties.addAll(interfaceOf(type)));
            }
        }
        var changes = new ArrayList<ConnectionCode.Change>();
        for (SyntaxNode node : classNode.descendants().toList()) {
            Optional<SyntaxNode> changed = changed(node);
            if (changed.isEmpty()) {
                continue;
            }
            SyntaxNode root = Names.root(changed.get());
            Optional<Kept> own = root.is("identifier")
                    ? Names.declaration(root).map(it -> names.get(it.node().span()))
                    : Optional.empty();
            boolean listening =
                    listeners.stream().anyMatch(each -> each.function().span().contains(node.span()));
            boolean setUp = block.span().contains(node.span()) && !listening;
            boolean other = own.isEmpty()
                    && changed.get().is("member_expression")
                    && properties.contains(changed.get().fieldText("property"))
                    && !changed.get().fieldText("object").equals("this");
            if (setUp
                    || own.isEmpty() && !other
                    || own.filter(it -> it.kind() == Kept.Kind.HANDLE).isPresent()) {
                continue;
            }
            SyntaxNode statement = Names.statement(node)
                    .orElseThrow(() -> new NotMovable(
                            "Line %d changes what is known of a connection within another statement; put it into a statement of its own first."
                                    .formatted(node.line())));
            changes.add(new ConnectionCode.Change(statement, own.isPresent() && listening));
        }
        return changes;
    }

    private static Optional<SyntaxNode> changed(SyntaxNode node) {
        if (node.is("call_expression")
                && MUTATORS.contains(Names.calledProperty(node))
                && Names.object(node).filter(it -> it.is("member_expression")).isPresent()) {
            return Names.object(node);
        }
        return Names.assigned(node);
    }

    /** The properties that an interface or a type of the file declares. */
    private Set<String> interfaceOf(String name) {
        var properties = new LinkedHashSet<String>();
        tree.root().children().stream()
                .map(node ->
                        node.is("export_statement") ? node.field("declaration").orElse(node) : node)
                .filter(node -> node.is("interface_declaration", "type_alias_declaration")
                        && node.fieldText("name").equals(name))
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("property_signature"))
                .forEach(node -> properties.add(node.fieldText("name")));
        return properties;
    }
}
