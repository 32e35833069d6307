package dev.dopi.catalog.ttlcleanup;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Statements;
import dev.dopi.pattern.Durations;
import dev.dopi.pattern.Options;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values that the user chose, as constants of the module. */
record CleanupConstants(SyntaxTree tree, SyntaxNode classNode, CodeStyle style, Options options) {

    static final String HUNK = "constants";

    /** How long things are kept, as TypeScript in milliseconds. */
    String ttl() {
        return Durations.milliseconds(keep());
    }

    Hunk hunk(List<ExpiringTable> tables, List<ExpiringKeys> keys) {
        String constants = Stream.concat(
                        tables.stream().map(this::of), keys.stream().map(this::of))
                .collect(Collectors.joining(style.lineEnd() + style.lineEnd()));
        boolean keeps = !keys.isEmpty() || tables.stream().anyMatch(table -> !table.lapses());
        return new Hunk(
                HUNK,
                tree.file().path(),
                false,
                TextEdits.of(beforeClass(constants)),
                Applicability.REVIEW,
                !keeps
                        ? "Say how often rows are removed"
                        : tables.isEmpty() ? "Say how long keys stay" : "Say how long rows stay",
                "The values that you chose, in one place.",
                Set.of());
    }

    private String of(ExpiringKeys keys) {
        return code("constants-keys.ts.txt", Map.of("KEY", keys.series().key(), "CONSTANT", keys.constant()));
    }

    private String of(ExpiringTable table) {
        return code(
                table.lapses() ? "constants-lapsing.ts.txt" : "constants.ts.txt",
                Map.of(
                        "TABLE", table.name(),
                        "COLUMN", table.column(),
                        "CONSTANT", table.constant()));
    }

    private String code(String template, Map<String, String> own) {
        var values = new HashMap<>(own);
        values.put("KEEP", Durations.words(keep()));
        values.put("TTL", ttl());
        values.put("INTERVAL", Durations.milliseconds(duration(options.of(TtlCleanupPattern.INTERVAL))));
        return CodeTemplate.beside(CleanupConstants.class, template).render(style, "", values);
    }

    private Duration keep() {
        return duration(options.of(TtlCleanupPattern.KEEP));
    }

    private static Duration duration(String text) {
        return Durations.parse(text).orElseThrow(() -> new IllegalArgumentException("not a duration: " + text));
    }

    private Optional<SyntaxNode> imports() {
        return tree.root().children().stream()
                .filter(node -> node.is("import_statement"))
                .reduce((_, later) -> later);
    }

    /** Puts {@code code} behind the imports, or before the class and its comment where there are none. */
    private TextEdit beforeClass(String code) {
        List<SyntaxNode> all = tree.root().all();
        Optional<SyntaxNode> last =
                imports().filter(it -> it.span().end() < classNode.span().start());
        if (last.isPresent()) {
            int line = last.get().line();
            Optional<SyntaxNode> next = all.stream()
                    .filter(node -> node.span().start() > last.get().span().end() && node.line() > line)
                    .findFirst();
            if (next.isPresent()) {
                boolean apart = next.get().line() > line + 1;
                String margin = apart ? "" : style.lineEnd();
                return Statements.beforeLine(tree.file(), next.get().span().start(), margin + code + style.lineEnd());
            }
        }
        SyntaxNode statement = classNode;
        while (statement.parent().filter(up -> !up.is("program")).isPresent()) {
            statement = statement.parent().orElseThrow();
        }
        int start = statement.span().start();
        for (int i = all.indexOf(statement) - 1; i >= 0 && all.get(i).is("comment"); i--) {
            start = all.get(i).span().start();
        }
        return Statements.beforeLine(tree.file(), start, code + style.lineEnd());
    }
}
