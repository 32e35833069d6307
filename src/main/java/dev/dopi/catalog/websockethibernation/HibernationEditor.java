package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.SocketUse;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans the move of a class's sockets to hibernation. */
final class HibernationEditor {

    private HibernationEditor() {}

    static EditPlan plan(Project project, SocketHolder match, Options options) {
        if (match.obstacle().isPresent()) {
            return EditPlan.refused(match.obstacle().get());
        }
        if (!match.memory().isEmpty()
                && options.of(WebsocketHibernationPattern.MEMORY).equals(WebsocketHibernationPattern.REFUSE)) {
            return EditPlan.refused(forgotten(match));
        }
        try (ClassSource source = ClassSource.of(project, match.type())) {
            var tests = new HibernationTests(project, match);
            if (match.byFramework()) {
                return tests.addTo(noted(match, FrameworkOption.plan(source, applicability(match))), source, Set.of());
            }
            if (match.type().webSocket() == WebSocketUse.HIBERNATION) {
                return tests.addTimers(
                        noted(match, store(project, match, source)), source, StoredTimers.of(source, match.type()));
            }
            ConnectionCode code = ConnectionCode.of(source.tree(), source.node(), match.type());
            return tests.addTo(noted(match, move(project, match, source, code)), source, code.registries());
        } catch (NotMovable e) {
            return EditPlan.refused(String.valueOf(e.getMessage()));
        }
    }

    static String forgotten(SocketHolder match) {
        return "An object that sleeps forgets %s: keep what matters of that in storage or with the socket first; choose memory=start-anew where starting anew does no harm."
                .formatted(match.memory().stream()
                        .map(field -> "%s (changed in line %d)".formatted(field.name(), field.line()))
                        .collect(Collectors.joining(", ")));
    }

    private static EditPlan move(Project project, SocketHolder match, ClassSource source, ConnectionCode code)
            throws NotMovable {
        var edits = new SocketEdits(project, match, source.tree(), code).all();
        return new EditPlan(
                List.of(new Hunk(
                        "sockets",
                        match.type().file(),
                        false,
                        new TextEdits(edits),
                        applicability(match),
                        "Let the object sleep while clients stay connected",
                        "acceptWebSocket() and a handler for each event; what the listeners knew of a connection is kept with its socket.",
                        Set.of())),
                List.of());
    }

    /** Keeps the timers of a class whose sockets can sleep already in storage. */
    private static EditPlan store(Project project, SocketHolder match, ClassSource source) throws NotMovable {
        var timers = new TimerEdits(project, match, source);
        var hunks = new ArrayList<>(timers.modules());
        hunks.add(new Hunk(
                "timers",
                match.type().file(),
                false,
                new TextEdits(timers.all()),
                Applicability.REVIEW,
                "Let timers wait in storage",
                "What they would do waits as a row with an id, and the object's one alarm wakes it: it can sleep meanwhile.",
                hunks.stream().map(Hunk::id).collect(Collectors.toSet())));
        return new EditPlan(hunks, List.of());
    }

    /** Whether a field may start anew is for the user to say. */
    private static Applicability applicability(SocketHolder match) {
        return match.memory().isEmpty() ? Applicability.REVIEW : Applicability.NEEDS_VALUE;
    }

    /** Says of each timer and outbound socket that is left why it is. */
    private static EditPlan noted(SocketHolder match, EditPlan plan) {
        EditPlan all = plan;
        for (Timer timer : match.type().timers()) {
            if (match.type().webSocket() == WebSocketUse.HIBERNATION && StoredTimers.isStorable(timer)) {
                continue;
            }
            String more = StoredTimers.isStorable(timer)
                    ? " Run this pattern again once the sockets can sleep: it can then wait in storage."
                    : "";
            all = all.noting("%s:%d: %s is left as it is (%s): the object does not sleep before it has run.%s"
                    .formatted(timer.file(), timer.place().line(), timer.kind(), timer.reason(), more));
        }
        for (SocketUse use : match.sockets(SocketUse.Kind.OUTBOUND)) {
            all = all.noting(
                    "%s:%d: a socket that the object opens itself is left as it is; while it is open the object does not sleep."
                            .formatted(use.file(), use.place().line()));
        }
        return all;
    }
}
