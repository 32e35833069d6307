package dev.dopi.ui.view;

import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Choice;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Subject;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the user decided so far.
 *
 * <p>It never changes; each decision gives the next one, so going back and forth loses none.
 */
public record Decisions(Map<About, Decision> all) {

    public static final Decisions NONE = new Decisions(Map.of());

    public Decisions {
        all = Map.copyOf(all);
    }

    /** What a decision is about: a pattern for a class or Worker. */
    public record About(String pattern, Subject subject) {

        public static About of(Finding finding) {
            return new About(finding.pattern().id(), finding.subject());
        }

        public static About of(Choice choice) {
            return new About(choice.pattern(), choice.subject());
        }
    }

    /**
     * What was decided about one recommendation.
     *
     * @param hunks by id: true where it was accepted, false where it was left out; undecided ones are not there. A part
     *     of a hunk that is split has the hunk's id and its number behind {@code #}
     * @param amended what the user made of a hunk
     * @param split the hunks that are decided part by part
     */
    public record Decision(
            boolean chosen,
            Options options,
            Map<String, Boolean> hunks,
            Map<String, Choice.Amendment> amended,
            Set<String> split) {

        public Decision(boolean chosen, Options options, Map<String, Boolean> hunks) {
            this(chosen, options, hunks, Map.of(), Set.of());
        }

        public Decision {
            hunks = Map.copyOf(hunks);
            amended = Map.copyOf(amended);
            split = Set.copyOf(split);
        }
    }

    /** Returns the decisions with which a walk begins: what is urgent and can be written is chosen. */
    public static Decisions suggested(List<Finding> findings) {
        Decisions decisions = NONE;
        for (Finding finding : findings) {
            if (finding.isWritable() && finding.priority().compareTo(Priority.HIGH) <= 0) {
                decisions = decisions.choosing(About.of(finding), true);
            }
        }
        return decisions;
    }

    public boolean chosen(Finding finding) {
        return of(About.of(finding)).chosen();
    }

    public Decisions choosing(About about, boolean wanted) {
        Decision before = of(about);
        return with(about, new Decision(wanted, before.options(), before.hunks(), before.amended(), before.split()));
    }

    public Options options(About about) {
        return of(about).options();
    }

    /** Returns the decisions with other values for {@code about}; its hunks have to be looked at again. */
    public Decisions with(About about, Options options) {
        Decision before = of(about);
        return before.options().equals(options) ? this : with(about, new Decision(before.chosen(), options, Map.of()));
    }

    /** Returns what was decided about a hunk; empty where nothing was. */
    public Optional<Boolean> hunk(About about, String id) {
        return Optional.ofNullable(of(about).hunks().get(id));
    }

    /** Returns the decisions with {@code hunk} accepted, and all that it requires. */
    public Decisions accepting(About about, EditPlan plan, String hunk) {
        return deciding(about, required(plan, hunk), true);
    }

    /** Returns the decisions with {@code hunk} left out, and all that require it. */
    public Decisions rejecting(About about, EditPlan plan, String hunk) {
        return deciding(about, plan.rejectedWith(Set.of(hunk)), false);
    }

    /** Returns the decisions with {@code hunk} alone accepted or left out. */
    public Decisions deciding(About about, String hunk, boolean accepted) {
        return deciding(about, Set.of(hunk), accepted);
    }

    /** Returns the decisions with nothing said about {@code hunk}. */
    public Decisions forgetting(About about, String hunk) {
        Decision before = of(about);
        var hunks = new HashMap<>(before.hunks());
        hunks.remove(hunk);
        hunks.keySet().removeIf(each -> each.startsWith(hunk + "#"));
        var amended = new HashMap<>(before.amended());
        amended.remove(hunk);
        var split = new HashSet<>(before.split());
        split.remove(hunk);
        return with(about, new Decision(before.chosen(), before.options(), hunks, amended, split));
    }

