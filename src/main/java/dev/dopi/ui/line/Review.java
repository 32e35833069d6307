package dev.dopi.ui.line;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Planned;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.HunkDraft;
import dev.dopi.ui.view.HunkPage;
import dev.dopi.ui.view.HunkPages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The step in which the user says of every hunk whether they want it. */
final class Review {

    private static final String HELP = """
            yes takes the change, no leaves it out. file takes it and the rest of this file, all the rest of this pattern.
            split asks about its parts one by one, join about the whole again. edit opens the file in your editor, as this \
            change would leave it; what you save is taken if it parses.
            show says the change with the lines around it, a page at a time. back goes to the change before.
            keep leaves your answer as it is, undo forgets it and asks again.
            Nothing is written yet: quit writes nothing, and your answers are kept.""";

    private static final String EDITING = """
            yes opens your editor again, on what you wrote. no leaves the change as it was planned, and the file there.""";

    private final Conversation talk;
    private final Progress progress;
    private final HunkPages pages;
    private final Editor editor;
    /** How many patterns were told about. */
    private int told;

    Review(Conversation talk, Progress progress, Editor editor) {
        this.talk = talk;
        this.progress = progress;
        this.pages = new HunkPages(progress);
        this.editor = editor;
    }

    /** Says what was answered in an earlier session. */
    void sayAnswered() {
        pages.rebuild();
        pages.pages().forEach(page -> pages.verdict(page)
                .ifPresent(yes -> talk.say("Answered before: %s, %s: %s."
                        .formatted(
                                pages.position(page), page.hunk().orElseThrow().title(), yes ? "yes" : "no"))));
    }

    /**
     * Asks about all that is open, or first about the last hunk where the user comes {@code back} to it; returns whether
     * they went on, and not back to choosing.
     */
    boolean ask(boolean back) throws Leaving, InterruptedException {
        pages.rebuild();
        List<HunkPage> decidable = decidable();
        Optional<HunkPage> here = decidable.isEmpty() || !back ? open(-1) : Optional.of(decidable.getLast());
        if (decidable.isEmpty() && back) {
            return false;
        }
        while (here.isPresent()) {
            pages.turnTo(here.get());
            tellUpTo(here.get().number() + 1);
            if (decide(here.get())) {
                pages.rebuild();
                here = open(index());
            } else {
                here = before(here.get());
                if (here.isEmpty()) {
                    return false;
                }
            }
        }
        tellUpTo(progress.planned().size());
        return true;
    }

    private List<HunkPage> decidable() {
        return pages.pages().stream().filter(HunkPage::decidable).toList();
    }

    private int index() {
        return pages.current().map(pages.pages()::indexOf).orElse(-1);
    }

    /** Returns the next open hunk behind the one at {@code index}, round from the last to the first. */
    private Optional<HunkPage> open(int index) {
        List<HunkPage> open = pages.open();
        return open.stream()
                .filter(each -> pages.pages().indexOf(each) > index)
                .findFirst()
                .or(() -> open.stream().findFirst());
    }

    private Optional<HunkPage> before(HunkPage here) {
        List<HunkPage> decidable = decidable();
        int index = decidable.indexOf(here);
        return index > 0 ? Optional.of(decidable.get(index - 1)) : Optional.empty();
    }

    // Telling

    private void tellUpTo(int plans) {
        while (told < plans) {
            tell(told++, progress.planned());
        }
    }

    private void tell(int index, List<Planned> all) {
        Planned planned = all.get(index);
        talk.say("Step 3 of 6, Review. Pattern %d of %d: %s, %s."
                .formatted(index + 1, all.size(), planned.choice().pattern(), Choosing.about(planned.finding())));
        planned.plan().refusals().forEach(refusal -> talk.say("Refused: " + refusal));
        planned.plan().notes().forEach(note -> talk.say("Note: " + note));
        List<Hunk> hunks = planned.plan().hunks();
        hunks.stream()
                .filter(hunk -> hunk.applicability() == Applicability.ADVICE)
                .forEach(hunk ->
                        talk.say("Advice, not written: " + hunk.file() + ": " + hunk.title() + ". " + hunk.reason()));
        if (hunks.stream().allMatch(hunk -> hunk.applicability() == Applicability.ADVICE)) {
            talk.say("There is nothing to write for it.");
        }
    }

    // Asking

