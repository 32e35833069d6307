package dev.dopi.ui.tui;

import dev.dopi.engine.CheckResult;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.theme.Style;
import dev.dopi.ui.view.CheckView;
import dev.dopi.ui.view.LogLine;
import dev.dopi.ui.view.LogLines;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a check prints, as it prints it.
 *
 * <p>It follows until the user scrolls; then what they read stays where it is, however much is printed below.
 */
final class LogPane implements Movement {

    private final Guide guide;
    private final Supplier<Optional<CheckView>> shown;
    private final Scroll scroll = new Scroll();
    private final Search search;
    private boolean follow = true;
    private long heldAt;
    private long dropped;

    LogPane(Guide guide, Supplier<Optional<CheckView>> shown) {
        this.guide = guide;
        this.shown = shown;
        this.search =
                new Search(() -> lines().size(), line -> lines().line(line).text(), line -> {
                    hold();
                    scroll.reveal(line);
                });
    }

    private LogLines lines() {
        return shown.get().map(CheckView::log).orElse(LogLines.NONE);
    }

    Search search() {
        return search;
    }

    boolean following() {
        return follow;
    }

    void follow() {
        follow = true;
    }

    private void hold() {
        if (follow) {
            follow = false;
            heldAt = lines().printed();
            dropped = lines().dropped();
        }
    }

    @Override
    public void by(int rows) {
        hold();
        scroll.by(rows);
        follow = rows > 0 && scroll.atEnd();
    }

    @Override
    public int page() {
        return scroll.page();
    }

    @Override
    public void toStart() {
        hold();
        scroll.toStart();
    }

    @Override
    public void toEnd() {
        follow = true;
    }

    List<KeyBinding> keys() {
        return Movement.keys("scroll", this);
    }

    void draw(Canvas canvas, boolean focused) {
        Optional<CheckView> check = shown.get();
        if (check.isEmpty() || canvas.height() < 2) {
            return;
        }
        CheckView view = check.get();
        LogLines lines = view.log();
        Canvas body = canvas.below(1);
        int top = top(lines, body.height());
        canvas.rule(0);
        canvas.write(1, 0, " " + view.check().title() + " ", focused ? Role.TITLE : Role.DIM);
        String state = follow ? "follow" : Math.max(0, lines.printed() - heldAt) + " new below, f follows";
        String count = String.format(Locale.ROOT, " %,d lines  %s ", lines.printed(), state);
        canvas.writeBefore(canvas.width() - 1, 0, count, Role.DIM);
        if (lines.size() == 0) {
            List<String> said = Texts.wrap(instead(view), Math.max(1, body.width() - 3));
            for (int y = 0; y < Math.min(said.size(), body.height()); y++) {
                body.write(2, y, said.get(y), Role.TEXT);
            }
        }
        for (int y = 0; y < body.height() && top + y < lines.size(); y++) {
            line(lines.line(top + y), body)
                    .mark(search.query(), body.style(Role.SEARCH))
                    .draw(body, 1, y, 0, body.style(Role.DIM));
        }
        if (focused) {
            body.cursor(0, Math.clamp(lines.size() - top - 1, 0, body.height() - 1));
        }
    }

    private int top(LogLines lines, int room) {
        int top = scroll.fit(lines.size(), room);
        if (follow) {
            scroll.toEnd();
        } else if (lines.dropped() > dropped) {
            // The oldest lines are gone, so those in view have moved up by as many.
            scroll.to((int) Math.max(0, top - (lines.dropped() - dropped)));
        }
        dropped = lines.dropped();
        return scroll.fit(lines.size(), room);
    }

    private StyledLine line(LogLine line, Canvas canvas) {
        var styled = new StyledLine();
        Style plain = canvas.style(line.error() ? Role.LOG_ERR : Role.TEXT);
        for (LogLine.Piece piece : line.pieces()) {
            Set<Style.Attribute> attributes = EnumSet.noneOf(Style.Attribute.class);
            attributes.addAll(plain.attributes());
            if (piece.bold()) {
                attributes.add(Style.Attribute.BOLD);
            }
            var colour = guide.shade(piece.colour());
            styled.add(
                    piece.text(),
                    new Style(colour.rgb().isEmpty() ? plain.foreground() : colour, plain.background(), attributes));
        }
        return styled;
    }

    /** Returns what to say where there is no output. */
    private static String instead(CheckView view) {
        if (view.waits()) {
            return "It has not run yet.";
        }
        if (view.running()) {
            return "Nothing printed yet.";
        }
        return view.result()
                .map(CheckResult::reason)
                .filter(reason -> !reason.isEmpty())
                .orElse("It printed nothing.");
    }
}
