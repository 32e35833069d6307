package dev.dopi.ui.line;

import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.engine.UndoEntry;
import dev.dopi.report.SessionReportText;
import dev.dopi.ui.view.CommitMessage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The last step: what was done, and the way back. */
record Reporting(
        Conversation talk,
        Session session,
        List<SessionReport.Applied> applied,
        Function<SessionReport, String> write) {

    private static final String HELP = """
            done ends the session and keeps what was written. undo puts every file of this session back.
            write puts this report into a file of your project. message says a message for your commit.
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
            switch (talk.choose("Keep what was written?", answers(report.isPresent()), HELP)) {
                case "done" -> {
                    return false;
                }
                case "write" -> talk.say(write.apply(report.orElseThrow()));
                case "message" -> talk.sayPage(CommitMessage.of(report.orElseThrow()));
                default -> {
                    if (undo()) {
                        return true;
                    }
                }
            }
        }
    }

    private static List<String> answers(boolean reported) {
        return reported ? List.of("done", "write", "message", "undo") : List.of("done", "undo");
    }

    private boolean undo() {
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
            return false;
        }
    }
}
