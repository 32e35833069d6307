package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.SocketUse;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            var tests = new HibernationTests(project, match, options);
            if (match.byFramework()) {
                return tests.addTo(
                        noted(match, FrameworkOption.plan(source, applicability(match)), false), source, Set.of());
            }
            if (match.type().webSocket() == WebSocketUse.HIBERNATION) {
                return improve(project, match, source, tests);
            }
            boolean stores = match.storesTimers()
                    && options.of(WebsocketHibernationPattern.TIMERS).equals(WebsocketHibernationPattern.STORE);
            boolean answers = match.answer().fixed().isPresent()
                    && options.of(WebsocketHibernationPattern.ANSWER).equals(WebsocketHibernationPattern.RUNTIME);
            return move(project, match, source, tests, stores, answers);
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

    /** Moves the sockets; and in the same step the class's fixed answer, and its timers as they stand then. */
    private static EditPlan move(
            Project project,
            SocketHolder match,
            ClassSource source,
            HibernationTests tests,
            boolean stores,
            boolean answers)
            throws NotMovable {
        if (!stores && !answers) {
            ConnectionCode code = ConnectionCode.of(source.tree(), source.node(), match.type());
            var edits = new TextEdits(new SocketEdits(project, match, source.tree(), code).all());
            var plan = new EditPlan(List.of(sockets(match, edits, "", Set.of())), List.of());
            return tests.addTo(noted(match, plan, false), source, code.registries());
        }
        MovedSockets only = MovedSockets.of(project, match);
        MovedSockets moved = answers ? only.answering(project) : only;
        String answer = answers ? " The runtime gives the answer that is always the same." : "";
        try (ClassSource after = ClassSource.of(moved.project(), moved.match().type())) {
            var hunks = new ArrayList<Hunk>();
            List<StoredTimer> timers = List.of();
            if (stores) {
                timers = StoredTimers.of(after, moved.match().type());
                var edits = new TimerEdits(moved.project(), moved.match(), after);
                hunks.addAll(edits.modules());
                Set<String> modules = hunks.stream().map(Hunk::id).collect(Collectors.toSet());
                TextEdits all = moved.edits().then(new TextEdits(edits.all()));
                String stored = " Delays and intervals wait in storage, as jobs of the one alarm.";
                hunks.add(sockets(match, all, answer + stored, modules));
            } else {
                hunks.add(sockets(match, moved.edits(), answer, Set.of()));
            }
            EditPlan plan =
                    tests.addTo(noted(match, new EditPlan(hunks, List.of()), stores), source, moved.registries());
            EditPlan timed = stores ? distinct(tests.addTimers(plan, after, timers)) : plan;
            return answers ? answerTested(timed, tests, only) : timed;
        } catch (NotMovable e) {
            boolean interval =
                    match.type().timers().stream().anyMatch(timer -> timer.purpose() == Timer.Purpose.INTERVAL);
            if (interval || !stores) {
                throw e;
            }
            // A delay that cannot be stored ends by itself: the object sleeps a little later.
            return move(project, match, source, tests, false, answers).noting(String.valueOf(e.getMessage()));
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

    /** Keeps the timers of a class whose sockets can sleep already in storage, and has the runtime give its fixed answer. */
    private static EditPlan improve(Project project, SocketHolder match, ClassSource source, HibernationTests tests)
            throws NotMovable {
        var hunks = new ArrayList<Hunk>();
        boolean stores = !match.blockingTimers().isEmpty();
        if (stores) {
            var timers = new TimerEdits(project, match, source);
            hunks.addAll(timers.modules());
            hunks.add(hunk(
                    match,
                    "timers",
                    timers.all(),
                    "Let timers wait in storage",
                    "What they would do waits as a row with an id, and the object's one alarm wakes it: it can sleep meanwhile.",
                    hunks.stream().map(Hunk::id).collect(Collectors.toSet())));
        }
        EditPlan plan = noted(match, new EditPlan(hunks, List.of()), stores);
        EditPlan timed = stores ? tests.addTimers(plan, source, StoredTimers.of(source, match.type())) : plan;
        Optional<FixedAnswer> answer =
                AutoResponse.search(source.node(), match.type()).found();
        if (answer.isEmpty()) {
            return timed;
        }
        Hunk answering = hunk(
                match,
                "answer",
                AutoResponse.edits(source, match.type(), answer.get()),
                "Have the runtime give the fixed answer",
                "It answers %s with %s without waking the object; getWebSocketAutoResponseTimestamp() tells when it last did."
                        .formatted(
                                answer.get().request().code(),
                                answer.get().response().code()),
                Set.of());
        EditPlan alone = tests.addAnswer(new EditPlan(List.of(answering), List.of()), source, answer.get());
        var all = new ArrayList<>(timed.hunks());
        all.addAll(alone.hunks());
        return distinct(new EditPlan(
                all,
                timed.refusals(),
                Stream.concat(timed.notes().stream(), alone.notes().stream()).toList()));
    }

    /** Adds the test of the fixed answer, which the handler of {@code moved} still gives. */
    private static EditPlan answerTested(EditPlan plan, HibernationTests tests, MovedSockets moved) throws NotMovable {
        try (ClassSource source = ClassSource.of(moved.project(), moved.match().type())) {
            Optional<FixedAnswer> answer =
                    AutoResponse.search(source.node(), moved.match().type()).found();
            EditPlan tested =
                    answer.map(it -> tests.addAnswer(plan, source, it)).orElse(plan);
            return distinct(tested);
        }
    }

    /** Says once what several tests have to say. */
    private static EditPlan distinct(EditPlan plan) {
        return new EditPlan(
                plan.hunks(), plan.refusals(), plan.notes().stream().distinct().toList());
    }

    private static Hunk hunk(
            SocketHolder match, String id, List<TextEdit> edits, String title, String reason, Set<String> requires) {
        return new Hunk(
                id, match.type().file(), false, new TextEdits(edits), Applicability.REVIEW, title, reason, requires);
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
