package dev.dopi.ui.line;

import dev.dopi.engine.Planned;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.report.Changes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The step that writes, after one word that is typed whole. */
record Writing(Conversation talk, Session session, List<Planned> planned) {

    private static final String HELP = """
            Type the whole word apply to write these files. A copy of each is kept, and dopi undo puts them back.
            back goes through the changes again. diff says the whole patch.""";

    /** Returns what was written, or empty where the user goes back. */
    Optional<List<SessionReport.Applied>> ask() throws Leaving, ProjectException {
        talk.say("Step 4 of 6, Apply.");
        Changes changes = Changes.of(planned);
        if (changes.none()) {
            talk.say("No change is left to write.");
            talk.choose("Go back to the review?", List.of("back"), HELP);
            return Optional.empty();
        }
        changes.lines().forEach(line -> talk.say("  " + line));
        Set<String> notInGit = session.notInGit(changes.modified());
        if (!notInGit.isEmpty()) {
            talk.say(Changes.notInGit(notInGit.size()) + " " + String.join(", ", notInGit) + ".");
        }
        int files = changes.files().size();
        String question = "To write " + (files == 1 ? "this file" : "these " + files + " files")
                + ", type the word apply and press Enter.";
        while (true) {
            switch (talk.choose(question, List.of("apply", "back", "diff"), HELP)) {
                case "apply" -> {
                    return Optional.of(session.apply(planned.stream()
                            .filter(each -> !each.changes().isEmpty())
                            .toList()));
                }
                case "diff" ->
                    talk.page(changes.unified()
                            .lines()
                            .map(line -> line.replace("\t", "    "))
                            .toList());
                default -> {
                    return Optional.empty();
                }
            }
        }
    }
}
