package dev.dopi.ui.view;

import dev.dopi.edit.Hunk;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Planned;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hunks of all that is planned, one page each, with what was decided about them and which one is looked at.
 *
 * <p>Every front end decides through it, so a key and a word that mean the same do the same.
 */
public final class HunkPages {

    /** Where plans come from, and decisions go. */
    public interface Deciding {

        Decisions decisions();

        /** Takes over {@code next} as what is decided now. */
        void decide(Decisions next);

        /** Returns what is planned with all that is decided. */
        List<Planned> planned();

        /** Returns the text of {@code path} as the plans before {@code index} leave it; empty where there is none. */
        String before(int index, String path);

        /** Returns the hunk that was looked at last, by this session or the one that it goes on with. */
        Optional<Unfinished.Position> position();
    }

    private final Deciding walk;
    private List<HunkPage> pages = List.of();
    private int page;
    private boolean planned;
    private int made;

    public HunkPages(Deciding walk) {
        this.walk = walk;
    }

    /** Takes over the newest plans and stays at the hunk that is looked at. */
    public void rebuild() {
        planned = true;
        made++;
        Object here = current().map(HunkPage::key).orElseGet(this::before);
        var next = new ArrayList<HunkPage>();
        List<Planned> plans = walk.planned();
        for (int i = 0; i < plans.size(); i++) {
            Planned plan = plans.get(i);
            if (!plan.plan().refusals().isEmpty()
                    || !plan.plan().notes().isEmpty()
                    || plan.plan().hunks().isEmpty()) {
                next.add(new HunkPage(i, plan, Optional.empty()));
            }
            for (Hunk hunk : plan.plan().hunks()) {
                next.addAll(pages(i, plan, hunk));
            }
        }
        pages = List.copyOf(next);
        turn(0);
        for (int i = 0; i < pages.size(); i++) {
            if (pages.get(i).key().equals(here)) {
                page = i;
            }
        }
    }

    private List<HunkPage> pages(int number, Planned plan, Hunk hunk) {
        Decisions.About about = Decisions.About.of(plan.choice());
        Optional<Choice.Amendment> amendment = walk.decisions().amendment(about, hunk.id());
        if (amendment.isPresent() && !amendment.get().planned().equals(hunk.edits())) {
            // The plan is another one now, so what was made of the old one has to be asked again.
            walk.decide(walk.decisions().forgetting(about, hunk.id()));
            amendment = Optional.empty();
        }
        List<TextEdit> parts = HunkParts.of(hunk);
        if (walk.decisions().split(about, hunk.id()) && parts.size() > 1) {
            var pages = new ArrayList<HunkPage>();
            for (int i = 0; i < parts.size(); i++) {
                pages.add(new HunkPage(
                        number, plan, Optional.of(part(hunk, i)), Optional.of(new HunkPage.Part(hunk, i))));
            }
            return pages;
        }
        Hunk shown = amendment
                .map(it -> named(hunk, hunk.id(), it.instead(), hunk.title() + " (as you edited it)"))
                .orElse(hunk);
        return List.of(new HunkPage(number, plan, Optional.of(shown)));
    }

    private static Hunk part(Hunk hunk, int index) {
        List<TextEdit> parts = HunkParts.of(hunk);
        return named(
                hunk,
                hunk.id() + "#" + index,
                TextEdits.of(parts.get(index)),
                "%s (part %d of %d)".formatted(hunk.title(), index + 1, parts.size()));
    }

    private static Hunk named(Hunk hunk, String id, TextEdits edits, String title) {
        return new Hunk(
                id, hunk.file(), hunk.creates(), edits, hunk.applicability(), title, hunk.reason(), hunk.requires());
    }

    /** Returns the key of the hunk at which this walk, or the one that it goes on with, was left. */
    private Object before() {
        return walk.position().<Object>map(at -> List.of(at.about(), at.hunk())).orElse("");
    }

