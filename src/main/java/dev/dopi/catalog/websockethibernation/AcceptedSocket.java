package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SocketUse;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a class takes the sockets of its clients, and where it listens to them. */
record AcceptedSocket(SyntaxNode classNode, DurableObjectClass type, ClassMembers members) {

    AcceptedSocket(SyntaxNode classNode, DurableObjectClass type) {
        this(classNode, type, new ClassMembers(classNode));
    }

    /** Returns the one call that takes a socket. */
    SyntaxNode accept() throws NotMovable {
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
        return classNode
                .tree()
                .find("call_expression", standard.getFirst().place().span())
                .filter(call -> classNode.span().contains(call.span()))
                .orElseThrow(
                        () -> new NotMovable("Line %d accepts the socket outside the class, which is not supported yet."
                                .formatted(standard.getFirst().place().line())));
    }

    static void checkThis(SyntaxNode node) throws NotMovable {
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

    /** Refuses a method that nobody waits for: a client could write before its socket is known. */
    void checkWaiting(SyntaxNode accept) throws NotMovable {
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
        for (SyntaxNode call : members.ownCalls()) {
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
    ServedSocket served(SyntaxNode socket) throws NotMovable {
        var here = ServedSocket.of(socket);
        if (!listenerCalls(here).isEmpty()) {
            return here;
        }
        ServedSocket found = here;
        for (SyntaxNode call : members.ownCalls()) {
            List<SyntaxNode> arguments = Expressions.arguments(call);
            for (int i = 0; i < arguments.size(); i++) {
                SyntaxNode argument = Expressions.bare(arguments.get(i));
                if (!argument.hasText(socket.text())
                        || !ServedSocket.declaring(argument).equals(here.declaration())) {
                    continue;
                }
                int index = i;
                Optional<ServedSocket> there = members.method(Names.calledProperty(call))
                        .map(Expressions::parameters)
                        .filter(parameters -> parameters.size() > index)
                        .map(parameters -> parameters.get(index))
                        .map(parameter -> new ServedSocket(Expressions.parameterName(parameter), parameter.span()));
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

    private List<SyntaxNode> listenerCalls(ServedSocket target) {
        return classNode
                .descendants()
                .filter(node ->
                        node.is("call_expression") && Names.calledProperty(node).endsWith("EventListener")
                                || node.is("assignment_expression")
                                        && node.fieldText("left").matches(".*\\.on(message|close|error)"))
                .filter(node -> (node.is("call_expression")
                                ? Names.object(node)
                                : node.field("left").flatMap(it -> it.field("object")))
                        .filter(it -> it.is("identifier")
                                && it.hasText(target.name())
                                && ServedSocket.declaring(it).equals(target.declaration()))
                        .isPresent())
                .toList();
    }

    List<Listener> listeners(ServedSocket target) throws NotMovable {
        var listeners = new ArrayList<Listener>();
        for (SyntaxNode node : listenerCalls(target)) {
            Optional<Listener> listener = Listener.of(node, target.name());
            if (listener.isEmpty()) {
                continue;
            }
            Listener found = listener.get();
            if (listeners.stream().anyMatch(each -> each.kind() == found.kind())) {
                throw new NotMovable("Line %d adds a second listener for the same event, which is not supported yet."
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
}
