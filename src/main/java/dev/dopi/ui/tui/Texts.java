package dev.dopi.ui.tui;

import java.util.ArrayList;
import java.util.List;

/** Cutting and wrapping by cells rather than characters. */
final class Texts {

    private Texts() {}

    /** Returns as many glyphs as fit into {@code width} cells; where some do not, the last shown says so. */
    static List<Glyph> cut(List<Glyph> glyphs, int width, Signs signs) {
        int all = glyphs.stream().mapToInt(Glyph::width).sum();
        if (all <= width) {
            return glyphs;
        }
        var kept = new ArrayList<Glyph>();
        int used = 0;
        for (Glyph glyph : glyphs) {
            if (used + glyph.width() > width - 1) {
                break;
            }
            kept.add(glyph);
            used += glyph.width();
        }
        if (width > 0) {
            kept.add(new Glyph(signs.more(), 1));
        }
        return kept;
    }

    /** Returns {@code text} cut or filled with blanks to exactly {@code width} cells. */
    static String column(String text, int width, Signs signs) {
        var out = new StringBuilder();
        int used = 0;
        for (Glyph glyph : cut(Glyph.of(text), width, signs)) {
            out.append(glyph.text());
            used += glyph.width();
        }
        return out.append(" ".repeat(Math.max(0, width - used))).toString();
    }

    /** Returns a path cut at its beginning, where it says least. */
    static String path(String path, int width, Signs signs) {
        List<Glyph> glyphs = Glyph.of(path);
        int wide = glyphs.stream().mapToInt(Glyph::width).sum();
        if (wide <= width) {
            return path;
        }
        var out = new StringBuilder(signs.more());
        int from = 0;
        while (from < glyphs.size() && wide > width - 1) {
            wide -= glyphs.get(from++).width();
        }
        glyphs.subList(from, glyphs.size()).forEach(glyph -> out.append(glyph.text()));
        return out.toString();
    }

    /** Returns {@code text} in lines of at most {@code width} cells, broken between words where that is possible. */
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        for (String paragraph : text.split("\n", -1)) {
            wrap(paragraph, Math.max(1, width), lines);
        }
        return lines;
    }

    private static void wrap(String paragraph, int width, List<String> lines) {
        var line = new StringBuilder();
        int used = 0;
        for (String word : paragraph.strip().split("\\s+", -1)) {
            List<Glyph> glyphs = Glyph.of(word);
            int wide = glyphs.stream().mapToInt(Glyph::width).sum();
            if (used > 0 && used + 1 + wide > width) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            if (used > 0) {
                line.append(' ');
                used++;
            }
            for (Glyph glyph : glyphs) {
                if (used + glyph.width() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                    used = 0;
                }
                line.append(glyph.text());
                used += glyph.width();
            }
        }
        lines.add(line.toString());
    }

    /** Returns {@code glyphs} in rows of at most {@code width} cells, broken anywhere: for code. */
    static List<List<Glyph>> chop(List<Glyph> glyphs, int width) {
        var rows = new ArrayList<List<Glyph>>();
        var row = new ArrayList<Glyph>();
        int used = 0;
        for (Glyph glyph : glyphs) {
            if (used + glyph.width() > Math.max(2, width)) {
                rows.add(row);
                row = new ArrayList<>();
                used = 0;
            }
            row.add(glyph);
            used += glyph.width();
        }
        rows.add(row);
        return rows;
    }

    /** Returns a length of time, {@code 0.4 s}, {@code 12.3 s} or {@code 2 min 05 s}. */
    static String time(java.time.Duration duration) {
        long millis = duration.toMillis();
        if (millis < 60_000) {
            return "%d.%d s".formatted(millis / 1_000, millis % 1_000 / 100);
        }
        return "%d min %02d s".formatted(millis / 60_000, millis / 1_000 % 60);
    }

    /** Returns {@code 1 file} or {@code 2 files}. */
    static String count(int number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }

    static String count(int number, String one) {
        return count(number, one, one + "s");
    }
}
