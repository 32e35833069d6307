package dev.dopi.catalog.rpcmetadata;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.NameUse;
import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of a place where a class reads its name without a rule for objects that have none. */
sealed interface ReadSite {

    /** The code there goes on with the name as a text: an accessor that always gives one takes its place. */
    record Needed(Span span, SyntaxNode node) implements ReadSite {}

    /** The name only becomes part of a value, where undefined has its place: an accessor that says so. */
    record Wanted(Span span) implements ReadSite {}

    /** It stays; the reason is a sentence for the user. */
    record Left(String reason) implements ReadSite {}

    /** Handlers of the alarm. */
    Set<String> ALARMS = Set.of("alarm", "onAlarm");

    /** Looks at {@code use}; {@code throwing} says that the accessor throws where there is no name. */
    static ReadSite of(SyntaxTree tree, DurableObjectClass type, NameUse use, boolean throwing) {
        Optional<SyntaxNode> found = tree.find("member_expression", use.place().span());
        String where = "%s:%d".formatted(use.file(), use.place().line());
        if (found.isEmpty()) {
            return new Left(where + " takes the name out of the id with others: read it as id.name there by hand.");
        }
        SyntaxNode read = found.get();
        Optional<String> obstacle = obstacle(read, type);
        if (obstacle.isPresent()) {
            return new Left("%s is left as it is: %s.".formatted(where, obstacle.get()));
        }
        // Without this read a variable may be left that nothing uses; in the constructor the parameter goes to super.
        if (!read.text().startsWith("this.")
                && member(read).filter("constructor"::equals).isEmpty()) {
            return new Left("%s reads the name through a variable, which is not supported yet: write %s.id.name there."
                    .formatted(where, type.access().state().orElse("this.ctx")));
        }
        SyntaxNode outer = unwrapped(read);
        SyntaxNode up = outer.parent().orElse(outer);
        if (up.field("optional_chain").isPresent()) {
            return new Left(where + " makes up a name in several steps: end it in the object's own id by hand.");
        }
        if (use.kind() == NameUse.Kind.READ && outer.span().equals(read.span()) && up.is("pair")) {
            return new Wanted(read.span());
        }
        return needed(type, use, read, outer, throwing, where);
    }

    private static ReadSite needed(
            DurableObjectClass type, NameUse use, SyntaxNode read, SyntaxNode outer, boolean throwing, String where) {
        SyntaxNode whole = outer;
        if (use.kind() == NameUse.Kind.CONSTANT_FALLBACK) {
            SyntaxNode up = outer.parent().orElse(outer);
            boolean plain = up.is("binary_expression")
                    && up.field("left")
                            .filter(left -> left.span().equals(outer.span()))
                            .isPresent()
                    && up.parent()
                            .filter(above -> above.is("binary_expression")
                                    && List.of("??", "||").contains(above.fieldText("operator")))
                            .isEmpty();
            if (!plain) {
                return new Left(where + " makes up a name in several steps: end it in the object's own id by hand.");
            }
            whole = up;
        }
        if (throwing) {
            Optional<String> member = member(read);
            boolean constructing = member.filter(
                            it -> Reach.of(type(read), Set.of("constructor")).contains(it))
                    .isPresent();
            if (constructing || isField(read)) {
                return new Left(
                        "%s runs in the constructor, where an error would make the object unreachable: choose unnamed=id, or read the name where it is used."
                                .formatted(where));
            }
            if (member.filter(ALARMS::contains).isPresent()) {
                return new Left(
                        "%s runs in the alarm, which the platform gives up after six errors: say by hand what it does in an object without a name (one whose alarm was set before March 2026, too)."
                                .formatted(where));
            }
        }
        if (type.baseClass().isEmpty()
                && member(read).filter("constructor"::equals).isPresent()) {
            return new Left(where
                    + " runs in the constructor, before the class has its state: read the name where it is used.");
        }
        return new Needed(whole.span(), read);
    }

    /** Returns why {@code this} does not reach the class at {@code read}, as a clause. */
    private static Optional<String> obstacle(SyntaxNode read, DurableObjectClass type) {
        if (type.access().state().isEmpty()) {
            return Optional.of("the class keeps its state in no field");
        }
        SyntaxNode inner = read;
        for (SyntaxNode up : read.ancestors().toList()) {
            if (up.is("call_expression") && up.fieldText("function").equals("super")) {
                return Optional.of("it is passed to super, before the object has methods");
            }
            if (up.is(
                            "function_expression",
                            "function_declaration",
                            "generator_function",
                            "generator_function_declaration")
                    || up.is("method_definition")
                            && up.parent().filter(it -> it.is("object")).isPresent()) {
                return Optional.of("\"this\" is something else in the function of line " + up.line());
            }
            if (up.is("method_definition", "public_field_definition", "field_definition") && up.has("static")) {
                return Optional.of("it stands in a static member");
            }
            if (up.is("class_body")) {
                boolean own = up.parent()
                        .filter(node -> node.span().equals(type.span()))
                        .isPresent();
                return own ? Optional.empty() : Optional.of("it stands in a class inside the class");
            }
            inner = up;
        }
        return Optional.of("line %d is outside the class".formatted(inner.line()));
    }

    /** Whether {@code this} at {@code node} is the object. */
    static boolean reachesObject(SyntaxNode node, DurableObjectClass type) {
        return obstacle(node, type).isEmpty();
    }

    /** Returns the method that {@code node} stands in. */
    static Optional<SyntaxNode> method(SyntaxNode node) {
        return node.enclosing("method_definition");
    }

    private static Optional<String> member(SyntaxNode node) {
        return method(node).map(it -> it.fieldText("name"));
    }

    private static SyntaxNode type(SyntaxNode node) {
        return node.enclosing("class_body").orElse(node);
    }

    private static boolean isField(SyntaxNode node) {
        return method(node).isEmpty();
    }

    /** Returns {@code node} with the casts and parentheses around it. */
    private static SyntaxNode unwrapped(SyntaxNode node) {
        SyntaxNode outer = node;
        for (SyntaxNode up : node.ancestors().toList()) {
            if (!up.is("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression")) {
                return outer;
            }
            outer = up;
        }
        return outer;
    }
}
