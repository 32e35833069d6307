package dev.dopi.ui.tui;

import java.lang.reflect.Proxy;

/** Listens to the operating system's signals where the Java runtime allows it. */
final class Signals {

    private Signals() {}

    /** Calls {@code action} for each signal {@code name}, such as {@code WINCH}; where that is not possible, never. */
    static void on(String name, Runnable action) {
        try {
            // By name, because the compiler warns of these classes without a way to say that it is meant.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "equals" -> arguments != null && proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> name;
                        };
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
        } catch (ReflectiveOperationException | IllegalArgumentException _) {
            // Without it a resize is noticed with the next key.
        }
    }
}
