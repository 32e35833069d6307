package dev.dopi.ui.tui;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A key and what it does now. Footer, help and dispatch are all made from these, so none can say what another does not.
 *
 * @param keys all that do it
 * @param shown the keys as the footer and the help name them
 * @param label what it does, in a word or two
 * @param help the same at more length
 * @param decides whether it is turned away until what it decides was on screen for a moment
 * @param footer whether it is worth a place in the footer
 * @param disabled why it cannot be done now, as a sentence
 */
record KeyBinding(
        List<Key> keys,
        String shown,
        String label,
        String help,
        Group group,
        boolean decides,
        boolean footer,
        Optional<String> disabled,
        Consumer<Key> action) {

    KeyBinding {
        keys = List.copyOf(keys);
    }

    /** Under which heading the help shows a key. */
    enum Group {
        DECIDE("Decide"),
        MOVE("Move"),
        VIEW("View"),
        LEAVE("Leave");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Returns a binding of {@code names}, words such as {@code Up k Ctrl-D Space}, that decides nothing. */
    static KeyBinding of(String names, String shown, String label, Consumer<Key> action) {
        return new KeyBinding(
                Arrays.stream(names.split(" ")).map(KeyBinding::key).toList(),
                shown,
                label,
                label,
                Group.VIEW,
                false,
                true,
                Optional.empty(),
                action);
    }

    static KeyBinding of(String name, String label, Runnable action) {
        return of(name, name, label, _ -> action.run());
    }

    KeyBinding help(String text) {
        return new KeyBinding(keys, shown, label, text, group, decides, footer, disabled, action);
    }

    KeyBinding in(Group heading) {
        return new KeyBinding(keys, shown, label, help, heading, decides, footer, disabled, action);
    }

    KeyBinding deciding() {
        return new KeyBinding(keys, shown, label, help, Group.DECIDE, true, footer, disabled, action);
    }

    KeyBinding quiet() {
        return new KeyBinding(keys, shown, label, help, group, decides, false, disabled, action);
    }

    KeyBinding unless(boolean impossible, String reason) {
        return impossible
                ? new KeyBinding(keys, shown, label, help, group, decides, footer, Optional.of(reason), action)
                : this;
    }

    private static Key key(String name) {
        if (name.length() == 1) {
            return Key.of(name.charAt(0));
        }
        if (name.startsWith("Ctrl-")) {
            return new Key.Ctrl(Character.toLowerCase(name.charAt(5)));
        }
        return switch (name) {
            case "Space" -> Key.of(' ');
            case "Esc" -> Key.of(Key.Name.ESCAPE);
            case "PgUp" -> Key.of(Key.Name.PAGE_UP);
            case "PgDn" -> Key.of(Key.Name.PAGE_DOWN);
            case "Shift-Tab" -> Key.of(Key.Name.BACK_TAB);
            default -> Key.of(Key.Name.valueOf(name.toUpperCase(java.util.Locale.ROOT)));
        };
    }
}
