package dev.dopi.ui.view;

import dev.dopi.edit.Hunk;
import dev.dopi.source.TextEdit;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts that a hunk can be decided in: its edits, or the statements and members of a single insertion.
 *
 * <p>All of them together make what the hunk makes. A comment belongs to what it stands above, and a new file is one part.
 */
public final class HunkParts {

    private HunkParts() {}

    public static List<TextEdit> of(Hunk hunk) {
        List<TextEdit> edits = hunk.edits().edits();
        if (hunk.creates() || edits.size() != 1 || edits.getFirst().span().length() > 0) {
            return edits;
        }
        TextEdit only = edits.getFirst();
        List<String> blocks = blocks(only.replacement());
        return blocks.size() < 2
                ? edits
                : blocks.stream()
                        .map(block -> TextEdit.insert(only.span().start(), block))
                        .toList();
    }

    private static List<String> blocks(String text) {
        List<String> lines = List.of(text.split("(?<=\n)", -1));
        int least = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(HunkParts::indent)
                .min()
                .orElse(0);
        var blocks = new ArrayList<String>();
        var block = new StringBuilder();
        boolean holdsCode = false;
        for (String line : lines) {
            String code = line.strip();
            boolean begins = !code.isEmpty() && indent(line) == least && !")}]".contains(code.substring(0, 1));
            if (begins && holdsCode) {
                blocks.add(block.toString());
                block.setLength(0);
                holdsCode = false;
            }
            block.append(line);
            holdsCode |= !code.isEmpty() && !code.startsWith("//") && !code.startsWith("/*") && !code.startsWith("*");
        }
        if (!block.isEmpty()) {
            blocks.add(block.toString());
        }
        return blocks;
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }
}
