package dev.dopi.catalog.websockethibernation;

import dev.dopi.catalog.alarmjobs.AlarmFields;
import dev.dopi.catalog.alarmjobs.AlarmJobsModule;
import dev.dopi.catalog.alarmjobs.Overrides;
import dev.dopi.catalog.alarmjobs.SharedAlarm;
import dev.dopi.catalog.alarmjobs.SharedAlarm.NotShareable;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The edits that keep a class's delays and intervals in storage, so that they do not keep it in memory. */
final class TimerEdits {

    private static final AlarmJobsModule DELAYED_CALLS = new AlarmJobsModule(
            "delayed-calls",
            TimerEdits.class,
            "Calls that wait in storage",
            "A small module that keeps what a timer would do later as a row, and finds its socket again by a tag.");
    private static final AlarmFields.Field CALLS = new AlarmFields.Field("#calls", "DelayedCalls", ", this.#alarms");
    private static final String JOB = "\"delayed calls\": () => this.#makeDelayedCalls()";

    private final Project project;
    private final SocketHolder match;
    private final ClassSource source;
    private final SourceFile file;
    private final CodeStyle style;
    private final List<StoredTimer> timers;
    private final Optional<SharedAlarm> shared;
    private final List<SyntaxNode> members;
    private final String margin;

    TimerEdits(Project project, SocketHolder match, ClassSource source) throws NotMovable {
        this.project = project;
        this.match = match;
        this.source = source;
        this.file = source.tree().file();
        this.style = CodeStyle.of(file, source.tree().grammar().typed());
        this.timers = StoredTimers.of(source, match.type());
        this.shared = sharing(source, match.type());
        checkModule();
        this.members = source.node().field("body").orElse(source.node()).children();
        this.margin = file.indentAt(members.getLast().span().start());
    }

    /** Refuses what cannot be kept in storage. */
    static void check(ClassSource source, DurableObjectClass type) throws NotMovable {
        StoredTimers.of(source, type);
        sharing(source, type);
    }

    /** What an earlier dopi wrote may not know how to end a call. */
    private void checkModule() throws NotMovable {
        String path = DELAYED_CALLS.path(file, style);
        boolean old =
                project.read(path).filter(it -> !it.text().contains("cancel(")).isPresent();
        if (old && timers.stream().anyMatch(timer -> timer.handle().isPresent())) {
            throw new NotMovable(
                    "%s has no cancel(), by which an interval is ended: undo and apply the pattern that wrote it, or add the method."
                            .formatted(path));
        }
    }

