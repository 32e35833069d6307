package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.WranglerConfig;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the Durable Object classes of each Worker, by its configuration and by what its entry file exports. */
final class Discovery {

    private static final Pattern TEST_PATH = Pattern.compile(
            "(^|/)(test|tests|__tests__|__mocks__|e2e|spec|examples?|fixtures?|scripts)/|\\.(test|spec|bench)\\.[mc]?[jt]sx?$"
                    + "|(^|/)(vite|vitest|jest|playwright|rollup|webpack|eslint|tsup)[.\\w]*\\.config\\.[mc]?[jt]s$");

    private final Scripts scripts;
    private final Resolver resolver;
    private final Heritage heritage;
    private final List<Diagnostic> diagnostics;
    private final Relevance relevance;

    Discovery(Scripts scripts, Resolver resolver, Heritage heritage, List<Diagnostic> diagnostics) {
        this.scripts = scripts;
        this.resolver = resolver;
        this.heritage = heritage;
        this.diagnostics = diagnostics;
        this.relevance = new Relevance(scripts.project(), resolver);
    }

    /** Has the scripts that {@link #in} will probably ask for parsed ahead, on the other processors. */
    void expect(List<WranglerConfig> configs) {
        relevance.expect(configs, scripts::expect);
    }

    /**
     * A class that is a Durable Object.
     *
     * @param site where its code stands; empty where that is a package outside the project
     */
    record Found(String exportedAs, Declaration declaration, Optional<Target.ClassNode> site) {}

    /** Returns the objects of the Worker that {@code config} describes, in the order in which it names them. */
    List<Found> in(WranglerConfig config, List<WranglerConfig> all) {
        if (!relevance.mayHoldObjects(config)) {
            return List.of();
        }
        Optional<Module> entry = config.main()
                .flatMap(main -> resolver.withEnding(Optional.of(main)))
                .flatMap(scripts::module);
        var found = new LinkedHashMap<String, Found>();
        for (var named : namedIn(config).entrySet()) {
            Optional<Found> object = entry.isPresent()
                    ? resolver.exported(entry.get(), named.getKey()).flatMap(it -> object(named.getKey(), it, true))
                    : searched(config, all, named.getKey());
            object.or(() -> externalStar(entry, named.getKey()))
                    .ifPresentOrElse(
                            it -> found.put(named.getKey(), it),
                            () -> missing(config, entry, named.getKey(), named.getValue()));
        }
        entry.ifPresent(module -> exportedObjects(module, found));
        return List.copyOf(found.values());
    }

    /** Returns the names of the classes that the Worker must hold, each with the line that says so. */
    private static Map<String, Integer> namedIn(WranglerConfig config) {
        var names = new LinkedHashMap<String, Integer>();
        config.bindings().stream()
                .filter(binding ->
                        binding.scriptName().isEmpty() || binding.scriptName().equals(config.name()))
                .forEach(binding -> names.putIfAbsent(binding.className(), binding.line()));
        config.classes().forEach(declared -> names.putIfAbsent(declared.className(), declared.line()));
        return names;
    }

    private void exportedObjects(Module entry, Map<String, Found> found) {
        for (String name : resolver.exportedNames(entry)) {
            if (!found.containsKey(name)) {
                resolver.exported(entry, name)
                        .flatMap(target -> object(name, target, false))
                        .filter(it -> it.site().isPresent() && !sameSite(found, it))
                        .ifPresent(it -> found.put(name, it));
            }
        }
    }

    private static boolean sameSite(Map<String, Found> found, Found other) {
        return found.values().stream().flatMap(each -> each.site().stream()).anyMatch(site -> other.site()
                .filter(it -> it.node().span().equals(site.node().span())
                        && it.module().path().equals(site.module().path()))
                .isPresent());
    }

    /** Returns what {@code target} is as a Durable Object; {@code named} when the configuration says that it is one. */
    private Optional<Found> object(String name, Target target, boolean named) {
        return switch (target) {
            case Target.External external ->
                named && !external.packageName().startsWith("cloudflare:")
                        ? Optional.of(new Found(name, Declaration.EXTERNAL, Optional.empty()))
                        : Optional.empty();
            case Target.ClassNode site -> classObject(name, site, named);
            case Target.Other(Module module, SyntaxNode node) -> made(name, module, node, named);
        };
    }

    private Optional<Found> classObject(String name, Target.ClassNode site, boolean named) {
        Heritage.Kind kind = heritage.of(site);
        if (kind.surelyNot() || !named && (kind.declaration().isEmpty() || isAbstract(site.node()))) {
            return Optional.empty();
        }
        Declaration plain = kind.base().isPresent() ? Declaration.SUBCLASS : Declaration.PLAIN;
        return Optional.of(new Found(name, kind.declaration().orElse(plain), Optional.of(site)));
    }

