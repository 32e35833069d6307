package dev.dopi.catalog.alarmjobs;

import dev.dopi.catalog.alarmjobs.SharedAlarm.NotShareable;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields by which a class reaches the jobs of its one alarm: filled where they are declared if a base class knows the state
 * before, else at the head of the constructor, which is given the state.
 */
public record AlarmFields(SourceFile file, SyntaxNode classNode, DurableObjectClass type, CodeStyle style) {

    /** The field that lets jobs share the alarm. */
    public static final Field ALARMS = new Field("#alarms", "AlarmJobs", "");

    /**
     * A field.
     *
     * @param more what its constructor takes behind the state, with a comma before
     */
    public record Field(String name, String type, String more) {

        private String made(String state) {
            return "new %s(%s%s)".formatted(type, state, more);
        }
    }

    /** Refuses a class in which it is not certain where its state is known. */
    static void check(SyntaxNode classNode, DurableObjectClass type) throws NotShareable {
        if (type.baseClass().isEmpty() && stateOf(classNode).isEmpty()) {
            throw new NotShareable(
                    "The class extends nothing, and has no constructor that takes its state by a name, which sharing the alarm needs.");
        }
    }

    /** What the constructor of a class that extends nothing calls the state. */
    private static Optional<String> stateOf(SyntaxNode classNode) {
        return constructor(classNode)
                .flatMap(it -> Expressions.parameters(it).stream().findFirst())
                .filter(first -> first.field("pattern").orElse(first).is("identifier"))
                .map(Expressions::parameterName);
    }

    private static Optional<SyntaxNode> constructor(SyntaxNode classNode) {
        return members(classNode)
                .filter(member -> member.is("method_definition")
                        && member.fieldText("name").equals("constructor"))
                .findFirst();
    }

    private static Stream<SyntaxNode> members(SyntaxNode classNode) {
        return classNode.field("body").stream().flatMap(body -> body.children().stream());
    }

    /** Returns the edits that put {@code fields} before all other members. */
    public List<TextEdit> first(List<Field> fields) {
        var edits = new ArrayList<TextEdit>();
        edits.add(Statements.beforeLine(file, firstLine(), declarations(fields) + style.lineEnd()));
        if (type.baseClass().isEmpty()) {
            // Before anything else that the constructor does, which may use them.
            SyntaxNode body = constructor(classNode).orElseThrow().field("body").orElseThrow();
            String behind = body.children().isEmpty() ? style.lineEnd() + margin() : "";
            edits.add(TextEdit.insert(body.span().start() + 1, statements(fields) + behind));
        }
        return edits;
    }

    /** Returns the edits that put {@code field} behind {@link #ALARMS}, which the class has: a field can use only those before it. */
    public List<TextEdit> behindAlarms(Field field) {
        var edits = new ArrayList<TextEdit>();
        SyntaxNode alarms = members(classNode)
                .filter(member ->
                        !member.is("method_definition") && member.text().contains(ALARMS.name()))
                .findFirst()
                .orElseThrow();
        edits.add(Statements.after(file, alarms.span(), declarations(List.of(field))));
        if (type.baseClass().isEmpty()) {
            SyntaxNode filling = classNode
                    .descendants()
                    .filter(node ->
                            node.is("expression_statement") && node.text().startsWith("this.#alarms ="))
                    .findFirst()
                    .orElseThrow();
            edits.add(TextEdit.insert(filling.span().end(), statements(List.of(field))));
        }
        return edits;
    }

    private String declarations(List<Field> fields) {
        boolean filled = type.baseClass().isPresent();
        return fields.stream()
                .map(field -> margin()
                        + (style.typed() ? "readonly " : "")
                        + field.name()
                        + (filled ? " = " + field.made("this.ctx") : style.typed() ? ": " + field.type() : "")
                        + end())
                .collect(Collectors.joining(style.lineEnd()));
    }

    private String statements(List<Field> fields) {
        String state = stateOf(classNode).orElseThrow();
        return fields.stream()
                .map(field -> "%s%s%sthis.%s = %s%s"
                        .formatted(style.lineEnd(), margin(), style.indent(), field.name(), field.made(state), end()))
                .collect(Collectors.joining());
    }

    private String end() {
        return style.semicolons() ? ";" : "";
    }

    private String margin() {
        return file.indentAt(members(classNode)
                .reduce((_, last) -> last)
                .orElse(classNode)
                .span()
                .start());
    }

    /** A comment or decorator right above a member belongs to it. */
    private int firstLine() {
        int start = members(classNode).findFirst().orElse(classNode).span().start();
        for (SyntaxNode each : classNode.field("body").orElse(classNode).all()) {
            if (each.is("comment", "decorator")) {
                start = Math.min(start, each.span().start());
            }
        }
        return start;
    }
}