    /** Returns the text of the hunk's file before it; empty where it creates the file. */
    public String before(HunkPage of) {
        return of.hunk()
                .filter(hunk -> !hunk.creates())
                .map(hunk -> walk.before(of.number(), hunk.file()))
                .orElse("");
    }

    /** Returns how often the pages were made; as long as it stays, so do they. */
    public int made() {
        return made;
    }

    public List<HunkPage> pages() {
        return pages;
    }

    public boolean planned() {
        return planned;
    }

    public boolean empty() {
        return pages.isEmpty();
    }

    public Optional<HunkPage> current() {
        return page < pages.size() ? Optional.of(pages.get(page)) : Optional.empty();
    }

    /** Returns {@code hunk 2 of 3}, counted within the plan. */
    public String position(HunkPage of) {
        List<HunkPage> own = pages.stream()
                .filter(each -> each.number() == of.number() && each.hunk().isPresent())
                .toList();
        return own.contains(of) ? "hunk %d of %d".formatted(own.indexOf(of) + 1, own.size()) : "no hunk";
    }

    public Optional<Boolean> verdict(HunkPage of) {
        return of.hunk().flatMap(hunk -> walk.decisions().hunk(of.about(), hunk.id()));
    }

    /** Returns the hunks that nothing was decided about. */
    public List<HunkPage> open() {
        return pages.stream()
                .filter(each -> each.decidable() && verdict(each).isEmpty())
                .toList();
    }

    /** Returns whether a hunk behind the one that is looked at is open. */
    public boolean openBehind() {
        return open().stream().anyMatch(each -> pages.indexOf(each) > page);
    }

    public int accepted() {
        return decided(true);
    }

    public int rejected() {
        return decided(false);
    }

    private int decided(boolean yes) {
        return (int) pages.stream()
                .filter(each -> verdict(each).equals(Optional.of(yes)))
                .count();
    }

    // Moving

    public void turn(int by) {
        page = Math.clamp(page + by, 0, Math.max(0, pages.size() - 1));
    }

    public void turnTo(HunkPage to) {
        turn(pages.indexOf(to) - page);
    }

    /** Goes to the next file, or for a negative {@code direction} to the one before. */
    public void turnFile(int direction) {
        current().ifPresent(here -> {
            int i = page;
            while (i >= 0 && i < pages.size() && pages.get(i).sameFile(here)) {
                i += direction;
            }
            turn(i - page);
        });
    }

    /** Goes to the next hunk that is open, round from the last to the first. */
    public void turnToOpen() {
        for (int i = 1; i <= pages.size(); i++) {
            HunkPage next = pages.get((page + i) % pages.size());
            if (next.decidable() && verdict(next).isEmpty()) {
                turnTo(next);
                return;
            }
        }
    }

    // Deciding

    /** Decides the hunk that is looked at, and returns the titles of those that were decided with it. */
    public String decide(boolean yes) {
        return current()
                .flatMap(here -> here.hunk().map(hunk -> {
                    Decisions before = walk.decisions();
                    decide(here, hunk, yes);
                    return others(here, hunk, yes, before);
                }))
                .orElse("");
    }

    /** Returns the titles of the hunks that were accepted with the one of {@code page}, since {@code before}. */
    public String acceptedWith(HunkPage page, Decisions before) {
        return page.hunk().map(hunk -> others(page, hunk, true, before)).orElse("");
    }

    private static String others(HunkPage here, Hunk hunk, boolean yes, Decisions before) {
        Set<String> with =
                yes ? Decisions.required(here.edits(), hunk.id()) : here.edits().rejectedWith(Set.of(hunk.id()));
        return here.edits().hunks().stream()
                .filter(each -> with.contains(each.id()) && !each.id().equals(hunk.id()))
                .filter(each -> !before.hunk(here.about(), each.id()).equals(Optional.of(yes)))
                .map(each -> "\"" + each.title() + "\"")
                .collect(Collectors.joining(", "));
    }

