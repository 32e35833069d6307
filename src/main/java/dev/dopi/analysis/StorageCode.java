package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.analysis.StorageRoles.Passed;
import dev.dopi.source.Paths;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The code that works on one object's storage: its class, its base classes in the project, and the project's functions
 * and classes that it passes its state or storage to.
 *
 * <p>What is passed on to code outside the project, or in a way that is not followed, is a doubt.
 */
final class StorageCode {

    private static final int MOST = 60;
    /** What a query builder is made of. */
    private static final Pattern MAPPER = Pattern.compile("Kysely|\\w+Dialect");

    private static final Set<String> ALARM_CALLS = Set.of("setAlarm", "deleteAlarm", "deleteAll");

    private final Resolver resolver;
    private final List<Unit> units = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /**
     * One piece of it.
     *
     * @param code the class's or function's body, with what its names mean
     * @param kind whose code it is
     * @param caller the call that leads to it, where it is a helper
     */
    record Unit(ClassBody code, Kind kind, Optional<Caller> caller) {

        boolean own() {
            return kind == Kind.OWN;
        }
    }

    /** Whose code a unit is. */
    enum Kind {
        OWN,
        BASE,
        HELPER
    }

    /** A call in a unit. */
    record Caller(Unit unit, SyntaxNode call) {}

    private StorageCode(Resolver resolver) {
        this.resolver = resolver;
    }

    static StorageCode of(Target.ClassNode site, Heritage.Kind heritage, Resolver resolver) {
        var code = new StorageCode(resolver);
        List<Target.ClassNode> bases = heritage.ancestors();
        Optional<StorageRoles> above = Optional.empty();
        var read = new ArrayList<Unit>();
        for (Target.ClassNode base : bases.reversed()) {
            StorageRoles roles = above.map(it -> StorageRoles.below(it, base.node()))
                    .orElseGet(() -> new StorageRoles(base.node(), true));
            above = Optional.of(roles);
            if (code.belongsTo(site.module(), base.module())) {
                read.add(new Unit(body(base, roles), Kind.BASE, Optional.empty()));
            }
        }
        StorageRoles own = above.map(it -> StorageRoles.below(it, site.node()))
                .orElseGet(() -> new StorageRoles(site.node(), heritage.base().isPresent()));
        code.units.add(new Unit(body(site, own), Kind.OWN, Optional.empty()));
        code.units.addAll(read.reversed());
        code.follow();
        return code;
    }

    private static ClassBody body(Target.ClassNode site, StorageRoles roles) {
        return new ClassBody(site.module(), site.node().field("body").orElse(site.node()), roles);
    }

    /** Returns every unit, the class itself first. */
    List<Unit> units() {
        return List.copyOf(units);
    }

    /** Returns the class's own body. */
    ClassBody own() {
        return units.getFirst().code();
    }

    /** Returns the class and its bases, whose methods call each other as {@code this.method()}. */
    Stream<Unit> classes() {
        return units.stream().filter(unit -> unit.kind() != Kind.HELPER);
    }

    /** Returns what is not followed, as sentences. */
    List<String> doubts() {
        return List.copyOf(doubts);
    }

    private void follow() {
        var open = new ArrayDeque<>(units);
        while (!open.isEmpty()) {
            Unit unit = open.removeFirst();
            List<SyntaxNode> calls = unit.code()
                    .body()
                    .descendants()
                    .filter(node -> node.is("call_expression", "new_expression"))
                    .filter(call -> !call.fieldText("function").equals("super"))
                    .toList();
            for (SyntaxNode call : calls) {
                List<Passed> passed = unit.code().roles().passed(call);
                if (passed.stream().anyMatch(Passed::isSomething)) {
                    follow(unit, call, passed).ifPresent(open::addLast);
                }
            }
        }
    }

    private Optional<Unit> follow(Unit unit, SyntaxNode call, List<Passed> passed) {
        SyntaxNode callee = call.field("function")
                .or(() -> call.field("constructor"))
                .map(Expressions::bare)
                .orElse(call);
        if (isOwnMethod(callee) || isKnown(unit, callee, passed)) {
            return Optional.empty();
        }
        Optional<Target> target = target(unit, callee);
        Optional<Unit> next = target.flatMap(it -> unit(it, passed, new Caller(unit, call)))
                .filter(it -> belongsTo(own().module(), it.code().module()));
        if (next.isEmpty()) {
            doubt(unit, call, callee, passed);
            return Optional.empty();
        }
        String key = next.get().code().module().path()
                + " "
                + next.get().code().body().span().start() + " " + passed;
        if (!seen.add(key)) {
            return Optional.empty();
        }
        if (units.size() >= MOST) {
            doubts.add("Its storage is passed on to more code than is followed.");
            return Optional.empty();
        }
        units.add(next.get());
        alarms(next.get());
        return next;
    }

    /**
     * Whether {@code other} is the project's own code to the class in {@code own}: another package of a workspace that is
     * published is a library, as if it were installed.
     */
    private boolean belongsTo(Module own, Module other) {
        String folder = packageOf(other.path());
        return packageOf(own.path()).equals(folder) || !resolver.isPublished(folder);
    }

    private String packageOf(String path) {
        String folder = Paths.folder(path);
        while (!folder.isEmpty()
                && resolver.project().read(folder + "/package.json").isEmpty()) {
            folder = Paths.folder(folder);
        }
        return folder;
    }