    /** A value that is a class once it is made: {@code wrap(Base, …)}, or a factory of the project's own. */
    private Optional<Found> made(String name, Module module, SyntaxNode node, boolean named) {
        SyntaxNode call = node.is("variable_declarator")
                ? node.field("value").map(Expressions::bare).orElse(node)
                : node;
        if (!call.is("call_expression")) {
            return Optional.empty();
        }
        Optional<Target.ClassNode> built = call.field("function")
                .map(function -> resolver.value(module, function))
                .flatMap(target -> target instanceof Target.Other(Module home, SyntaxNode function)
                        ? classWithin(home, function, name)
                        : Optional.empty());
        for (SyntaxNode argument : Expressions.arguments(call)) {
            if (resolver.value(module, argument) instanceof Target.ClassNode site) {
                boolean sure = heritage.of(site).declaration().isPresent();
                if (sure || named) {
                    Declaration declaration = built.isPresent() ? Declaration.FACTORY : Declaration.WRAPPER;
                    return Optional.of(new Found(name, declaration, Optional.of(built.orElse(site))));
                }
            }
        }
        if (built.isPresent()
                && (named || heritage.of(built.get()).declaration().isPresent())) {
            return Optional.of(new Found(name, Declaration.FACTORY, built));
        }
        return named ? Optional.of(new Found(name, Declaration.FACTORY, Optional.empty())) : Optional.empty();
    }

    /** Returns the class that {@code function} makes: the one called {@code name}, else the only one in it. */
    private static Optional<Target.ClassNode> classWithin(Module module, SyntaxNode function, String name) {
        if (!Expressions.isFunction(function)) {
            return Optional.empty();
        }
        List<SyntaxNode> classes =
                function.descendants().filter(Expressions::isClass).toList();
        return classes.stream()
                .filter(node -> node.fieldText("name").equals(name))
                .findFirst()
                .or(() -> classes.size() == 1 ? Optional.of(classes.getFirst()) : Optional.empty())
                .map(node -> new Target.ClassNode(module, node));
    }

    /** Looks through the Worker's folder where its entry file is not there to ask, as when it is build output. */
    private Optional<Found> searched(WranglerConfig config, List<WranglerConfig> all, String name) {
        Set<String> others = new LinkedHashSet<>();
        all.forEach(other -> others.add(other.folder()));
        others.remove(config.folder());
        var matches = new ArrayList<Found>();
        for (String path : scripts.project().paths()) {
            if (isUnder(path, config.folder())
                    && others.stream()
                            .noneMatch(
                                    folder -> folder.length() > config.folder().length() && isUnder(path, folder))
                    && isSource(path)
                    && scripts.project().mentions(path, name)) {
                scripts.module(path)
                        .flatMap(module -> resolver.exported(module, name).or(() -> resolver.local(module, name)))
                        .filter(Target.ClassNode.class::isInstance)
                        .flatMap(target -> object(name, target, true))
                        .ifPresent(matches::add);
            }
        }
        return matches.stream().findFirst();
    }

    /** A name that may come out of a package that the entry re-exports whole. */
    private Optional<Found> externalStar(Optional<Module> entry, String name) {
        return entry.filter(module -> module.stars().stream()
                        .anyMatch(star -> resolver.file(module, star).isEmpty() && !star.startsWith(".")))
                .map(_ -> new Found(name, Declaration.EXTERNAL, Optional.empty()));
    }

    private void missing(WranglerConfig config, Optional<Module> entry, String name, int line) {
        if (config.main().filter(main -> main.endsWith(".py")).isPresent()) {
            diagnostics.add(Diagnostic.warning(
                    config.path(),
                    line,
                    "The class %s is written in Python, which is not supported yet.".formatted(name)));
            return;
        }
        String where = entry.map(module -> module.path() + " does not export it")
                .orElseGet(() -> config.main()
                        .map(main -> main
                                + " is not there, or cannot be read, and no script in the Worker's folder declares it")
                        .orElse("the configuration names no main and no script in its folder declares it"));
        diagnostics.add(
                Diagnostic.error(config.path(), line, "The class %s is bound here, but %s.".formatted(name, where)));
    }

    /** Returns the objects in scripts that no Worker's folder holds, as in a library. */
    List<Found> outside(List<WranglerConfig> configs) {
        var found = new ArrayList<Found>();
        for (String path : scripts.project().paths()) {
            if (isSource(path)
                    && configs.stream().noneMatch(config -> isUnder(path, config.folder()))
                    && scripts.project().mentions(path, "extends")
                    && relevance.mayDeclareObject(path)) {
                scripts.module(path).ifPresent(module -> ownObjects(module, found));
            }
        }
        return found;
    }

    private void ownObjects(Module module, List<Found> found) {
        module.exports().forEach((name, export) -> {
            if (!(export instanceof Module.Export.Remote)) {
                resolver.exported(module, name)
                        .filter(target -> target instanceof Target.ClassNode site
                                && site.module().path().equals(module.path()))
                        .flatMap(target -> object(name, target, false))
                        .ifPresent(found::add);
            }
        });
    }

    private static boolean isAbstract(SyntaxNode node) {
        return node.is("abstract_class_declaration");
    }

    private static boolean isUnder(String path, String folder) {
        return folder.isEmpty() || path.startsWith(folder + "/");
    }

    private static boolean isSource(String path) {
        return dev.dopi.syntax.Grammar.of(path).isPresent()
                && !TEST_PATH.matcher(path.toLowerCase(Locale.ROOT)).find();
    }
}
