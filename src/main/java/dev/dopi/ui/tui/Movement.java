package dev.dopi.ui.tui;

import java.util.List;

/** Something that the arrow keys and their letters move through. */
interface Movement {

    void by(int rows);

    /** Returns how many rows are in view. */
    int page();

    void toStart();

    void toEnd();

    /** Returns the keys that move, with {@code label} for what they move. */
    static List<KeyBinding> keys(String label, Movement movement) {
        return List.of(
                KeyBinding.of("Up k Down j", "j/k", label, key -> movement.by(up(key) ? -1 : 1))
                        .help(label + " (arrows too)")
                        .in(KeyBinding.Group.MOVE),
                KeyBinding.of(
                                "PgUp PgDn",
                                "PgUp PgDn",
                                "page",
                                key -> movement.by(up(key) ? -movement.page() : movement.page()))
                        .help("one page")
                        .in(KeyBinding.Group.MOVE)
                        .quiet(),
                KeyBinding.of(
                                "Ctrl-U Ctrl-D",
                                "Ctrl-D/U",
                                "half page",
                                key -> movement.by((up(key) ? -1 : 1) * Math.max(1, movement.page() / 2)))
                        .help("half a page")
                        .in(KeyBinding.Group.MOVE)
                        .quiet(),
                KeyBinding.of("g Home", "g", "top", _ -> movement.toStart())
                        .help("to the top")
                        .in(KeyBinding.Group.MOVE)
                        .quiet(),
                KeyBinding.of("G End", "G", "bottom", _ -> movement.toEnd())
                        .help("to the bottom")
                        .in(KeyBinding.Group.MOVE)
                        .quiet());
    }

    private static boolean up(Key key) {
        return key.equals(Key.of(Key.Name.UP))
                || key.equals(Key.of('k'))
                || key.equals(Key.of(Key.Name.PAGE_UP))
                || key.equals(new Key.Ctrl('u'));
    }
}
