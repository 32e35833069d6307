package dev.dopi.catalog.sqlindex;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.GeneratedTest;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.TestSetUp;
import dev.dopi.project.Project;
import dev.dopi.sql.IndexProposal;
import dev.dopi.sql.SqlShape;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The test that comes with new indexes: it asks the object's own database how it runs each query. */
record IndexTests(Project project, IndexNeed need, Options options, CodeStyle style) {

    /** Returns {@code plan} with the test of {@code proposals}, or with the reason why there is none. */
    EditPlan addTo(EditPlan plan, List<IndexProposal> proposals) {
        DurableObjectClass type = need.type();
        return TestSetUp.test(project, need.worker(), type, options)
                .addTo(
                        plan,
                        test -> test.addTo(
                                plan,
                                project,
                                CodeTemplate.beside(IndexTests.class, "sql-index.test.ts.txt"),
                                "sql-index",
                                Map.of("QUERIES", queries(proposals, plan)),
                                Set.of(),
                                style));
    }

    private String queries(List<IndexProposal> proposals, EditPlan plan) {
        var queries = new LinkedHashSet<String>();
        for (IndexProposal proposal : proposals) {
            for (IndexProposal.Proof proof : proposal.proofs()) {
                need.type().statements().stream()
                        .filter(statement -> statement.sql().equals(proof.query()))
                        .findFirst()
                        .ifPresent(statement -> queries.add(query(statement, line(statement, plan), proposal.name())));
            }
        }
        return String.join("\n", queries);
    }

    /** Returns the line in which the statement stands once {@code plan} is made. */
    private static long line(SqlStatement statement, EditPlan plan) {
        return statement.line()
                + plan.hunks().stream()
                        .filter(hunk -> hunk.file().equals(statement.file()))
                        .flatMap(hunk -> hunk.edits().edits().stream())
                        .filter(edit -> edit.span().end() <= statement.literal().start())
                        .flatMapToInt(edit -> edit.replacement().chars())
                        .filter(c -> c == '\n')
                        .count();
    }

    private static String query(SqlStatement statement, long line, String index) {
        int parameters = SqlShape.of(statement.sql()).parameters().stream()
                .mapToInt(SqlShape.Parameter::ordinal)
                .max()
                .orElse(0);
        return "{ where: \"%s:%d\", sql: %s, bindings: [%s], index: \"%s\" },"
                .formatted(
                        statement.file(),
                        line,
                        GeneratedTest.literal(statement.sql()),
                        String.join(", ", Collections.nCopies(parameters, "null")),
                        index);
    }
}