    private void decide(HunkPage of, Hunk hunk, boolean yes) {
        Decisions before = walk.decisions();
        if (of.part().isPresent()) {
            HunkPage.Part part = of.part().get();
            walk.decide(before.decidingPart(of.about(), of.edits(), part.whole(), part.index(), yes));
            return;
        }
        walk.decide(
                yes
                        ? before.accepting(of.about(), of.edits(), hunk.id())
                        : before.rejecting(of.about(), of.edits(), hunk.id()));
    }

    /** Returns the hunks that are open in the file that is looked at. */
    public List<HunkPage> openInFile() {
        return current()
                .map(here -> open().stream().filter(each -> each.sameFile(here)).toList())
                .orElse(List.of());
    }

    /** Returns the hunks that are open in the pattern that is looked at. */
    public List<HunkPage> openInPlan() {
        return current()
                .map(here -> open().stream()
                        .filter(each -> each.number() == here.number())
                        .toList())
                .orElse(List.of());
    }

    public void accept(List<HunkPage> these) {
        these.forEach(each -> each.hunk().ifPresent(hunk -> decide(each, hunk, true)));
    }

    /** Decides all that is open; a decision on one may decide others. */
    public void decideOpen(boolean yes) {
        for (HunkPage each : open()) {
            if (verdict(each).isEmpty()) {
                each.hunk().ifPresent(hunk -> decide(each, hunk, yes));
            }
        }
    }

    /** Takes back what was decided about the hunk that is looked at, and what was made of it. */
    public void forget() {
        current().ifPresent(here -> {
            whole(here).ifPresent(hunk -> walk.decide(walk.decisions().forgetting(here.about(), hunk.id())));
            // Its parts are one hunk again, which begins where they did.
            here.part().ifPresent(part -> turn(-part.index()));
        });
    }

    private static Optional<Hunk> whole(HunkPage page) {
        return page.part().map(HunkPage.Part::whole).or(page::hunk);
    }

    /** Returns whether the hunk that is looked at has parts that can be decided one by one. */
    public boolean splits() {
        return current()
                .filter(here -> here.part().isEmpty()
                        && whole(here)
                                .filter(hunk -> HunkParts.of(hunk).size() > 1
                                        && walk.decisions()
                                                .amendment(here.about(), hunk.id())
                                                .isEmpty())
                                .isPresent())
                .isPresent();
    }

    /** Splits the hunk that is looked at, or joins it again; returns a sentence where neither can be. */
    public Optional<String> split() {
        HunkPage here = current().orElseThrow();
        Hunk hunk = here.hunk().orElseThrow();
        if (here.part().isPresent()) {
            forget();
            return Optional.empty();
        }
        if (walk.decisions().amendment(here.about(), hunk.id()).isPresent()) {
            return Optional.of("You edited this hunk, so it is decided whole; u takes the edit back.");
        }
        if (HunkParts.of(hunk).size() < 2) {
            return Optional.of("This hunk is a single change; e edits it.");
        }
        walk.decide(walk.decisions().splitting(here.about(), hunk.id()));
        return Optional.empty();
    }

    /** Returns why {@code text}, written by the user, cannot be what becomes of the hunk's file; or takes it. */
    public Optional<String> rewrite(HunkPage here, Hunk planned, String before, String text) {
        TextEdits edits = Rewrite.between(before, text);
        for (Hunk other : here.edits().hunks()) {
            boolean collides = !other.id().equals(planned.id())
                    && other.file().equals(planned.file())
                    && other.edits().edits().stream().anyMatch(one -> edits.edits().stream()
                            .anyMatch(mine -> mine.span().overlaps(one.span())));
            if (collides) {
                return Optional.of("Your edit reaches lines that the hunk \"" + other.title() + "\" changes too.");
            }
        }
        Decisions next =
                walk.decisions().amending(here.about(), planned.id(), new Choice.Amendment(planned.edits(), edits));
        walk.decide(next.accepting(here.about(), here.edits(), planned.id()));
        return Optional.empty();
    }
}
