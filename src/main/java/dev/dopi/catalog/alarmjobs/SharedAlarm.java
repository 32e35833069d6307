package dev.dopi.catalog.alarmjobs;

import dev.dopi.edit.CodeStyle;
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
 * @param jobs where the jobs of a class stand that shares its alarm already
 */
public record SharedAlarm(List<TextEdit> edits, String handlerArguments, Optional<SyntaxNode> jobs) {

    private static final Set<String> CALLS = Set.of("setAlarm", "getAlarm", "deleteAlarm", "deleteAll");

    /** Why the alarm cannot be shared safely, as a sentence. */
    public static final class NotShareable extends Exception {
        NotShareable(String message) {
            super(message);
        }
    }

    /** Refuses a class that no alarm of jobs can be added to, whether it has an {@code alarm()} or not. */
    public static void check(SyntaxNode classNode, DurableObjectClass type) throws NotShareable {
        AlarmFields.check(classNode, type);
    }

    /** Returns them for a class that has an {@code alarm()}, whether it shares it already or not. */
    public static SharedAlarm of(SyntaxNode classNode, DurableObjectClass type) throws NotShareable {
        AlarmFields.check(classNode, type);
        if (classNode.text().contains("AlarmJobs")) {
            return new SharedAlarm(List.of(), "", Optional.of(jobsOf(classNode)));
        }
        var edits = new ArrayList<TextEdit>();
        String arguments = renameHandler(classNode, edits);
        redirectUses(classNode, type, edits);
        return new SharedAlarm(List.copyOf(edits), arguments, Optional.empty());
    }

    /**
     * Returns the edit that adds jobs to those of a class that has some.
     *
     * @param more as {@code "name": () => this.#job()}
     */
    public Optional<TextEdit> adding(CodeStyle style, List<String> more) {
        String text = String.join(", ", more).replace('"', style.quote());
        return jobs.map(object -> object.children().isEmpty()
                ? new TextEdit(object.span(), "{ " + text + " }")
                : TextEdit.insert(object.children().getLast().span().end(), ", " + text));
    }

    private static SyntaxNode jobsOf(SyntaxNode classNode) throws NotShareable {
        boolean field = classNode.text().matches("(?s).*#alarms = new AlarmJobs\\(.*");
        return classNode
                .descendants()
                .filter(node -> field
                        && node.is("call_expression")
                        && node.fieldText("function").equals("this.#alarms.run"))
                .flatMap(call -> call.field("arguments").stream())
                .map(SyntaxNode::children)
                .filter(arguments -> arguments.size() == 3 && arguments.get(2).is("object"))
                .map(arguments -> arguments.get(2))
                .findFirst()
                .orElseThrow(
                        () -> new NotShareable(
                                "The class uses AlarmJobs, but not as this.#alarms.run(info, handler, { jobs }) in alarm(): add the job there by hand."));
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