    /** Returns the decisions with nothing said about any hunk. */
    public Decisions withoutHunks() {
        var next = new HashMap<About, Decision>();
        all.forEach((about, each) -> next.put(about, new Decision(each.chosen(), each.options(), Map.of())));
        return new Decisions(next);
    }

    /** Returns the choices to plan, in the order of {@code findings}. */
    public List<Choice> choices(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.status().recommended() && chosen(finding))
                .map(this::choice)
                .toList();
    }

    private Choice choice(Finding finding) {
        Decision decision = of(About.of(finding));
        var rejected = new HashSet<String>();
        decision.hunks().forEach((id, accepted) -> {
            if (!accepted && id.indexOf('#') < 0) {
                rejected.add(id);
            }
        });
        return new Choice(finding.pattern().id(), finding.subject(), decision.options(), rejected, decision.amended());
    }

    /** Returns the ids without which {@code hunk} would be wrong, its own among them. */
    public static Set<String> required(EditPlan plan, String hunk) {
        var needed = new HashSet<>(Set.of(hunk));
        boolean more = true;
        while (more) {
            more = false;
            for (Hunk each : plan.hunks()) {
                if (needed.contains(each.id())) {
                    more |= needed.addAll(each.requires());
                }
            }
        }
        return needed;
    }

    private Decisions deciding(About about, Set<String> ids, boolean accepted) {
        Decision before = of(about);
        var hunks = new HashMap<>(before.hunks());
        ids.forEach(id -> hunks.put(id, accepted));
        return with(about, new Decision(before.chosen(), before.options(), hunks, before.amended(), before.split()));
    }

    /** Returns the decisions with {@code hunk} to be decided part by part, nothing being said of any. */
    public Decisions splitting(About about, String hunk) {
        Decisions whole = forgetting(about, hunk);
        Decision before = whole.of(about);
        var split = new HashSet<>(before.split());
        split.add(hunk);
        return whole.with(
                about, new Decision(before.chosen(), before.options(), before.hunks(), before.amended(), split));
    }

    public boolean split(About about, String hunk) {
        return of(about).split().contains(hunk);
    }

    /** Returns what the user made of {@code hunk}, where they made anything of it. */
    public Optional<Choice.Amendment> amendment(About about, String hunk) {
        return Optional.ofNullable(of(about).amended().get(hunk));
    }

    /** Returns the decisions with {@code amendment} in the place of {@code hunk}. */
    public Decisions amending(About about, String hunk, Choice.Amendment amendment) {
        Decision before = of(about);
        var amended = new HashMap<>(before.amended());
        amended.put(hunk, amendment);
        return with(about, new Decision(before.chosen(), before.options(), before.hunks(), amended, before.split()));
    }

    /**
     * Returns the decisions with one part of {@code hunk}, which is split, accepted or left out. The hunk is decided
     * once all of its parts are, and left out where they all are.
     */
    public Decisions decidingPart(About about, EditPlan plan, Hunk hunk, int part, boolean accepted) {
        Decisions next = deciding(about, hunk.id() + "#" + part, accepted);
        List<TextEdit> parts = HunkParts.of(hunk);
        var taken = new ArrayList<TextEdit>();
        boolean all = true;
        for (int i = 0; i < parts.size(); i++) {
            Optional<Boolean> verdict = next.hunk(about, hunk.id() + "#" + i);
            all &= verdict.isPresent();
            if (verdict.orElse(true)) {
                taken.add(parts.get(i));
            }
        }
        next = next.amending(about, hunk.id(), new Choice.Amendment(hunk.edits(), new TextEdits(taken)));
        if (!all) {
            return next;
        }
        return taken.isEmpty() ? next.rejecting(about, plan, hunk.id()) : next.accepting(about, plan, hunk.id());
    }

    private Decision of(About about) {
        return all.getOrDefault(about, new Decision(false, Options.DEFAULTS, Map.of()));
    }

    private Decisions with(About about, Decision decision) {
        var next = new HashMap<>(all);
        next.put(about, decision);
        return new Decisions(next);
    }
}
