package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the methods of a class reach the object's state, which takes the sockets: by what the class keeps of it, or by a field that it
 * is given where it kept the storage alone, or nothing.
 *
 * @param name the expression, as {@code this.state}
 * @param given the constructor's parameter that is to be kept; empty where the class keeps its state itself
 */
record StateReference(String name, Optional<String> given) {

    /** A constructor that takes nothing is given its state by this name. */
    private static final String PARAMETER = "ctx";

    static StateReference of(SyntaxNode classNode, DurableObjectClass type) throws NotMovable {
        Optional<String> known = type.access().state();
        if (known.isPresent()) {
            return new StateReference(known.get(), Optional.empty());
        }
        if (type.baseClass().isPresent()) {
            throw new NotMovable("The class keeps no reference to its state that its methods could use.");
        }
        String field = Stream.of("#ctx", "#state")
                .filter(each -> !classNode.text().contains(each))
                .findFirst()
                .orElseThrow(
                        () -> new NotMovable("The class has #ctx and #state already, and keeps its state in neither."));
        Optional<SyntaxNode> first = new ClassMembers(classNode)
                .method("constructor")
                .flatMap(it -> Expressions.parameters(it).stream().findFirst());
        if (first.isPresent()) {
            check(first.get());
        }
        return new StateReference(
                "this." + field, first.map(Expressions::parameterName).or(() -> Optional.of(PARAMETER)));
    }

    private static void check(SyntaxNode parameter) throws NotMovable {
        SyntaxNode pattern = parameter.field("pattern").orElse(parameter);
        if (!pattern.is("identifier")) {
            throw new NotMovable(
                    "Line %d: the constructor takes its state apart, so nothing of it is left that could take sockets: give it a name, and keep it in a field."
                            .formatted(parameter.line()));
        }
        Optional<String> other =
                ValueType.annotation(parameter).filter(type -> !type.matches("(?s)DurableObjectState\\b.*|any"));
        if (other.isPresent()) {
            throw new NotMovable(
                    "Line %d: the constructor's first parameter is declared as %s, of which it is not certain that it takes sockets."
                            .formatted(parameter.line(), other.get()));
        }
    }

    /** Returns the declaration of the field, without a line end; empty where there is one. */
    Optional<String> field(CodeStyle style, String margin) {
        return given.map(_ -> margin
                + (style.typed() ? "readonly %s: DurableObjectState" : "%s").formatted(name.substring("this.".length()))
                + (style.semicolons() ? ";" : ""));
    }

    /** Returns the statement of the constructor that fills it, without a line end; empty where there is one. */
    Optional<String> statement(CodeStyle style, String indent) {
        return given.map(parameter -> "%s%s = %s%s".formatted(indent, name, parameter, style.semicolons() ? ";" : ""));
    }

    /** Returns the edits of a constructor that is there already. */
    List<TextEdit> keeping(SyntaxNode constructor, CodeStyle style, String indent) {
        SyntaxNode body = constructor.field("body").orElse(constructor);
        Stream<TextEdit> parameter = Stream.of(constructor)
                .filter(it -> given.isPresent() && Expressions.parameters(it).isEmpty())
                .flatMap(it -> it.field("parameters").stream())
                .map(it -> TextEdit.insert(
                        it.span().start() + 1, PARAMETER + (style.typed() ? ": DurableObjectState" : "")));
        Stream<TextEdit> statement = body.children().isEmpty()
                ? Stream.empty()
                : statement(style, indent).stream()
                        .map(line -> TextEdit.insert(body.span().start() + 1, style.lineEnd() + line));
        return Stream.concat(parameter, statement).toList();
    }
}
