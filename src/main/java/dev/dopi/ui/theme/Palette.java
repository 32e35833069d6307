package dev.dopi.ui.theme;

import java.util.List;

/** The 256 colours of xterm. The first sixteen are only a guess: users change them. */
final class Palette {

    static final List<String> NAMES = List.of(
            "black",
            "red",
            "green",
            "yellow",
            "blue",
            "magenta",
            "cyan",
            "white",
            "bright-black",
            "bright-red",
            "bright-green",
            "bright-yellow",
            "bright-blue",
            "bright-magenta",
            "bright-cyan",
            "bright-white");

    private static final int[] SIXTEEN = {
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
        0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
    };
    private static final int[] LEVELS = {0, 95, 135, 175, 215, 255};

    private Palette() {}

    static Colour.Rgb rgb(int index) {
        if (index < 16) {
            int value = SIXTEEN[index];
            return new Colour.Rgb(value >> 16, value >> 8 & 255, value & 255);
        }
        if (index < 232) {
            int cube = index - 16;
            return new Colour.Rgb(LEVELS[cube / 36], LEVELS[cube / 6 % 6], LEVELS[cube % 6]);
        }
        int grey = 8 + (index - 232) * 10;
        return new Colour.Rgb(grey, grey, grey);
    }

    static int nearest(Colour.Rgb wanted, int from, int to) {
        int best = from;
        for (int index = from + 1; index < to; index++) {
            if (rgb(index).distance(wanted) < rgb(best).distance(wanted)) {
                best = index;
            }
        }
        return best;
    }
}
