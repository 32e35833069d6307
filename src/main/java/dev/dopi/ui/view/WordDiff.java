package dev.dopi.ui.view;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import dev.dopi.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which words of a changed line differ from the line that stands against it.
 *
 * @param removed ranges of the text before
 * @param added ranges of the text after
 */
public record WordDiff(List<Span> removed, List<Span> added) {

    private static final WordDiff NONE = new WordDiff(List.of(), List.of());
    /** Names and numbers whole, white space whole, everything else sign by sign. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+|\\s+|.", Pattern.DOTALL);

    private static final int LONGEST = 2_000;

    public WordDiff {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Returns what differs; nothing where so much does that marks would not help. */
    public static WordDiff of(String before, String after) {
        if (before.isBlank() || after.isBlank() || before.length() > LONGEST || after.length() > LONGEST) {
            return NONE;
        }
        List<String> old = words(before);
        List<String> now = words(after);
        var removed = new ArrayList<Span>();
        var added = new ArrayList<Span>();
        for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
            add(removed, old, delta.getSource());
            add(added, now, delta.getTarget());
        }
        boolean alike = kept(before, removed) * 2 >= before.strip().length()
                || kept(after, added) * 2 >= after.strip().length();
        return alike ? new WordDiff(removed, added) : NONE;
    }

    private static void add(List<Span> spans, List<String> words, Chunk<String> chunk) {
        int start = length(words.subList(0, chunk.getPosition()));
        int end = start + length(chunk.getLines());
        if (end > start) {
            spans.add(new Span(start, end));
        }
    }

    private static int length(List<String> words) {
        return words.stream().mapToInt(String::length).sum();
    }

    /** How many characters, white space aside, are in none of {@code changed}. */
    private static int kept(String text, List<Span> changed) {
        int kept = 0;
        for (int i = 0; i < text.length(); i++) {
            int at = i;
            if (!Character.isWhitespace(text.charAt(i)) && changed.stream().noneMatch(span -> span.contains(at))) {
                kept++;
            }
        }
        return kept;
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }
}
