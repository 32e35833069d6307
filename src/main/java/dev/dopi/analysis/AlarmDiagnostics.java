package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.AlarmUse;
import dev.dopi.project.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a class's use of its alarm, whatever patterns it lacks: such code fails at run time only. */
final class AlarmDiagnostics {

    private AlarmDiagnostics() {}

    static List<Diagnostic> of(DurableObjectClass type) {
        var found = new ArrayList<Diagnostic>();
        List<AlarmUse> sets = type.alarmUses().stream()
                .filter(use -> use.method().equals("setAlarm"))
                .toList();
        sets.stream()
                .filter(use -> use.inConstructor() && !use.guarded())
                .findFirst()
                .ifPresent(use -> found.add(Diagnostic.warning(
                        type.file(),
                        use.place().line(),
                        "%s sets its alarm each time it wakes (%s:%d), which cancels the very alarm that woke it: set it only if (await getAlarm()) === null."
                                .formatted(
                                        type.className(),
                                        type.file(),
                                        use.place().line()))));
        boolean handled = type.alarmHandler().isPresent() || type.inheritsAlarm();
        if (!handled && !sets.isEmpty()) {
            found.add(Diagnostic.warning(
                    type.file(),
                    sets.getFirst().place().line(),
                    "%s sets an alarm (%s:%d), but has no alarm() to receive it: %s."
                            .formatted(
                                    type.className(),
                                    type.file(),
                                    sets.getFirst().place().line(),
                                    misnamed(type)
                                            .map(name -> "rename %s() to alarm()".formatted(name))
                                            .orElse("write one, or take the call away"))));
        }
        return found;
    }

    /** A public method that looks as if it were meant to be the handler, but that the platform never calls. */
    private static Optional<String> misnamed(DurableObjectClass type) {
        return type.rpcMethods().stream()
                .filter(name -> name.matches("(?i)(on_?|handle_?)?alarm(_?handler)?"))
                .findFirst();
    }
}