    private boolean isOwnMethod(SyntaxNode callee) {
        return callee.is("member_expression")
                && callee.fieldText("object").equals("this")
                && classes().anyMatch(unit -> unit.code().members().anyMatch(member -> ClassBody.memberName(member)
                        .equals(callee.fieldText("property"))));
    }

    /** Whether the call makes or sets up a mapper, whose statements are read where they are made. */
    private boolean isKnown(Unit unit, SyntaxNode callee, List<Passed> passed) {
        if (callee.hasText("drizzle") || MAPPER.matcher(callee.text()).matches()) {
            return true;
        }
        boolean onlyMapper = passed.stream()
                .flatMap(it -> it.role().stream())
                .allMatch(role -> role == Role.ORM || role == Role.BUILDER || role == Role.ID);
        return onlyMapper
                        && target(unit, callee)
                                .filter(it -> it instanceof Target.External external
                                        && external.packageName().startsWith("drizzle-orm"))
                                .isPresent()
                || onlyMapper
                        && callee.field("object")
                                .filter(it -> it.is("call_expression")
                                        && it.fieldText("function").equals("sql"))
                                .isPresent();
    }

    private Optional<Target> target(Unit unit, SyntaxNode callee) {
        Module module = unit.code().module();
        if (callee.is("identifier")) {
            Optional<SyntaxNode> nested = nested(unit.code().body(), callee.text());
            return nested.<Optional<Target>>map(node -> Optional.of(new Target.Other(module, node)))
                    .orElseGet(() -> Optional.of(resolver.value(module, callee)));
        }
        if (!callee.is("member_expression")) {
            return Optional.empty();
        }
        Target value = resolver.value(module, callee);
        if (value instanceof Target.Other(Module there, SyntaxNode node) && node.is("member_expression")) {
            Target object =
                    callee.field("object").map(it -> resolver.value(there, it)).orElse(value);
            return object instanceof Target.ClassNode(Module home, SyntaxNode type)
                    ? type.field("body").stream()
                            .flatMap(body -> body.children().stream())
                            .filter(member -> member.is("method_definition") && member.has("static"))
                            .filter(member -> member.fieldText("name").equals(callee.fieldText("property")))
                            .findFirst()
                            .map(method -> new Target.Other(home, method))
                    : Optional.empty();
        }
        return Optional.of(value);
    }

    /** A function that is declared within the same body. */
    private static Optional<SyntaxNode> nested(SyntaxNode body, String name) {
        return body.descendants()
                .filter(node -> node.is("variable_declarator", "function_declaration")
                        && node.fieldText("name").equals(name))
                .flatMap(node -> node.is("variable_declarator")
                        ? node.field("value").map(Expressions::bare).stream()
                        : Stream.of(node))
                .filter(Expressions::isFunction)
                .findFirst();
    }

    private static Optional<Unit> unit(Target target, List<Passed> passed, Caller caller) {
        return switch (target) {
            case Target.External _ -> Optional.empty();
            case Target.ClassNode(Module module, SyntaxNode node) ->
                Optional.of(new Unit(
                        new ClassBody(
                                module,
                                node.field("body").orElse(node),
                                StorageRoles.called(
                                        node, passed, caller.unit().code().roles())),
                        Kind.HELPER,
                        Optional.of(caller)));
            case Target.Other(Module module, SyntaxNode node) ->
                Expressions.isFunction(node)
                        ? Optional.of(new Unit(
                                new ClassBody(
                                        module,
                                        node,
                                        StorageRoles.called(
                                                node,
                                                passed,
                                                caller.unit().code().roles())),
                                Kind.HELPER,
                                Optional.of(caller)))
                        : Optional.empty();
        };
    }

    /** The module by which jobs share the alarm sets it for the class, whose own uses go through it. */
    private static boolean sharesTheAlarm(Unit helper) {
        return helper.code().module().path().matches("(.*/)?alarm-jobs\\.(ts|js)")
                && helper.code()
                        .body()
                        .parent()
                        .filter(type -> type.fieldText("name").equals("AlarmJobs"))
                        .isPresent();
    }

    private void alarms(Unit helper) {
        if (sharesTheAlarm(helper)) {
            return;
        }
        helper.code()
                .calls()
                .filter(call -> Expressions.calledProperty(call)
                        .filter(ALARM_CALLS::contains)
                        .isPresent())
                .filter(call -> Expressions.object(call)
                        .filter(object -> helper.code().means(object, Role.STORAGE))
                        .isPresent())
                .findFirst()
                .ifPresent(call -> doubts.add("%s:%d uses %s of its storage, outside the class."
                        .formatted(
                                helper.code().module().path(),
                                call.line(),
                                Expressions.calledProperty(call).orElse("the alarm"))));
    }

    private void doubt(Unit unit, SyntaxNode call, SyntaxNode callee, List<Passed> passed) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        for (int i = 0; i < Math.min(arguments.size(), passed.size()); i++) {
            boolean itself =
                    passed.get(i).role().filter(it -> it == Role.OBJECT).isPresent();
            if (passed.get(i).isSomething() && !itself) {
                String place = unit.own()
                        ? "line " + call.line()
                        : unit.code().module().path() + ":" + call.line();
                doubts.add("%s is passed to %s in %s: what happens to it there is not followed."
                        .formatted(short_(arguments.get(i).text()), callee.text(), place));
                return;
            }
        }
    }

    private static String short_(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