    /** Asks about one hunk until it is decided; returns whether the user goes on, and not back. */
    private boolean decide(HunkPage page) throws Leaving, InterruptedException {
        HunkPage here = page;
        boolean say = true;
        while (true) {
            var words = new HunkInWords(here.hunk().orElseThrow(), pages.before(here));
            if (say) {
                say(here, words);
            }
            say = true;
            switch (talk.choose("Apply this hunk?", answers(here), HELP)) {
                case "yes" -> {
                    return decided(true);
                }
                case "no" -> {
                    return decided(false);
                }
                case "file" -> {
                    pages.accept(pages.openInFile());
                    return decided(true);
                }
                case "all" -> {
                    pages.accept(pages.openInPlan());
                    return decided(true);
                }
                case "keep" -> {
                    return true;
                }
                case "back" -> {
                    return false;
                }
                case "edit" -> {
                    if (edit(here)) {
                        return true;
                    }
                    say = false;
                }
                case "show" -> {
                    talk.page(words.around().stream()
                            .flatMap(line -> talk.fitting(line).stream())
                            .toList());
                    say = false;
                }
                // split, join, undo
                case String word -> {
                    if (word.equals("undo")) {
                        pages.forget();
                    } else {
                        pages.split().ifPresent(talk::say);
                    }
                    pages.rebuild();
                    here = pages.current().orElseThrow();
                }
            }
        }
    }

    private boolean decided(boolean yes) {
        sayOthers(yes, pages.decide(yes));
        return true;
    }

    private void sayOthers(boolean yes, String others) {
        if (!others.isEmpty()) {
            talk.say((yes ? "Accepted with it, because it needs them: " : "Left out with it, because they need it: ")
                    + others + ".");
        }
    }

    private void say(HunkPage here, HunkInWords words) {
        Hunk hunk = here.hunk().orElseThrow();
        progress.looksAt(here.about(), hunk.id());
        talk.say(words.heading(pages.position(here)));
        List<String> lines = words.lines();
        lines.stream().limit(HunkInWords.SHORT).forEach(talk::say);
        if (lines.size() > HunkInWords.SHORT) {
            talk.say("  and " + (lines.size() - HunkInWords.SHORT) + " more lines; answer show to hear them all.");
        }
        talk.say("What: " + hunk.title() + ". Why: " + hunk.reason());
        talk.say(words.trust());
        pages.verdict(here).ifPresent(yes -> talk.say("Your answer was " + (yes ? "yes." : "no.")));
    }

    /** Returns what can be answered; a word that would do nothing more than another is not among it. */
    private List<String> answers(HunkPage here) {
        var answers = new ArrayList<>(List.of("yes", "no"));
        boolean part = here.part().isPresent();
        int inFile = others(here, pages.openInFile());
        int inPlan = others(here, pages.openInPlan());
        if (inFile > 0) {
            answers.add("file");
        }
        if (inPlan > inFile) {
            answers.add("all");
        }
        if (part) {
            answers.add("join");
        } else if (pages.splits()) {
            answers.add("split");
        }
        if (!part) {
            answers.add("edit");
        }
        answers.add("show");
        if (pages.verdict(here).isPresent()) {
            answers.addAll(List.of("keep", "undo"));
        }
        answers.add("back");
        return answers;
    }

    private static int others(HunkPage here, List<HunkPage> open) {
        return (int) open.stream().filter(each -> !each.equals(here)).count();
    }

    /** Returns whether the user's own text was taken for the hunk. */
    private boolean edit(HunkPage here) throws Leaving, InterruptedException {
        try {
            HunkDraft draft = HunkDraft.write(pages, here);
            while (true) {
                String problem = editor.edit(draft.file(), draft.line());
                String text = draft.text();
                if (problem.isEmpty() && text.equals(draft.draft())) {
                    draft.drop();
                    talk.say("You changed nothing, so the hunk is as it was.");
                    return false;
                }
                Decisions before = progress.decisions();
                Optional<String> wrong = problem.isEmpty() ? draft.take(pages, text) : Optional.of(problem);
                if (wrong.isEmpty()) {
                    draft.drop();
                    talk.say("Taken as you wrote it, and accepted.");
                    sayOthers(true, pages.acceptedWith(here, before));
                    return true;
                }
                talk.say(wrong.get() + " It is still in " + draft.file() + ".");
                if (talk.choose("Edit it again?", List.of("yes", "no"), EDITING).equals("no")) {
                    return false;
                }
            }
        } catch (IOException e) {
            talk.say("The hunk cannot be edited in a file: " + e.getMessage() + ".");
            return false;
        }
    }
}
