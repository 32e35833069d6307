package dev.dopi.ui.tui;

import dev.dopi.edit.Diff;
import dev.dopi.edit.Hunk;
import dev.dopi.ui.view.HunkDiff;
import dev.dopi.ui.view.HunkPage;
import dev.dopi.ui.view.HunkPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** The lines of all hunks that are reviewed, one after the other, for finding words in them. */
final class HunkSearch {

    private final HunkPages review;
    private final IntSupplier context;
    private Optional<Read> read = Optional.empty();

    /** Looks at as many lines around each change as {@code context} says are shown. */
    HunkSearch(HunkPages review, IntSupplier context) {
        this.review = review;
        this.context = context;
    }

    /** A line of a hunk. */
    record Place(HunkPage page, Diff.Line line) {}

    private record Read(int made, int context, List<Place> places) {}

    int size() {
        return places().size();
    }

    String text(int place) {
        return at(place).line().text();
    }

    Place at(int place) {
        return places().get(place);
    }

    /** Returns the first place of the hunk that is looked at. */
    int first() {
        List<Place> places = places();
        for (int i = 0; i < places.size(); i++) {
            if (review.current().equals(Optional.of(places.get(i).page()))) {
                return i;
            }
        }
        return 0;
    }

    private List<Place> places() {
        if (read.isEmpty() || read.get().made() != review.made() || read.get().context() != context.getAsInt()) {
            read = Optional.of(new Read(review.made(), context.getAsInt(), read()));
        }
        return read.get().places();
    }

    private List<Place> read() {
        var places = new ArrayList<Place>();
        for (HunkPage page : review.pages()) {
            page.hunk().ifPresent(hunk -> lines(page, hunk).forEach(line -> places.add(new Place(page, line))));
        }
        return List.copyOf(places);
    }

    private List<Diff.Line> lines(HunkPage page, Hunk hunk) {
        var lines = new ArrayList<Diff.Line>();
        for (HunkDiff.Row row :
                HunkDiff.of(review.before(page), hunk, context.getAsInt()).rows()) {
            if (row instanceof HunkDiff.Row.Shown(var line)) {
                lines.add(line);
            }
        }
        return lines;
    }
}
