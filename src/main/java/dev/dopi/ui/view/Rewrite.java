package dev.dopi.ui.view;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.List;

/** From a text that somebody wrote over by hand back to the edits that make it. */
public final class Rewrite {

    private Rewrite() {}

    /** Returns edits of {@code before} that give {@code after}, each no longer than it must be. */
    public static TextEdits between(String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        var edits = new ArrayList<TextEdit>();
        for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
            int start = String.join("", old.subList(0, delta.getSource().getPosition()))
                    .length();
            String gone = String.join("", delta.getSource().getLines());
            String come = String.join("", delta.getTarget().getLines());
            edits.add(trimmed(start, gone, come));
        }
        return new TextEdits(edits);
    }

    private static TextEdit trimmed(int start, String gone, String come) {
        int most = Math.min(gone.length(), come.length());
        int same = 0;
        while (same < most && gone.charAt(same) == come.charAt(same)) {
            same++;
        }
        int tail = 0;
        while (tail < most - same && gone.charAt(gone.length() - 1 - tail) == come.charAt(come.length() - 1 - tail)) {
            tail++;
        }
        return new TextEdit(
                new Span(start + same, start + gone.length() - tail), come.substring(same, come.length() - tail));
    }

    /** Each line with its end. */
    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)", -1));
    }
}
