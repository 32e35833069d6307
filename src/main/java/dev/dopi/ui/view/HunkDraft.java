package dev.dopi.ui.view;

import dev.dopi.edit.Hunk;
import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A hunk in the hands of the user's editor: the whole file as the hunk would leave it, in a folder of its own.
 *
 * <p>What comes back is read as code again before it is taken. Until it is taken or dropped, it stays in its file.
 *
 * @param draft the text that the user is given
 * @param line where in it the hunk begins
 */
public record HunkDraft(HunkPage page, Hunk shown, String before, String draft, Path file, int line) {

    public static HunkDraft write(HunkPages pages, HunkPage page) throws IOException {
        Hunk shown = page.hunk().orElseThrow();
        String before = pages.before(page);
        String draft = shown.edits().applyTo(before);
        int first = shown.edits().edits().isEmpty()
                ? 0
                : shown.edits().edits().getFirst().span().start();
        int line = new SourceFile(shown.file(), before).position(first).line();
        Path folder = Files.createTempDirectory("dopi-edit-");
        Path file = folder.resolve(Path.of(shown.file()).getFileName());
        Files.writeString(file, draft);
        return new HunkDraft(page, shown, before, draft, file, line);
    }

    public String text() throws IOException {
        return Files.readString(file);
    }

    /** Returns what is wrong with {@code text}, or takes it and accepts the hunk. */
    public Optional<String> take(HunkPages pages, String text) {
        String path = shown.file();
        if (errors(path, text) > errors(path, draft)) {
            return Optional.of("What you wrote does not parse.");
        }
        // The hunk as it is planned, which an earlier edit may hide.
        Hunk planned = page.edits().hunks().stream()
                .filter(each -> each.id().equals(shown.id()))
                .findFirst()
                .orElse(shown);
        return pages.rewrite(page, planned, before, text);
    }

    private static int errors(String path, String text) {
        return Grammar.of(path)
                .map(grammar -> {
                    try (SyntaxTree tree = SyntaxTree.parse(new SourceFile(path, text), grammar)) {
                        return tree.errors();
                    }
                })
                .orElse(0);
    }

    /** Deletes the file, of which nothing is needed any more. */
    public void drop() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        } catch (IOException _) {
            // An editor may have left a file of its own there; the system's temporary folder is cleaned some day.
        }
    }
}
