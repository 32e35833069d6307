package dev.dopi.ui.tui;

import dev.dopi.edit.Hunk;
import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import dev.dopi.ui.tui.Review.HunkPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A hunk on its way through the user's editor: the whole file as the hunk would leave it.
 *
 * <p>What comes back is read as code again before it is taken. Until it is taken or dropped, it stays in its file.
 */
final class HunkEdit {

    private final Guide guide;
    private final Review review;
    private final Runnable taken;

    HunkEdit(Guide guide, Review review, Runnable taken) {
        this.guide = guide;
        this.review = review;
        this.taken = taken;
    }

    void begin() {
        HunkPage here = review.current().orElseThrow();
        if (here.part().isPresent()) {
            guide.say("This is a part of a hunk; s makes it whole again, then e edits it.");
            return;
        }
        Hunk shown = here.hunk().orElseThrow();
        String before = shown.creates() ? "" : guide.walk().before(here.number(), shown.file());
        String draft = shown.edits().applyTo(before);
        int first = shown.edits().edits().isEmpty()
                ? 0
                : shown.edits().edits().getFirst().span().start();
        int line = new SourceFile(shown.file(), before).position(first).line();
        try {
            Path folder = Files.createTempDirectory("dopi-edit-");
            Path file = folder.resolve(Path.of(shown.file()).getFileName());
            Files.writeString(file, draft);
            edit(new Editing(here, shown, before, draft, file, line));
        } catch (IOException e) {
            guide.say("The hunk cannot be put into a file to edit: " + e.getMessage() + ".");
        }
    }

    private record Editing(HunkPage page, Hunk shown, String before, String draft, Path file, int line) {}

    private void edit(Editing it) {
        String problem = guide.outside().edit(it.file(), it.line());
        guide.outside().repaint();
        if (!problem.isEmpty()) {
            ask(it, problem);
            return;
        }
        try {
            String text = Files.readString(it.file());
            if (text.equals(it.draft())) {
                drop(it);
                guide.say("You changed nothing, so the hunk is as it was.");
                return;
            }
            wrong(it, text).ifPresentOrElse(why -> ask(it, why), () -> {
                drop(it);
                taken.run();
                guide.say("Taken as you wrote it, and accepted. u takes it back.");
            });
        } catch (IOException e) {
            ask(it, "What you wrote cannot be read: " + e.getMessage() + ".");
        }
    }

    /** Returns what is wrong with {@code text}, or takes it. */
    private Optional<String> wrong(Editing it, String text) {
        String path = it.shown().file();
        if (errors(path, text) > errors(path, it.draft())) {
            return Optional.of("What you wrote does not parse.");
        }
        // The hunk as it is planned, which an earlier edit may hide.
        Hunk planned = it.page().edits().hunks().stream()
                .filter(each -> each.id().equals(it.shown().id()))
                .findFirst()
                .orElse(it.shown());
        return review.rewrite(it.page(), planned, it.before(), text);
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

    private void ask(Editing it, String why) {
        guide.push(new DialogScreen(
                Step.REVIEW,
                "Not taken",
                why + " It is still in " + it.file() + ".",
                List.of(
                        new DialogScreen.Answer("Edit it again", () -> {
                            guide.pop();
                            edit(it);
                        }),
                        new DialogScreen.Answer("Leave the hunk as it was planned, and the file there", guide::pop))));
    }

    private void drop(Editing it) {
        try {
            Files.deleteIfExists(it.file());
            Files.deleteIfExists(it.file().getParent());
        } catch (IOException _) {
            // An editor may have left a file of its own there; the system's temporary folder is cleaned some day.
        }
    }
}
