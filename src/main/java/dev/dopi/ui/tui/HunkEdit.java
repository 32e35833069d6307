package dev.dopi.ui.tui;

import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.HunkDraft;
import dev.dopi.ui.view.HunkPage;
import dev.dopi.ui.view.HunkPages;
import java.io.IOException;
import java.util.List;

/** Hands the hunk that is looked at to the user's editor, and takes what comes back if it can be. */
final class HunkEdit {

    private final Guide guide;
    private final HunkPages review;
    private final Runnable taken;

    HunkEdit(Guide guide, HunkPages review, Runnable taken) {
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
        try {
            edit(HunkDraft.write(review, here));
        } catch (IOException e) {
            guide.say("The hunk cannot be put into a file to edit: " + e.getMessage() + ".");
        }
    }

    private void edit(HunkDraft draft) {
        String problem = guide.outside().edit(draft.file(), draft.line());
        guide.outside().repaint();
        if (!problem.isEmpty()) {
            ask(draft, problem);
            return;
        }
        try {
            String text = draft.text();
            if (text.equals(draft.draft())) {
                draft.drop();
                guide.say("You changed nothing, so the hunk is as it was.");
                return;
            }
            Decisions before = guide.walk().decisions();
            draft.take(review, text).ifPresentOrElse(why -> ask(draft, why), () -> {
                draft.drop();
                taken.run();
                String others = review.acceptedWith(draft.page(), before);
                guide.say("Taken as you wrote it, and accepted"
                        + (others.isEmpty() ? "." : ", and with it what it needs: " + others + ".")
                        + " u takes it back.");
            });
        } catch (IOException e) {
            ask(draft, "What you wrote cannot be read: " + e.getMessage() + ".");
        }
    }

    private void ask(HunkDraft draft, String why) {
        guide.push(new DialogScreen(
                Step.REVIEW,
                "Not taken",
                why + " It is still in " + draft.file() + ".",
                List.of(
                        new DialogScreen.Answer("Edit it again", () -> {
                            guide.pop();
                            edit(draft);
                        }),
                        new DialogScreen.Answer("Leave the hunk as it was planned, and the file there", guide::pop))));
    }
}
