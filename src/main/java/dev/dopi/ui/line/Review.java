package dev.dopi.ui.line;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Planned;
import dev.dopi.engine.Session;
import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The step in which the user says of every hunk whether they want it. */
final class Review {

    private static final String HELP = """
            yes takes the change, no leaves it out, all takes it and the rest of this pattern.
            show says every line of a long change. back goes to the change before. quit writes nothing.""";

    private final Conversation talk;
    private final Session session;
    private final Analysis analysis;
    private final List<Choice> choices;
    private final Progress progress;

    Review(Conversation talk, Session session, Analysis analysis, List<Choice> choices, Progress progress) {
        this.progress = progress;
        this.talk = talk;
        this.session = session;
        this.analysis = analysis;
        this.choices = new ArrayList<>(choices);
    }

    private enum Way {
        FORWARD,
        BACK
    }

    /** Returns the choices with what was rejected, or empty where the user goes back to choosing. */
    Optional<List<Choice>> ask() throws Leaving {
        int pattern = 0;
        Way way = Way.FORWARD;
        while (pattern < choices.size()) {
            way = pattern(pattern, way);
            pattern += way == Way.FORWARD ? 1 : -1;
            if (pattern < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(choices));
    }

    private Way pattern(int index, Way from) throws Leaving {
        Planned planned = session.plan(analysis, choices).get(index);
        if (from == Way.FORWARD) {
            talk.say("Step 3 of 6, Review. Pattern %d of %d: %s, %s."
                    .formatted(
                            index + 1, choices.size(), planned.choice().pattern(), Choosing.about(planned.finding())));
            planned.plan().refusals().forEach(refusal -> talk.say("Refused: " + refusal));
            planned.plan().notes().forEach(note -> talk.say("Note: " + note));
            planned.plan().hunks().stream()
                    .filter(hunk -> hunk.applicability() == Applicability.ADVICE)
                    .forEach(hunk -> talk.say(
                            "Advice, not written: " + hunk.file() + ": " + hunk.title() + ". " + hunk.reason()));
        }
        List<Hunk> hunks = writable(planned);
        if (hunks.isEmpty()) {
            talk.say("There is nothing to write for it.");
            return from;
        }
        return hunks(index, hunks, from);
    }

    private static List<Hunk> writable(Planned planned) {
        return planned.plan().hunks().stream()
                .filter(hunk -> hunk.applicability() != Applicability.ADVICE)
                .toList();
    }

    private Way hunks(int index, List<Hunk> hunks, Way from) throws Leaving {
        int at = from == Way.FORWARD ? 0 : hunks.size() - 1;
        Way way = from;
        while (at >= 0 && at < hunks.size()) {
            EditPlan plan = session.plan(analysis, choices).get(index).plan();
            Hunk hunk = asPlanned(plan, hunks.get(at));
            if (missesAnother(index, plan, hunk)) {
                if (way == Way.FORWARD) {
                    talk.say("Left out with a change that it needs: " + hunk.title() + ", in " + hunk.file() + ".");
                }
                at += way == Way.FORWARD ? 1 : -1;
                continue;
            }
            switch (answer(index, hunk, at + 1, hunks.size())) {
                case "yes" -> {
                    set(index, hunk, true);
                    way = Way.FORWARD;
                    at++;
                }
                case "no" -> {
                    set(index, hunk, false);
                    way = Way.FORWARD;
                    at++;
                }
                case "all" -> {
                    for (Hunk rest : hunks.subList(at, hunks.size())) {
                        set(index, rest, true);
                    }
                    return Way.FORWARD;
                }
                default -> {
                    way = Way.BACK;
                    at--;
                }
            }
        }
        return at < 0 ? Way.BACK : Way.FORWARD;
    }

    private void set(int index, Hunk hunk, boolean accepted) {
        Choice choice = choices.get(index);
        choices.set(index, accepted ? choice.accepting(hunk.id()) : choice.rejecting(hunk.id()));
        progress.decided(choice, hunk.id(), accepted);
    }

    /** Returns what an earlier session answered, or asks. */
    private String answer(int index, Hunk hunk, int number, int of) throws Leaving {
        Optional<Boolean> before = progress.before(choices.get(index), hunk.id());
        if (before.isPresent()) {
            talk.say("Answered before: hunk %d of %d, %s: %s."
                    .formatted(number, of, hunk.title(), before.get() ? "yes" : "no"));
            return before.get() ? "yes" : "no";
        }
        progress.caughtUp();
        return decide(index, hunk, number, of);
    }

    /** Whether the hunk falls because others were rejected, not because it was itself. */
    private boolean missesAnother(int index, EditPlan plan, Hunk hunk) {
        Set<String> rejected = choices.get(index).accepting(hunk.id()).rejected();
        return plan.rejectedWith(rejected).contains(hunk.id())
                || plan.hunks().stream().noneMatch(each -> each.id().equals(hunk.id()));
    }

    /** Returns the hunk as the decisions so far leave it: what a README says depends on them. */
    private static Hunk asPlanned(EditPlan plan, Hunk hunk) {
        return plan.hunks().stream()
                .filter(each -> each.id().equals(hunk.id()))
                .findFirst()
                .orElse(hunk);
    }

    private String decide(int index, Hunk hunk, int number, int of) throws Leaving {
        List<Planned> planned = session.plan(analysis, choices);
        var words = new HunkInWords(hunk, base(planned.subList(0, index), hunk.file()));
        talk.say(words.heading(number, of));
        boolean cut = words.lines().size() > HunkInWords.SHORT;
        words.lines().stream().limit(HunkInWords.SHORT).forEach(talk::say);
        if (cut) {
            talk.say("  and " + (words.lines().size() - HunkInWords.SHORT)
                    + " more lines; answer show to hear them all.");
        }
        talk.say("What: " + hunk.title() + ". Why: " + hunk.reason());
        talk.say(words.trust());
        while (true) {
            String answer = talk.choose(
                    "Apply this hunk?",
                    cut ? List.of("yes", "no", "all", "show", "back") : List.of("yes", "no", "all", "back"),
                    HELP);
            if (!answer.equals("show")) {
                return answer;
            }
            talk.page(words.lines().stream()
                    .flatMap(line -> talk.fitting(line).stream())
                    .toList());
        }
    }

    /** The text that the hunk's edits are made on: as the patterns before it leave the file. */
    private String base(List<Planned> before, String path) {
        String text = analysis.project().read(path).map(SourceFile::text).orElse("");
        for (Planned each : before) {
            for (FileChange change : each.changes()) {
                text = change.path().equals(path) ? change.after() : text;
            }
        }
        return text;
    }
}
