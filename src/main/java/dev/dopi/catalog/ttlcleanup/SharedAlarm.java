package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The edits that let a class's own alarm and others share the one alarm of the object.
 *
 * @param edits the handler under another name, and every use of the alarm by way of {@code this.#alarms}
 * @param handlerArguments what the handler is called with
 */
record SharedAlarm(List<TextEdit> edits, String handlerArguments) {

    private static final Set<String> CALLS = Set.of("setAlarm", "getAlarm", "deleteAlarm", "deleteAll");

    /** Why the alarm cannot be shared safely, as a sentence. */
    static final class NotShareable extends Exception {
        NotShareable(String message) {
            super(message);
        }
    }

    static SharedAlarm of(SyntaxNode classNode, DurableObjectClass type) throws NotShareable {
        if (type.baseClass().isEmpty()) {
            throw new NotShareable(
                    "Sharing an alarm that the class has already is not supported yet for a class that extends nothing.");
        }
        if (classNode.text().contains("AlarmJobs")) {
            throw new NotShareable(
                    "The alarm is shared through AlarmJobs already; adding a job to it is not supported yet.");
        }
        var edits = new ArrayList<TextEdit>();
        String arguments = renameHandler(classNode, edits);
        redirectUses(classNode, type, edits);
        return new SharedAlarm(List.copyOf(edits), arguments);
    }

    private static String renameHandler(SyntaxNode classNode, List<TextEdit> edits) throws NotShareable {
        SyntaxNode handler = classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .filter(member -> member.fieldText("name").equals("alarm"))
                .findFirst()
                .orElseThrow(() -> new NotShareable("The class's alarm() could not be found again."));
        if (!handler.is("method_definition")) {
            throw new NotShareable("Line %d: alarm is a property rather than a method, which is not supported yet."
                    .formatted(handler.line()));
        }
        for (SyntaxNode part : handler.all()) {
            if (part.is("accessibility_modifier", "override_modifier", "override")) {
                edits.add(TextEdit.delete(
                        new Span(part.span().start(), part.span().end() + 1)));
            }
        }
        handler.field("name").ifPresent(name -> edits.add(new TextEdit(name.span(), "#onAlarm")));
        boolean takesInfo = handler.field("parameters")
                .filter(it -> !it.children().isEmpty())
                .isPresent();
        return takesInfo ? "info" : "";
    }

    private static void redirectUses(SyntaxNode classNode, DurableObjectClass type, List<TextEdit> edits)
            throws NotShareable {
        List<Span> known =
                type.alarmUses().stream().map(use -> use.place().span()).toList();
        List<SyntaxNode> calls = classNode
                .descendants()
                .filter(node -> node.is("call_expression")
                        && property(node).filter(CALLS::contains).isPresent())
                .toList();
        for (SyntaxNode call : calls) {
            SyntaxNode object =
                    call.field("function").flatMap(it -> it.field("object")).orElse(call);
            boolean deletesAll =
                    property(call).filter(it -> it.equals("deleteAll")).isPresent();
            if (deletesAll && !object.text().endsWith("storage")) {
                continue;
            }
            if (!deletesAll && !known.contains(call.span())) {
                throw new NotShareable("Line %d sets or reads an alarm through %s, which is not followed."
                        .formatted(call.line(), object.text()));
            }
            if (!keepsThis(call)) {
                throw new NotShareable(
                        "Line %d uses the alarm in a function that has another this.".formatted(call.line()));
            }
            edits.add(new TextEdit(object.span(), "this.#alarms"));
        }
        Optional<SyntaxNode> direct = classNode
                .descendants()
                .filter(node ->
                        node.is("call_expression") && node.fieldText("function").equals("this.alarm"))
                .findFirst();
        if (direct.isPresent()) {
            throw new NotShareable("Line %d calls alarm() itself, which is not supported yet."
                    .formatted(direct.get().line()));
        }
    }

    private static boolean keepsThis(SyntaxNode node) {
        return node.ancestors()
                .filter(up -> up.is("function_expression", "function_declaration", "class_static_block"))
                .findFirst()
                .isEmpty();
    }

    private static Optional<String> property(SyntaxNode call) {
        return call.field("function").filter(it -> it.is("member_expression")).map(it -> it.fieldText("property"));
    }
}
