package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass.AlarmUse;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a class does with the one alarm. */
final class AlarmReader {

    private static final Set<String> ALARM_CALLS = Set.of("setAlarm", "getAlarm", "deleteAlarm");

    private final ClassBody inside;
    private final Heritage.Kind heritage;

    AlarmReader(ClassBody inside, Heritage.Kind heritage) {
        this.inside = inside;
        this.heritage = heritage;
    }

    Optional<Place> handler() {
        // A framework that handles the alarm itself calls onAlarm() in its turn.
        boolean frameworks =
                heritage.framework().isPresent() || !heritage.ancestors().isEmpty();
        return inside.members()
                .filter(member -> !member.has("static"))
                .filter(member -> ClassBody.memberName(member).equals("alarm")
                        || frameworks && ClassBody.memberName(member).equals("onAlarm"))
                .findFirst()
                .map(ClassBody::place);
    }

    List<AlarmUse> uses() {
        return inside.calls()
                .filter(call ->
                        ALARM_CALLS.contains(Expressions.calledProperty(call).orElse("")))
                .filter(call -> Expressions.object(call)
                        .filter(object -> inside.means(object, Role.STORAGE)
                                || object.text().endsWith("storage"))
                        .isPresent())
                .map(call -> new AlarmUse(
                        Expressions.calledProperty(call).orElse(""),
                        ClassBody.place(call),
                        reachedFromConstructor(call),
                        isGuarded(call)))
                .toList();
    }

    /** Whether a constructor runs {@code node}, itself or by the class's own methods that it calls. */
    private boolean reachedFromConstructor(SyntaxNode node) {
        var reached = new HashSet<String>(Set.of("constructor"));
        boolean more = true;
        while (more) {
            more = false;
            for (SyntaxNode member : inside.members().toList()) {
                if (reached.contains(ClassBody.memberName(member))) {
                    more |= reached.addAll(ownCalls(member));
                }
            }
        }
        return node.enclosing("method_definition", "public_field_definition", "field_definition")
                .filter(member -> reached.contains(ClassBody.memberName(member)))
                .isPresent();
    }

    private static List<String> ownCalls(SyntaxNode member) {
        return member.descendants()
                .filter(node -> node.is("call_expression"))
                .filter(call -> Expressions.object(call)
                        .filter(object -> object.hasText("this"))
                        .isPresent())
                .flatMap(call -> Expressions.calledProperty(call).stream())
                .toList();
    }

    private static boolean isGuarded(SyntaxNode call) {
        List<SyntaxNode> conditions = call.ancestors()
                .takeWhile(up -> !up.is("method_definition", "class_body"))
                .filter(up -> up.is("if_statement"))
                .flatMap(test -> test.field("condition").stream())
                .toList();
        return conditions.stream().anyMatch(condition -> condition.text().contains("getAlarm"))
                || !conditions.isEmpty() && mentionAlarm(conditions, call);
    }

    /** Whether one of {@code conditions} reads a variable that holds what {@code getAlarm()} said. */
    private static boolean mentionAlarm(List<SyntaxNode> conditions, SyntaxNode call) {
        Set<String> names = conditions.stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("identifier"))
                .map(SyntaxNode::text)
                .collect(Collectors.toSet());
        return call.enclosing("method_definition").stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("variable_declarator") && names.contains(node.fieldText("name")))
                .anyMatch(declarator -> declarator.fieldText("value").contains("getAlarm"));
    }
}
