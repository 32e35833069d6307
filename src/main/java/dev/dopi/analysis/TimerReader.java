package dev.dopi.analysis;

import dev.dopi.analysis.ObjectCode.Kind;
import dev.dopi.analysis.ObjectCode.Part;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;

/** Reads the timers that an object starts, in its class and in the helper objects that it keeps, and what they are for. */
final class TimerReader {

    private final ObjectCode code;

    TimerReader(ObjectCode code) {
        this.code = code;
    }

    List<Timer> timers() {
        return code.parts().stream()
                .filter(part -> part.kind() == Kind.CLASS || part.kind() == Kind.OWNED_CLASS)
                .flatMap(part -> part.calls()
                        .filter(call -> TimerPurpose.isTimer(call.fieldText("function")))
                        .map(call -> timer(part, call)))
                .toList();
    }

    private static Timer timer(Part part, SyntaxNode call) {
        String function = call.fieldText("function");
        String kind = function.substring(function.lastIndexOf('.') + 1);
        TimerPurpose read = TimerPurpose.of(part, call);
        return new Timer(kind, part.file(), ClassBody.place(call), read.purpose(), read.reason());
    }
}