    private static Optional<SharedAlarm> sharing(ClassSource source, DurableObjectClass type) throws NotMovable {
        try {
            SharedAlarm.check(source.node(), type);
            return type.alarmHandler().isPresent()
                    ? Optional.of(SharedAlarm.of(source.node(), type))
                    : Optional.empty();
        } catch (NotShareable e) {
            throw new NotMovable(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the hunks of the modules that the edits need. */
    List<Hunk> modules() {
        var hunks = new ArrayList<Hunk>();
        AlarmJobsModule.ALARM_JOBS
                .hunk("alarm-jobs", project, source.tree(), style)
                .ifPresent(hunks::add);
        DELAYED_CALLS.hunk("delayed-calls", project, source.tree(), style).ifPresent(hunks::add);
        return hunks;
    }

    /** Returns the edits of the class's own file. */
    List<TextEdit> all() {
        List<TextEdit> calls = timers.stream()
                .map(timer -> new TextEdit(timer.whole().span(), quoted(timer.replacement())))
                .toList();
        var edits = new ArrayList<TextEdit>();
        shared.ifPresent(sharing -> edits.addAll(sharing.edits()));
        calls.stream().filter(edit -> !moved(edit.span())).forEach(edits::add);
        for (StoredTimer timer : timers) {
            timer.handle()
                    .map(handle -> handle.edits(file, timer.method()))
                    .orElse(List.of())
                    .forEach(edit -> edits.add(new TextEdit(edit.span(), quoted(edit.replacement()))));
        }
        // What a function of a timer did to the alarm moves with it.
        List<TextEdit> within = new ArrayList<>(calls);
        edits.stream().filter(edit -> moved(edit.span())).forEach(within::add);
        edits.removeIf(edit -> moved(edit.span()));
        if (timers.stream().anyMatch(timer -> !timer.sockets().isEmpty())) {
            StoredTimers.accepting(source.node()).forEach(call -> edits.add(tagged(call)));
        }
        boolean ready = shared.flatMap(SharedAlarm::jobs).isPresent();
        var fields = new AlarmFields(file, source.node(), match.type(), style);
        edits.addAll(ready ? fields.behindAlarms(CALLS) : fields.first(List.of(AlarmFields.ALARMS, CALLS)));
        var modules = new LinkedHashMap<AlarmJobsModule, String>();
        if (!ready) {
            modules.put(AlarmJobsModule.ALARM_JOBS, "AlarmJobs");
        }
        modules.put(DELAYED_CALLS, "DelayedCalls");
        edits.add(AlarmJobsModule.imported(source.tree(), style, modules));
        shared.flatMap(sharing -> sharing.adding(style, List.of(JOB))).ifPresent(edits::add);
        edits.add(Statements.after(
                file,
                members.getLast().span(),
                style.lineEnd() + String.join(style.lineEnd() + style.lineEnd(), methods(within, ready))));
        return edits;
    }

    /** Whether what stands at {@code span} goes to a method of its own with the function that it belongs to. */
    private boolean moved(Span span) {
        return timers.stream().anyMatch(timer -> timer.function().span().contains(span));
    }

    private List<String> methods(List<TextEdit> within, boolean ready) {
        var code = new ArrayList<String>();
        if (!ready) {
            code.add(Handlers.render(
                    "alarm.ts.txt",
                    style,
                    margin,
                    Map.of(
                            "WHAT",
                            shared.isPresent()
                                    ? "the class's own alarm, delayed calls, or both"
                                    : "delayed calls, and other jobs that share the alarm",
                            "OVERRIDE",
                            Overrides.word(project, match.worker(), match.type(), source.node(), style),
                            "HANDLER",
                            shared.map(it -> "this.#onAlarm(" + it.handlerArguments() + ")")
                                    .orElse("{}"),
                            "JOBS",
                            JOB),
                    Set.of(),
                    Map.of()));
        }
        String calls = timers.stream()
                .map(timer -> timer.givesNothing()
                        ? "%s: () => this.#%s(),".formatted(timer.method(), timer.method())
                        : "%s: (given) => this.#%s(given),".formatted(timer.method(), timer.method()))
                .collect(Collectors.joining("\n"));
        code.add(Handlers.render("make-calls.ts.txt", style, margin, Map.of("CALLS", calls), Set.of(), Map.of()));
        timers.forEach(timer -> code.add(method(timer, within)));
        return code;
    }

    private String method(StoredTimer timer, List<TextEdit> within) {
        List<TextEdit> edits = within.stream()
                .filter(edit -> timer.function().span().contains(edit.span()))
                .filter(edit -> timers.stream()
                        .noneMatch(other -> !other.equals(timer)
                                && timer.function()
                                        .span()
                                        .contains(other.function().span())
                                && other.function().span().contains(edit.span())))
                .toList();
        var all = new ArrayList<>(edits);
        timer.sockets().keySet().forEach(socket -> all.addAll(MovedBody.certain(timer.function(), socket)));
        String body = new MovedBody(file, style, margin + style.indent()).of(timer.function(), all);
        String returns = !style.typed() ? "" : timer.async() ? ": Promise<void>" : ": void";
        boolean promise = timer.isWaitedFor();
        return Handlers.render(
                "delayed-call.ts.txt",
                style,
                margin,
                Map.of(
                        "WHAT",
                        what(timer),
                        "ASYNC",
                        timer.async() ? "async " : "",
                        "NAME",
                        timer.method(),
                        "PARAMETER",
                        timer.parameter(style.typed()),
                        "RETURNS",
                        promise ? style.typed() ? ": unknown" : "" : returns,
                        "BODY",
                        body.isEmpty() ? "" : Handlers.TOKEN),
                Set.of(),
                Map.of(Handlers.TOKEN, promise ? body.replaceFirst("\\S", "return $0") : body));
    }

    private static String what(StoredTimer timer) {
        return switch (timer.kind()) {
            case LATER -> "A delayed call: what a timer would do, also when the object has slept meanwhile.";
            case EVERY -> "A call that is made again and again while a client is connected.";
            case AGAIN -> "A call that asks for its own next one while a client is connected.";
        };
    }

    private TextEdit tagged(SyntaxNode call) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        if (arguments.size() < 2) {
            return TextEdit.insert(arguments.getFirst().span().end(), ", [DelayedCalls.tag()]");
        }
        List<SyntaxNode> tags = Expressions.bare(arguments.get(1)).children();
        return tags.isEmpty()
                ? new TextEdit(Expressions.bare(arguments.get(1)).span(), "[DelayedCalls.tag()]")
                : TextEdit.insert(tags.getLast().span().end(), ", DelayedCalls.tag()");
    }

    private String quoted(String code) {
        return style.quote() == '\'' && code.indexOf('\'') < 0 ? code.replace('"', '\'') : code;
    }
}
