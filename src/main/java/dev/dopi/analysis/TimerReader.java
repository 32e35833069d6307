package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass.Timer;
import java.util.List;
import java.util.Set;

/** Reads the timers that a class starts, and what they are for. */
final class TimerReader {

    private final ClassBody inside;

    TimerReader(ClassBody inside) {
        this.inside = inside;
    }

    List<Timer> timers() {
        return inside.calls()
                .filter(call -> Set.of("setTimeout", "setInterval").contains(call.fieldText("function")))
                .map(call -> new Timer(call.fieldText("function"), ClassBody.place(call)))
                .toList();
    }
}
