package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.model.DurableObjectClass.Made;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.Model;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Worker;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.Project;
import dev.dopi.project.WranglerConfig;
import dev.dopi.project.WranglerConfig.Backend;
import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns a project into a model of its Workers and Durable Objects. */
public final class Analyzer {

    private final Project project;
    private final Known known;
    private final Consumer<DurableObjectClass> found;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private Analyzer(Project project, Known known, Consumer<DurableObjectClass> found) {
        this.project = project;
        this.known = known;
        this.found = found;
    }

    /**
     * What came of an analysis.
     *
     * @param diagnostics what the analysis itself met; the project has its own
     * @param parsed how many scripts were parsed
     */
    public record Result(Model model, List<Diagnostic> diagnostics, int parsed) {}

    /** Analyses {@code project} and tells {@code found} of each class as it is understood. */
    public static Result analyse(Project project, Consumer<DurableObjectClass> found) {
        try (var known = new Known()) {
            return analyse(project, known, found);
        }
    }

    /** As {@link #analyse(Project, Consumer)}, for a session that analyses again after each change. */
    public static Result analyse(Project project, Known known, Consumer<DurableObjectClass> found) {
        return new Analyzer(project, known, found).run();
    }

    private Result run() {
        try (var scripts = new Scripts(project, known)) {
            scripts.survey().prepare();
            var resolver = new Resolver(scripts);
            var heritage = new Heritage(resolver);
            var discovery = new Discovery(scripts, resolver, heritage, diagnostics);
            discovery.expect(project.configs());
            var workers = new ArrayList<Worker>();
            var inWorkers = new ArrayList<Discovery.Found>();
            for (WranglerConfig config : project.configs()) {
                List<Discovery.Found> found = discovery.in(config, project.configs());
                inWorkers.addAll(found);
                var callers = NamespaceCalls.of(scripts, config, project.configs());
                List<DurableObjectClass> objects = discovery.withoutTests(config, found).stream()
                        .map(each -> read(each, Optional.of(config), heritage, resolver, callers::through))
                        .toList();
                workers.add(worker(config, objects));
            }
            List<DurableObjectClass> loose = discovery.outside(project.configs(), inWorkers).stream()
                    .map(each -> read(each, Optional.empty(), heritage, resolver, _ -> NamespaceCalls.Calls.NONE))
                    .toList();
            if (!loose.isEmpty()) {
                workers.add(new Worker(
                        Optional.empty(), "none", Optional.empty(), Optional.empty(), Optional.empty(), loose));
            }
            if (scripts.exceeded()) {
                diagnostics.add(
                        Diagnostic.warning(
                                "",
                                0,
                                "more code leads to Durable Objects than there is room for, so some of it was not read; open dopi on the folder of one Worker"));
            }
            return new Result(new Model(workers), List.copyOf(diagnostics), scripts.parsed());
        }
    }

    private static Worker worker(WranglerConfig config, List<DurableObjectClass> objects) {
        return new Worker(
                Optional.of(config.path()),
                config.format().name().toLowerCase(Locale.ROOT),
                config.name(),
                config.main(),
                config.compatibilityDate(),
                objects);
    }

    private DurableObjectClass read(
            Discovery.Found object,
            Optional<WranglerConfig> config,
            Heritage heritage,
            Resolver resolver,
            Function<List<String>, NamespaceCalls.Calls> callers) {
        List<String> bindings = config.stream()
                .flatMap(it -> it.bindings().stream())
                .filter(binding -> binding.className().equals(object.exportedAs()))
                .map(WranglerConfig.Binding::name)
                .distinct()
                .toList();
        Optional<Boolean> sqlite =
                config.flatMap(it -> it.backendOf(object.exportedAs())).map(backend -> backend == Backend.SQLITE);
        DurableObjectClass read = object.site()
                .map(site -> inside(object, site, bindings, sqlite, heritage, resolver, callers.apply(bindings)))
                .orElseGet(() -> outside(object, bindings, sqlite));
        if (bindings.isEmpty() && config.isPresent() && read.declaration() != Declaration.EXTERNAL) {
            List<String> others = config.get().boundBy(object.exportedAs(), project.configs());
            diagnostics.add(Diagnostic.info(
                    read.file(),
                    read.line(),
                    others.isEmpty()
                            ? "%s is exported as a Durable Object, but no binding of %s names it."
                                    .formatted(object.exportedAs(), config.get().path())
                            : "%s is exported as a Durable Object, and only the Worker %s binds it."
                                    .formatted(object.exportedAs(), String.join(", ", others))));
        }
        diagnostics.addAll(AlarmDiagnostics.of(read));
        found.accept(read);
        return read;
    }

