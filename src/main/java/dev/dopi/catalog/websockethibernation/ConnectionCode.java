package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SocketUse;
import dev.dopi.source.Span;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a class takes its sockets and serves them: all that moving them to hibernation must know.
 *
 * @param accept the statement that takes the socket
 * @param accepted the name of the socket there
 * @param sure what TypeScript needs behind the name there: {@code !}, or nothing
 * @param socket the name of the socket where the listeners are added
 * @param kept what the listeners need of the code around them, in reading order
 * @param registrations the statements that put the socket, or what is kept of it, into a field
 * @param registries the fields that they fill
 * @param changes the statements that change what is kept
 */
record ConnectionCode(
        SyntaxNode type,
        SyntaxNode accept,
        String accepted,
        String sure,
        String socket,
        List<Listener> listeners,
        List<Kept> kept,
        List<SyntaxNode> registrations,
        Set<String> registries,
        List<Change> changes) {

    private static final Set<String> STORES = Set.of("add", "push", "set", "unshift");
    private static final Set<String> MUTATORS =
            Set.of("add", "push", "set", "unshift", "delete", "clear", "splice", "pop", "shift", "sort", "fill");

    /**
     * A statement that changes what is kept.
     *
     * @param own whether it can only change that of the listener's own socket
     */
    record Change(SyntaxNode statement, boolean own) {}

    static ConnectionCode of(SyntaxTree tree, SyntaxNode classNode, DurableObjectClass type) throws NotMovable {
        return new Reading(tree, classNode, type).read();
    }

    /** Whether what is kept must be found again in memory, because it changes or stands in fields, too. */
    boolean needsMap() {
        return kept.stream().anyMatch(each -> each.kind() != Kept.Kind.VALUE || each.mutable());
    }

    /** Whether all that is kept is known where the socket is taken, so that both can be said in one place. */
    boolean keepsAtOnce() {
        return !listeners.isEmpty()
                && accepted.equals(socket)
                && accept.parent()
                        .map(SyntaxNode::span)
                        .equals(listeners.getFirst().statement().parent().map(SyntaxNode::span))
                && kept.stream()
                        .allMatch(each ->
                                each.declarator().span().start() < accept.span().start());
    }

    Optional<Listener> listener(Listener.Kind kind) {
        return listeners.stream().filter(each -> each.kind() == kind).findFirst();
    }

    /** Reads one class. */
    private static final class Reading {

        private final SyntaxTree tree;
        private final SyntaxNode classNode;
        private final DurableObjectClass type;

        Reading(SyntaxTree tree, SyntaxNode classNode, DurableObjectClass type) {
            this.tree = tree;
            this.classNode = classNode;
            this.type = type;
        }

        ConnectionCode read() throws NotMovable {
            SyntaxNode call = accept();
            SyntaxNode accept = call.parent()
                    .filter(up -> up.is("expression_statement"))
                    .orElseThrow(() -> new NotMovable(
                            "Line %d accepts the socket within an expression, which is not supported yet."
                                    .formatted(call.line())));
            SyntaxNode socket = Names.object(call)
                    .filter(it -> it.is("identifier"))
                    .orElseThrow(() -> new NotMovable(
                            "Line %d: give the socket a name of its own first, such as const server = pair[1]."
                                    .formatted(call.line())));
            checkThis(accept);
            checkWaiting(accept);
            Target target = target(socket);
            List<Listener> listeners = listeners(target);
            var kept = new LinkedHashMap<Span, Kept>();
            for (Listener listener : listeners) {
                capture(listener, target, kept);
            }
            SyntaxNode block = listeners.isEmpty()
                    ? accept.parent().orElse(accept)
                    : listeners.getFirst().statement().parent().orElse(accept);
            var registries = new LinkedHashSet<String>();
            List<SyntaxNode> registrations = registrations(block, target, listeners, kept, registries);
            if (!accept.parent().map(SyntaxNode::span).equals(Optional.of(block.span()))) {
                registrations = new ArrayList<>(registrations);
                registrations.addAll(registrations(
                        accept.parent().orElse(accept),
                        new Target(socket.text(), declaringSpan(socket)),
                        listeners,
                        kept,
                        registries));
                if (!socket.hasText(target.name())) {
                    for (SyntaxNode registration : registrations) {
                        checkName(registration, socket.text(), target.name());
                    }
                }
            }
            checkStores(target, socket, registrations, kept);
            List<Kept> ordered = kept.values().stream()
                    .sorted(Comparator.comparingInt(
                            each -> each.declarator().span().start()))
                    .toList();
            return new ConnectionCode(
                    classNode,
                    accept,
                    socket.text(),
                    call.text().startsWith(socket.text() + "!") ? "!" : "",
                    target.name(),
                    listeners,
                    ordered,
                    registrations,
                    Set.copyOf(registries),
                    changes(ordered, listeners, block));
        }

        private static void checkName(SyntaxNode registration, String accepted, String served) throws NotMovable {
            if (registration.descendants().anyMatch(node -> node.is("identifier") && node.hasText(accepted))) {
                throw new NotMovable(
                        "Line %d keeps the socket under the name %s, while its listeners call it %s: give it one name first."
                                .formatted(registration.line(), accepted, served));
            }
        }

        /** The socket as the listeners name it, and what declares that name. */
        private record Target(String name, Span declaration) {}

        private SyntaxNode accept() throws NotMovable {
            List<SocketUse> standard = type.sockets().stream()
                    .filter(use -> use.kind() == SocketUse.Kind.STANDARD)
                    .toList();
            for (SocketUse use : standard) {
                if (!use.file().equals(type.file())) {
                    throw new NotMovable("%s:%d accepts the socket outside the class, which is not supported yet."
                            .formatted(use.file(), use.place().line()));
                }
            }
            if (standard.size() != 1) {
                throw new NotMovable("Sockets are accepted in %s, and one place at a time is supported."
                        .formatted(String.join(
                                " and ",
                                standard.stream()
                                        .map(use -> "line " + use.place().line())
                                        .toList())));
            }
            return tree.find("call_expression", standard.getFirst().place().span())
                    .filter(call -> classNode.span().contains(call.span()))
                    .orElseThrow(() ->
                            new NotMovable("Line %d accepts the socket outside the class, which is not supported yet."
                                    .formatted(standard.getFirst().place().line())));
        }

        private static void checkThis(SyntaxNode node) throws NotMovable {
            Optional<SyntaxNode> other = node.ancestors()
                    .takeWhile(up -> !up.is("class_body"))
                    .filter(up -> Expressions.isFunction(up) && !up.is("arrow_function", "method_definition")
                            || up.is("method_definition") && up.has("static"))
                    .findFirst();
            if (other.isPresent()) {
                throw new NotMovable(
                        "Line %d accepts the socket in a function that has another this.".formatted(node.line()));
            }
        }

        private static Span declaringSpan(SyntaxNode name) {
            return Names.declaration(name).map(it -> it.node().span()).orElse(name.span());
        }

        /** Refuses a method that nobody waits for: a client could write before its socket is known. */
        private void checkWaiting(SyntaxNode accept) throws NotMovable {
            Optional<SyntaxNode> method = accept.enclosing("method_definition");
            if (method.isEmpty()
                    || method.get().fieldText("name").equals("fetch")
                    || method.get()
                            .descendants(node -> !Expressions.isFunction(node)
                                    || node.span().equals(method.get().span()))
                            .noneMatch(node -> node.is("await_expression")
                                    && node.span().start() > accept.span().start())) {
                return;
            }
            String name = method.get().fieldText("name");
            for (SyntaxNode call : calls("this")) {
                if (Names.calledProperty(call).equals(name)
                        && call.parent()
                                .filter(up -> up.is("await_expression", "return_statement", "arrow_function"))
                                .isEmpty()) {
                    throw new NotMovable(
                            "Line %d does not wait for %s(): a client could write before its connection is known."
                                    .formatted(call.line(), name));
                }
            }
        }

        /** Where the listeners are added: here, or in the one method that is given the socket. */
        private Target target(SyntaxNode socket) throws NotMovable {
            var here = new Target(socket.text(), declaringSpan(socket));
            if (!listenerCalls(here).isEmpty()) {
                return here;
            }
            Target found = here;
            for (SyntaxNode call : calls("this")) {
                List<SyntaxNode> arguments = Expressions.arguments(call);
                for (int i = 0; i < arguments.size(); i++) {
                    SyntaxNode argument = Expressions.bare(arguments.get(i));
                    if (!argument.hasText(socket.text())
                            || !declaringSpan(argument).equals(here.declaration())) {
                        continue;
                    }
                    int index = i;
                    Optional<Target> there = member(Names.calledProperty(call))
                            .map(Expressions::parameters)
                            .filter(parameters -> parameters.size() > index)
                            .map(parameters -> parameters.get(index))
                            .map(parameter -> new Target(Expressions.parameterName(parameter), parameter.span()));
                    if (there.isPresent() && !listenerCalls(there.get()).isEmpty()) {
                        if (!found.equals(here)) {
                            throw new NotMovable(
                                    "Line %d: listeners are added in more than one method, which is not supported yet."
                                            .formatted(call.line()));
                        }
                        found = there.get();
                    }
                }
            }
            return found;
        }

        private List<SyntaxNode> calls(String object) {
            return classNode
                    .descendants()
                    .filter(node -> node.is("call_expression"))
                    .filter(call ->
                            Names.object(call).filter(it -> it.hasText(object)).isPresent())
                    .toList();
        }

        private Optional<SyntaxNode> member(String name) {
            return classNode.field("body").stream()
                    .flatMap(body -> body.children().stream())
                    .filter(node -> node.is("method_definition")
                            && node.fieldText("name").equals(name))
                    .findFirst();
        }

        private List<SyntaxNode> listenerCalls(Target target) {
            return classNode
                    .descendants()
                    .filter(node -> node.is("call_expression")
                                    && Names.calledProperty(node).endsWith("EventListener")
                            || node.is("assignment_expression")
                                    && node.fieldText("left").matches(".*\\.on(message|close|error)"))
                    .filter(node -> (node.is("call_expression")
                                    ? Names.object(node)
                                    : node.field("left").flatMap(it -> it.field("object")))
                            .filter(it -> it.is("identifier")
                                    && it.hasText(target.name())
                                    && declaringSpan(it).equals(target.declaration()))
                            .isPresent())
                    .toList();
        }

        private List<Listener> listeners(Target target) throws NotMovable {
            var listeners = new ArrayList<Listener>();
            for (SyntaxNode node : listenerCalls(target)) {
                Optional<Listener> listener = Listener.of(node, target.name());
                if (listener.isEmpty()) {
                    continue;
                }
                Listener found = listener.get();
                if (listeners.stream().anyMatch(each -> each.kind() == found.kind())) {
                    throw new NotMovable(
                            "Line %d adds a second listener for the same event, which is not supported yet."
                                    .formatted(node.line()));
                }
                boolean apart = !listeners.isEmpty()
                        && !listeners
                                .getFirst()
                                .statement()
                                .parent()
                                .map(SyntaxNode::span)
                                .equals(found.statement().parent().map(SyntaxNode::span));
                if (apart
                        || found.statement()
                                .parent()
                                .filter(up -> up.is("statement_block"))
                                .isEmpty()) {
                    throw new NotMovable(
                            "Line %d adds a listener on a condition or in another block, which is not supported yet."
                                    .formatted(node.line()));
                }
                checkThis(found.statement());
                listeners.add(found);
            }
            return listeners;
        }

        /** Takes in what {@code listener} uses of the code around it. */
        private void capture(Listener listener, Target target, Map<Span, Kept> kept) throws NotMovable {
            SyntaxNode function = listener.function();
            SyntaxNode method =
                    listener.statement().enclosing("method_definition").orElse(classNode);
            for (SyntaxNode use : function.descendants().filter(Names::isName).toList()) {
                Optional<Names.Declaration> declared = Names.declaration(use);
                if (declared.isEmpty()
                        || function.span().contains(declared.get().node().span())
                        || declared.get().node().span().equals(target.declaration())) {
                    continue;
                }
                Span at = declared.get().node().span();
                if (!kept.containsKey(at)) {
                    kept.put(at, Kept.of(use.text(), declared.get(), method, target.name(), use.line()));
                }
            }
        }

        private List<SyntaxNode> registrations(
                SyntaxNode block, Target target, List<Listener> listeners, Map<Span, Kept> kept, Set<String> registries)
                throws NotMovable {
            var found = new ArrayList<SyntaxNode>();
            SyntaxNode method = block.enclosing("method_definition").orElse(classNode);
            for (SyntaxNode statement : block.children()) {
                Optional<SyntaxNode> stored = statement.is("expression_statement")
                        ? statement.children().stream().findFirst().flatMap(Reading::storing)
                        : Optional.empty();
                if (stored.isEmpty()) {
                    continue;
                }
                String field = stored.get().text();
                boolean holds = statement.descendants().anyMatch(node -> holdsSocket(node, target));
                if (!holds && !removes(listeners, field)) {
                    continue;
                }
                for (SyntaxNode use :
                        statement.descendants().filter(Names::isName).toList()) {
                    Optional<Names.Declaration> declared = Names.declaration(use);
                    if (declared.isEmpty()
                            || declared.get().node().span().equals(target.declaration())
                            || statement.span().contains(declared.get().node().span())) {
                        continue;
                    }
                    Span at = declared.get().node().span();
                    if (!kept.containsKey(at)) {
                        kept.put(at, Kept.of(use.text(), declared.get(), method, target.name(), use.line()));
                    }
                }
                registries.add(field);
                found.add(statement);
            }
            return found;
        }

        /** The field, as {@code this.sessions}, into which {@code expression} puts something. */
        private static Optional<SyntaxNode> storing(SyntaxNode expression) {
            SyntaxNode node = Expressions.bare(expression);
            Optional<SyntaxNode> field = node.is("call_expression") && STORES.contains(Names.calledProperty(node))
                    ? Names.object(node)
                    : node.is("assignment_expression")
                            ? node.field("left")
                                    .filter(left -> left.is("subscript_expression"))
                                    .flatMap(left -> left.field("object"))
                            : Optional.empty();
            return field.filter(it -> it.text().matches("this\\.#?\\w+"));
        }

        private static boolean holdsSocket(SyntaxNode node, Target target) {
            if (!Names.isName(node)) {
                return false;
            }
            Optional<Names.Declaration> declared = Names.declaration(node);
            if (declared.filter(it -> it.node().span().equals(target.declaration()))
                    .isPresent()) {
                return true;
            }
            return declared.map(Names.Declaration::node)
                    .flatMap(it -> it.field("value"))
                    .map(Expressions::bare)
                    .filter(it -> it.is("object"))
                    .filter(it -> it.descendants().anyMatch(part -> Names.isName(part) && part.hasText(target.name())))
                    .isPresent();
        }

        private static boolean removes(List<Listener> listeners, String field) {
            return listeners.stream()
                    .map(listener -> listener.function().text())
                    .anyMatch(text -> text.contains(field + ".delete(")
                            || text.contains(field + ".splice(")
                            || text.contains(field + " = " + field + ".filter(")
                            || text.contains("delete " + field + "["));
        }

        /** Refuses what puts the socket, or what is kept of it, anywhere that waking would not fill again. */
        private void checkStores(Target target, SyntaxNode socket, List<SyntaxNode> registrations, Map<Span, Kept> kept)
                throws NotMovable {
            var declared = new LinkedHashSet<Span>(List.of(target.declaration(), declaringSpan(socket)));
            kept.values().stream()
                    .filter(each -> each.kind() == Kept.Kind.OBJECT)
                    .forEach(each -> declared.add(each.declarator().span()));
            for (SyntaxNode call : calls("this")) {
                handedOn(call, declared);
            }
            for (SyntaxNode node : classNode
                    .descendants()
                    .filter(each -> each.is("call_expression", "assignment_expression"))
                    .toList()) {
                boolean known =
                        registrations.stream().anyMatch(each -> each.span().contains(node.span()));
                if (!known && stores(node, declared)) {
                    throw new NotMovable(
                            "Line %d keeps the socket in a field at a place that the object does not pass when it wakes."
                                    .formatted(node.line()));
                }
            }
        }

        /** Adds the parameters of the class's own methods that are given one of {@code declared}. */
        private void handedOn(SyntaxNode call, Set<Span> declared) {
            List<SyntaxNode> arguments = Expressions.arguments(call);
            List<SyntaxNode> parameters = member(Names.calledProperty(call))
                    .map(Expressions::parameters)
                    .orElse(List.of());
            for (int i = 0; i < Math.min(arguments.size(), parameters.size()); i++) {
                SyntaxNode argument = Expressions.bare(arguments.get(i));
                if (argument.is("identifier") && declared.contains(declaringSpan(argument))) {
                    declared.add(parameters.get(i).span());
                }
            }
        }

        private static boolean stores(SyntaxNode node, Set<Span> declared) {
            if (node.is("assignment_expression")) {
                return node.fieldText("left").startsWith("this.")
                        && node.field("right")
                                .map(Expressions::bare)
                                .filter(it -> it.is("identifier") && declared.contains(declaringSpan(it)))
                                .isPresent();
            }
            return STORES.contains(Names.calledProperty(node))
                    && Names.object(node)
                            .filter(it -> it.text().startsWith("this."))
                            .isPresent()
                    && Expressions.arguments(node).stream()
                            .flatMap(SyntaxNode::descendants)
                            .anyMatch(it -> Names.isName(it) && !isRead(it) && declared.contains(declaringSpan(it)));
        }

        /** Whether only a property of what {@code name} means is used. */
        private static boolean isRead(SyntaxNode name) {
            return name.parent()
                    .filter(up -> up.is("member_expression")
                            && up.field("object")
                                    .filter(it -> it.span().equals(name.span()))
                                    .isPresent())
                    .isPresent();
        }

        /** Finds what changes the kept objects and variables, in the listeners and anywhere else in the class. */
        private List<Change> changes(List<Kept> kept, List<Listener> listeners, SyntaxNode block) throws NotMovable {
            var names = new LinkedHashMap<Span, Kept>();
            var properties = new LinkedHashSet<String>();
            for (Kept each : kept) {
                names.put(each.declarator().span(), each);
                properties.addAll(each.properties());
                if (each.kind() == Kept.Kind.OBJECT) {
                    ValueType.annotation(each.declarator()).ifPresent(type -> properties.addAll(interfaceOf(type)));
                }
            }
            var changes = new ArrayList<Change>();
            for (SyntaxNode node : classNode.descendants().toList()) {
                Optional<SyntaxNode> changed = changed(node);
                if (changed.isEmpty()) {
                    continue;
                }
                SyntaxNode root = Names.root(changed.get());
                Optional<Kept> own = root.is("identifier")
                        ? Names.declaration(root).map(it -> names.get(it.node().span()))
                        : Optional.empty();
                boolean listening = listeners.stream()
                        .anyMatch(each -> each.function().span().contains(node.span()));
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
                changes.add(new Change(statement, own.isPresent() && listening));
            }
            return changes;
        }

        private static Optional<SyntaxNode> changed(SyntaxNode node) {
            if (node.is("call_expression")
                    && MUTATORS.contains(Names.calledProperty(node))
                    && Names.object(node)
                            .filter(it -> it.is("member_expression"))
                            .isPresent()) {
                return Names.object(node);
            }
            return Names.assigned(node);
        }

        /** The properties that an interface or a type of the file declares. */
        private Set<String> interfaceOf(String name) {
            var properties = new LinkedHashSet<String>();
            tree.root().children().stream()
                    .map(node -> node.is("export_statement")
                            ? node.field("declaration").orElse(node)
                            : node)
                    .filter(node -> node.is("interface_declaration", "type_alias_declaration")
                            && node.fieldText("name").equals(name))
                    .flatMap(SyntaxNode::descendants)
                    .filter(node -> node.is("property_signature"))
                    .forEach(node -> properties.add(node.fieldText("name")));
            return properties;
        }
    }
}
