package dev.dopi.ui.tui;

import dev.dopi.edit.Hunk;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.HunkPage;
import dev.dopi.ui.view.HunkPages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** What stands above the diff of a hunk: which one it is, in which file, what became of it, and why it is there. */
record ReviewHead(HunkPages review) {

    /** From this height on there is room for more than one line of it. */
    static final int COMPACT = 12;

    /** Draws it, {@code brief} in a line, and returns the first free row. */
    int draw(Canvas canvas, HunkPage here, int plans, boolean brief) {
        int y = 0;
        boolean compact = brief || canvas.height() < COMPACT;
        if (!compact) {
            title(canvas, here, plans);
            tabs(canvas.region(0, 1, canvas.width(), 1), here);
            y = 2;
        }
        return here.hunk().isEmpty() ? y : about(canvas, y, here, here.hunk().get(), compact);
    }

    private void title(Canvas canvas, HunkPage here, int plans) {
        int x = canvas.write(1, 0, "%d/%d ".formatted(here.number() + 1, plans), Role.DIM);
        x = canvas.write(x, 0, here.plan().choice().pattern(), Role.TITLE);
        String state = "%s   %d accepted, %d left out, %d open"
                .formatted(
                        review.position(here),
                        review.accepted(),
                        review.rejected(),
                        review.open().size());
        int room = canvas.width() - x - state.length() - 5; // two blanks on either side of it, one at the end
        canvas.write(
                x + 2,
                0,
                Texts.column(here.plan().choice().subject().label(), Math.max(0, room), canvas.signs())
                        .stripTrailing(),
                Role.TEXT);
        canvas.writeBefore(canvas.width() - 1, 0, state, Role.DIM);
    }

    private void tabs(Canvas canvas, HunkPage here) {
        var files = new LinkedHashSet<String>();
        var created = new LinkedHashSet<String>();
        for (Hunk hunk : here.plan().plan().hunks()) {
            files.add(hunk.file());
            if (hunk.creates()) {
                created.add(hunk.file());
            }
        }
        String now = here.hunk().map(Hunk::file).orElse("");
        int room = Math.max(12, canvas.width() / Math.max(1, files.size()) - 10);
        int x = 1;
        for (String file : files) {
            String name = Texts.path(file, room, canvas.signs()) + (created.contains(file) ? " (new)" : "");
            x = canvas.write(
                    x,
                    0,
                    file.equals(now) ? "[" + name + "]" : " " + name + " ",
                    file.equals(now) ? Role.STEP : Role.DIM);
            x++;
        }
    }

    private int about(Canvas canvas, int from, HunkPage here, Hunk hunk, boolean compact) {
        int y = from;
        String state = review.verdict(here)
                .map(yes -> yes ? "accepted" : "left out")
                .orElse(here.decidable() ? "not decided" : "advice");
        Role role = review.verdict(here).map(yes -> yes ? Role.OK : Role.FAIL).orElse(Role.WARN);
        if (compact) {
            int x = canvas.write(1, y, state + " ", role);
            canvas.write(x, y, Texts.path(hunk.file(), canvas.width() - x - 1, canvas.signs()), Role.TEXT);
            return y + 1;
        }
        int x = canvas.write(1, y, state, role);
        x = canvas.write(x, y, ", " + Cards.lower(hunk.applicability()) + ": ", Role.DIM);
        canvas.write(x, y++, hunk.title(), Role.TITLE);
        String needs = hunk.requires().isEmpty()
                ? ""
                : " Needs "
                        + here.plan().plan().hunks().stream()
                                .filter(each -> hunk.requires().contains(each.id()))
                                .map(each -> "\"" + each.title() + "\"")
                                .collect(Collectors.joining(", "))
                        + ".";
        List<String> reason = Texts.wrap(hunk.reason() + needs, canvas.width() - 2);
        int rows = Math.min(canvas.height() > 24 ? 5 : 3, reason.size());
        for (int row = 0; row < rows; row++) {
            boolean cut = row == rows - 1 && rows < reason.size();
            String line = cut ? reason.get(row) + " " + reason.get(row + 1) : reason.get(row);
            canvas.write(
                    1,
                    y++,
                    Texts.column(line, canvas.width() - 2, canvas.signs()).stripTrailing(),
                    Role.TEXT);
        }
        canvas.rule(y);
        return y + 1;
    }

    /** Returns what a plan says where there is no hunk to show. */
    static List<StyledLine> refusals(Canvas canvas, HunkPage here) {
        var refusals = new ArrayList<>(here.plan().plan().refusals());
        refusals.addAll(here.plan().plan().notes());
        var text = new Page(canvas);
        text.text(
                here.plan().plan().hunks().isEmpty()
                        ? "Nothing can be written here."
                        : "Not everything can be written here.",
                Role.WARN);
        text.gap();
        if (refusals.isEmpty()) {
            text.text(
                    "The patterns before it leave nothing to do. "
                            + here.plan().finding().reason(),
                    Role.TEXT);
        }
        for (String refusal : refusals) {
            text.text("- " + refusal, Role.TEXT);
        }
        return text.lines();
    }
}
