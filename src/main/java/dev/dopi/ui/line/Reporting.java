package dev.dopi.ui.line;

import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.engine.UndoEntry;
import dev.dopi.report.SessionReportText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The last step: what was done, and the way back. */
record Reporting(Conversation talk, Session session, List<SessionReport.Applied> applied) {

    private static final String HELP = """
            done ends the session and keeps what was written. undo puts every file of this session back.
            dopi report --format md prints the report again, for a pull request.""";

    /** Returns whether everything was taken back. */
    boolean ask() throws Leaving, ProjectException {
        talk.say("Step 6 of 6, Report.");
        Optional<SessionReport> report = session.lastReport();
        if (report.isPresent()) {
            talk.sayPage(SessionReportText.of(report.get()));
        } else {
            talk.say("No report was recorded.");
        }
        while (true) {
            if (talk.choose("Keep what was written?", List.of("done", "undo"), HELP)
                    .equals("done")) {
                return false;
            }
            try {
                Set<String> ours =
                        applied.stream().map(SessionReport.Applied::journal).collect(Collectors.toSet());
                List<UndoEntry> entries = session.undoable().stream()
                        .filter(entry -> ours.contains(entry.id()))
                        .toList();
                session.undo(entries);
                talk.say("Everything that this session wrote was taken back.");
                return true;
            } catch (ProjectException e) {
                talk.say(String.valueOf(e.getMessage()));
            }
        }
    }
}