    private DurableObjectClass inside(
            Discovery.Found object,
            Target.ClassNode site,
            List<String> bindings,
            Optional<Boolean> sqlite,
            Heritage heritage,
            Resolver resolver,
            NamespaceCalls.Calls callers) {
        Heritage.Kind kind = object.kind().orElseGet(() -> heritage.of(site));
        var reader = new ClassReader(site, kind, resolver);
        List<SqlReader.Run> runs = reader.runs();
        List<SqlStatement> statements =
                runs.stream().map(SqlReader.Run::statement).toList();
        List<String> doubts = new ArrayList<>(reader.doubts());
        boolean inheritsAlarm = kind.framework().isPresent()
                || kind.ancestors().stream().anyMatch(ancestor -> usesAlarm(ancestor, heritage, resolver));
        if (!kind.ancestors().isEmpty() && kind.framework().isPresent()) {
            doubts.add("Its base class comes from " + kind.framework().get() + ".");
        }
        var entries = new Entries(reader.code());
        boolean doubtful = !doubts.isEmpty();
        boolean certain = !doubtful && kind.framework().isEmpty() && sqlite.orElse(true);
        DatabaseReader.Database database =
                new DatabaseReader(name(site.node(), object), reader.code(), entries, runs, doubtful, certain).read();
        diagnostics.addAll(database.diagnostics());
        SyntaxNode node = site.node();
        ObjectCode reached = reader.reached();
        var sockets = new SocketReader(reader.inside(), kind, reached, resolver.survey());
        AlarmReader alarms = reader.alarms();
        var names = new NameReader(reader.inside());
        return new DurableObjectClass(
                name(node, object),
                object.exportedAs(),
                object.made(),
                site.module().path(),
                node.span(),
                // Decorators belong to the class and stand before its first line.
                node.field("name").map(SyntaxNode::line).orElse(node.line()),
                object.declaration(),
                kind.base(),
                kind.framework(),
                bindings,
                sqlite,
                reader.access(),
                reader.storage(statements),
                sockets.use(),
                alarms.handler(),
                inheritsAlarm,
                alarms.uses(),
                new TimerReader(reached).timers(),
                names.reads(),
                reader.rpcMethods(),
                Stream.concat(database.tables().stream(), FrameworkTables.of(site, kind).stream())
                        .toList(),
                database.statements(),
                sockets.places(),
                names.uses(callers),
                new KeyReader(reader.code(), entries, resolver, doubts.isEmpty()).read(),
                doubts);
    }

    private static boolean usesAlarm(Target.ClassNode type, Heritage heritage, Resolver resolver) {
        AlarmReader alarms = new ClassReader(type, heritage.of(type), resolver).alarms();
        return alarms.handler().isPresent() || !alarms.uses().isEmpty();
    }

    private static String name(SyntaxNode node, Discovery.Found object) {
        String own = object.made().map(Made::name).orElseGet(() -> node.fieldText("name"));
        return own.isEmpty() ? object.exportedAs() : own;
    }

    private static DurableObjectClass outside(Discovery.Found object, List<String> bindings, Optional<Boolean> sqlite) {
        return new DurableObjectClass(
                object.made().map(Made::name).orElse(object.exportedAs()),
                object.exportedAs(),
                object.made(),
                object.made().map(Made::file).orElse(""),
                object.made().map(Made::span).orElse(Span.at(0)),
                object.made().map(Made::line).orElse(0),
                object.declaration(),
                Optional.empty(),
                Optional.empty(),
                bindings,
                sqlite,
                DurableObjectClass.Access.NONE,
                Set.of(),
                WebSocketUse.NONE,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of("Its code is not in this project."));
    }
}
