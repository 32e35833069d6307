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
                return tests.addTo(noted(match, FrameworkOption.plan(source, applicability(match)), false), source, Set.of());
            }
            if (match.type().webSocket() == WebSocketUse.HIBERNATION) {
                return tests.addTimers(
                        noted(match, store(project, match, source), true), source, StoredTimers.of(source, match.type()));
            }
            boolean stores = match.storesTimers()
                    && options.of(WebsocketHibernationPattern.TIMERS).equals(WebsocketHibernationPattern.STORE);
            return stores ? moveAndStore(project, match, source, tests) : moveOnly(project, match, source, tests);
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

    private static EditPlan moveOnly(
            Project project, SocketHolder match, ClassSource source, HibernationTests tests) throws NotMovable {
        ConnectionCode code = ConnectionCode.of(source.tree(), source.node(), match.type());
        var edits = new TextEdits(new SocketEdits(project, match, source.tree(), code).all());
        var plan = new EditPlan(List.of(sockets(match, edits, "", Set.of())), List.of());
        return tests.addTo(noted(match, plan, false), source, code.registries());
    }

    /** Moves the sockets, and keeps the timers of what comes of it in storage, in one step. */
    private static EditPlan moveAndStore(
            Project project, SocketHolder match, ClassSource source, HibernationTests tests) throws NotMovable {
        MovedSockets moved = MovedSockets.of(project, match, new TextEdits(List.of()));
        try (ClassSource after = ClassSource.of(moved.project(), moved.match().type())) {
            var timers = new TimerEdits(moved.project(), moved.match(), after);
            var hunks = new ArrayList<>(timers.modules());
            Set<String> modules = hunks.stream().map(Hunk::id).collect(Collectors.toSet());
            TextEdits edits = moved.edits().then(new TextEdits(timers.all()));
            hunks.add(sockets(match, edits, " Delays and intervals wait in storage, as jobs of the one alarm.", modules));
            EditPlan plan = noted(match, new EditPlan(hunks, List.of()), true);
            return tests.addTimers(
                    tests.addTo(plan, source, moved.registries()),
                    after,
                    StoredTimers.of(after, moved.match().type()));
        } catch (NotMovable e) {
            boolean interval =
                    match.type().timers().stream().anyMatch(timer -> timer.purpose() == Timer.Purpose.INTERVAL);
            if (interval) {
                throw e;
            }
            // A delay that cannot be stored ends by itself: the object sleeps a little later.
            return moveOnly(project, match, source, tests).noting(String.valueOf(e.getMessage()));
        }
    }

    private static Hunk sockets(SocketHolder match, TextEdits edits, String more, Set<String> requires) {
        return new Hunk(
                "sockets",
                match.type().file(),
                false,
                edits,
                applicability(match),
                "Let the object sleep while clients stay connected",
                "acceptWebSocket() and a handler for each event; what the listeners knew of a connection is kept with its socket."
                        + more,
                requires);
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
    private static EditPlan noted(SocketHolder match, EditPlan plan, boolean stored) {
        EditPlan all = plan;
        for (Timer timer : match.type().timers()) {
            if (stored && StoredTimers.isStorable(timer)) {
                continue;
            }
            all = all.noting("%s:%d: %s is left as it is (%s): the object does not sleep before it has run."
                    .formatted(timer.file(), timer.place().line(), timer.kind(), timer.reason()));
        }
        for (SocketUse use : match.sockets(SocketUse.Kind.OUTBOUND)) {
            all = all.noting(
                    "%s:%d: a socket that the object opens itself is left as it is; while it is open the object does not sleep."
                            .formatted(use.file(), use.place().line()));
        }
        return all;
    }
}
