package dev.dopi.catalog.rpcmetadata;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.EditPlan;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.TestSetUp;
import dev.dopi.project.Project;
import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The test that comes with the accessors: it asks a member that does nothing before it reads the name.
 *
 * <p>Other members would need arguments and rows that only their author knows.
 */
record NameTests(
        Project project,
        RpcMetadata match,
        Options options,
        CodeStyle style,
        boolean throwing,
        Optional<ToldName> told) {

    /** Returns {@code plan} with the test, or with the reason why there is none. */
    EditPlan addTo(EditPlan plan, SyntaxTree tree, List<ReadSite.Needed> needed, List<Span> kept) {
        var tellers = new LinkedHashSet<String>();
        var refusers = new LinkedHashSet<String>();
        for (ReadSite.Needed site : needed) {
            teller(tree, site.span()).ifPresent(tellers::add);
            if (throwing) {
                refuser(site.node()).ifPresent(refusers::add);
            }
        }
        for (Span span : kept) {
            teller(tree, span).ifPresent(tellers::add);
        }
        refusers.removeAll(tellers);
        if (told.isPresent()) {
            // What stands behind named() is called through it, so a test can also ask where no member only tells the
            // name.
            tellers.retainAll(told.get().methods());
            return generated(
                    plan, "told-name.test.ts.txt", tellers, Set.of(), tellers.isEmpty() ? Set.of() : Set.of("TELLS"));
        }
        if (tellers.isEmpty() && refusers.isEmpty()) {
            return plan.noting("No member of %s does nothing but read its name, so no test is generated."
                    .formatted(match.type().className()));
        }
        return generated(
                plan, "rpc-metadata.test.ts.txt", tellers, refusers, flags(tellers, refusers, !kept.isEmpty()));
    }

    private EditPlan generated(
            EditPlan plan, String template, Set<String> tellers, Set<String> refusers, Set<String> flags) {
        DurableObjectClass type = match.type();
        return TestSetUp.test(project, match.worker(), type, options)
                .addTo(
                        plan,
                        test -> test.addTo(
                                plan,
                                project,
                                CodeTemplate.beside(NameTests.class, template),
                                "rpc-metadata",
                                Map.of("TELLERS", names(tellers), "REFUSERS", names(refusers)),
                                flags,
                                style));
    }

    private Set<String> flags(Set<String> tellers, Set<String> refusers, boolean kept) {
        var flags = new HashSet<String>();
        if (!tellers.isEmpty()) {
            flags.add("TELLS");
            if (!kept) {
                flags.add(throwing ? "TELLS_AND_THROWS" : "TELLS_THE_ID");
            }
        }
        if (!refusers.isEmpty()) {
            flags.add("REFUSES");
        }
        return flags;
    }

    private static String names(Set<String> members) {
        return String.join(", ", members.stream().map(it -> "\"" + it + "\"").toList());
    }

    /** Returns the member without parameters that gives back what stands at {@code span}, and does nothing else. */
    private static Optional<String> teller(SyntaxTree tree, Span span) {
        Optional<SyntaxNode> statement = tree.root()
                .descendants(node -> node.span().contains(span))
                .filter(node -> node.is("return_statement"))
                .filter(node -> node.children().stream()
                        .findFirst()
                        .filter(value -> bareSpan(value).equals(span))
                        .isPresent())
                .findFirst();
        return statement
                .filter(NameTests::isFirst)
                .flatMap(node ->
                        callable(node).filter(method -> parameters(method).isEmpty()))
                .map(method -> method.fieldText("name"));
    }

    private static Span bareSpan(SyntaxNode value) {
        SyntaxNode bare = value;
        while (bare.is("parenthesized_expression", "await_expression", "as_expression", "non_null_expression")
                && !bare.children().isEmpty()) {
            bare = bare.children().getFirst();
        }
        return bare.span();
    }

    /** Returns the member that reads the name before anything else can go wrong. */
    private static Optional<String> refuser(SyntaxNode read) {
        Optional<SyntaxNode> statement = read.ancestors()
                .takeWhile(up -> !up.is("method_definition"))
                .filter(up -> up.parent()
                        .filter(block -> block.is("statement_block"))
                        .filter(block -> block.parent()
                                .filter(it -> it.is("method_definition"))
                                .isPresent())
                        .isPresent())
                .findFirst();
        return statement
                .filter(NameTests::isFirst)
                .filter(node -> node.is("lexical_declaration", "expression_statement", "return_statement"))
                .filter(node -> read.ancestors()
                        .takeWhile(up -> !up.span().equals(node.span()))
                        .noneMatch(up -> up.is("arrow_function", "ternary_expression")))
                .filter(node -> node.descendants()
                        .filter(each -> each.span().end() <= read.span().start())
                        .noneMatch(each -> each.is("call_expression", "new_expression", "await_expression")))
                .filter(node -> node.descendants()
                        .noneMatch(each -> each.is("binary_expression")
                                && each.fieldText("operator").equals("&&")))
                .flatMap(NameTests::callable)
                .filter(method -> parameters(method).stream()
                        .map(parameter -> parameter.field("pattern").orElse(parameter))
                        .allMatch(pattern -> pattern.is("identifier")))
                .map(method -> method.fieldText("name"));
    }

    private static boolean isFirst(SyntaxNode statement) {
        return statement
                .parent()
                .filter(block -> block.is("statement_block"))
                .filter(block -> block.children().getFirst().span().equals(statement.span()))
                .isPresent();
    }

    /** Returns the method that {@code statement} stands right in, where a test can call it. */
    private static Optional<SyntaxNode> callable(SyntaxNode statement) {
        return statement
                .parent()
                .flatMap(SyntaxNode::parent)
                .filter(method -> method.is("method_definition"))
                .filter(method -> method.field("name")
                        .filter(name -> name.is("property_identifier") && !name.hasText("constructor"))
                        .isPresent());
    }

    private static List<SyntaxNode> parameters(SyntaxNode method) {
        return method.field("parameters").map(SyntaxNode::children).orElse(List.of());
    }
}
