package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.model.DurableObjectClass.Made;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.WranglerConfig;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the Durable Object classes of each Worker, by its configuration and by what its entry file exports. */
final class Discovery {

    private final Scripts scripts;
    private final Resolver resolver;
    private final Heritage heritage;
    private final MadeClasses made;
    private final WorkerEntry entries;
    private final Missing missing;
    private final List<Diagnostic> diagnostics;
    private final Relevance relevance;

    Discovery(Scripts scripts, Resolver resolver, Heritage heritage, List<Diagnostic> diagnostics) {
        this.scripts = scripts;
        this.resolver = resolver;
        this.heritage = heritage;
        this.made = new MadeClasses(resolver, heritage);
        this.entries = new WorkerEntry(scripts, resolver);
        this.missing = new Missing(scripts.project(), diagnostics);
        this.diagnostics = diagnostics;
        this.relevance = new Relevance(scripts.project(), scripts.survey(), resolver);
    }

    /** Has the scripts that {@link #in} will probably ask for parsed ahead, on the other processors. */
    void expect(List<WranglerConfig> configs) {
        relevance.expect(configs, scripts::expect);
    }

    /**
     * A class that is a Durable Object.
     *
     * @param site where its code stands; empty where that is a package outside the project
     * @param kind what is known of its heritage, where that is more than its own code says
     * @param made the call that makes it, for a class that is not exported as it is written
     */
    record Found(
            String exportedAs,
            Declaration declaration,
            Optional<Target.ClassNode> site,
            Optional<Heritage.Kind> kind,
            Optional<Made> made) {

        private static Found written(String name, Declaration declaration, Target.ClassNode site) {
            return new Found(name, declaration, Optional.of(site), Optional.empty(), Optional.empty());
        }

        private static Found external(String name) {
            return new Found(name, Declaration.EXTERNAL, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Returns the file that the class stands in, or that the call stands in that makes it; empty for a package's. */
        private String file() {
            return site.map(it -> it.module().path())
                    .or(() -> made.map(Made::file))
                    .orElse("");
        }
    }

    /** Returns the objects of the Worker that {@code config} describes, in the order in which it names them. */
    List<Found> in(WranglerConfig config, List<WranglerConfig> all) {
        if (!relevance.mayHoldObjects(config)) {
            return List.of();
        }
        Optional<Module> entry = entries.of(config);
        missing.elsewhere(config, all);
        // What a bundler wrote is nobody's to change: the classes are looked for where they were written.
        boolean bundled = entry.filter(module -> Bundles.holds(scripts.project(), module.path()))
                .isPresent();
        boolean inSources = bundled;
        var found = new LinkedHashMap<String, Found>();
        for (WranglerConfig.Named named : config.named()) {
            String name = named.className();
            Optional<Target> target = entry.flatMap(module -> resolver.exported(module, name));
            Optional<Found> own = target.filter(it -> isOutside(entry, it))
                    .flatMap(_ -> searched(config, all, Optional.empty(), named).filter(this::saysSo));
            Optional<Found> source =
                    bundled ? searched(config, all, Optional.empty(), named).filter(this::saysSo) : Optional.empty();
            inSources &= source.isPresent();
            source.or(() -> own)
                    .or(() -> target.flatMap(it -> object(name, it, true)))
                    .or(() -> externalStar(entry, name))
                    .or(() -> searched(config, all, entry, named))
                    .ifPresentOrElse(it -> found.put(name, it), () -> missing.report(config, entry, named));
        }
        if (!inSources) {
            entry.ifPresent(module -> exportedObjects(module, found));
        }
        return List.copyOf(found.values());
    }

    /** Whether {@code target} has no home: in no file of the project, and in no package that its manifests name. */
    private boolean isOutside(Optional<Module> entry, Target target) {
        return target instanceof Target.External(String specifier, String _)
                && entry.filter(module -> !resolver.isPackage(module, specifier))
                        .isPresent();
    }

    /** Returns those of {@code objects} that are no test's, and says how many are. */
    List<Found> withoutTests(WranglerConfig config, List<Found> objects) {
        List<Found> real = objects.stream()
                .filter(each -> !ScriptPaths.isTest(each.file()))
                .toList();
        int tests = objects.size() - real.size();
        if (tests > 0) {
            diagnostics.add(Diagnostic.info(
                    config.path(),
                    0,
                    tests == 1
                            ? "A class of this Worker stands in a test's file and is not listed."
                            : "%d classes of this Worker stand in tests' files and are not listed.".formatted(tests)));
        }
        return real;
    }

    private void exportedObjects(Module entry, Map<String, Found> found) {
        for (String name : resolver.exportedNames(entry)) {
            // The default export is the Worker itself, whatever it is made of.
            if (!found.containsKey(name) && !name.equals("default")) {
                resolver.exported(entry, name)
                        .flatMap(target -> object(name, target, false))
                        .filter(it -> it.site().isPresent() && !isThereAlready(found, it))
                        .ifPresent(it -> found.put(name, it));
            }
        }
    }

    /** Whether the very class is among {@code found}; two classes that a factory makes of one text are two. */
    private static boolean isThereAlready(Map<String, Found> found, Found other) {
        return found.values().stream()
                .filter(each -> other.made().isEmpty() || each.made().equals(other.made()))
                .anyMatch(each -> each.site().equals(other.site()));
    }

    /** Returns what {@code target} is as a Durable Object; {@code named} when the configuration says that it is one. */
    private Optional<Found> object(String name, Target target, boolean named) {
        return switch (target) {
            case Target.External external ->
                named && !external.packageName().startsWith("cloudflare:")
                        ? Optional.of(Found.external(name))
                        : Optional.empty();
            case Target.ClassNode site -> classObject(name, site, named);
            case Target.Other(Module module, SyntaxNode node) -> made.of(name, module, node, named);
        };
    }

    private Optional<Found> classObject(String name, Target.ClassNode site, boolean named) {
        Heritage.Kind kind = heritage.of(site);
        if (kind.surelyNot() || !named && (kind.declaration().isEmpty() || isAbstract(site.node()))) {
            return Optional.empty();
        }
        Declaration plain = kind.base().isPresent() ? Declaration.SUBCLASS : Declaration.PLAIN;
        return Optional.of(Found.written(name, kind.declaration().orElse(plain), site));
    }

    /**
     * Looks through the Worker's folder for a class that its entry cannot be asked for: because that is build output, or
     * does not export it though the configuration names it.
     */
    private Optional<Found> searched(
            WranglerConfig config, List<WranglerConfig> all, Optional<Module> entry, WranglerConfig.Named named) {
        if (entry.isPresent() && !named.bound()) {
            return Optional.empty();
        }
        var matches = new ArrayList<Found>();
        for (String path : scripts.project().paths()) {
            if (config.holds(path, all)
                    && ScriptPaths.isSource(path, config.folder())
                    && scripts.project().mentions(path, named.className())
                    && !Bundles.holds(scripts.project(), path)) {
                scripts.module(path)
                        .flatMap(module -> own(module, named.className()))
                        .filter(it -> it.file().equals(path))
                        .ifPresent(matches::add);
            }
        }
        Optional<Found> sure = matches.stream().filter(this::saysSo).findFirst();
        if (entry.isPresent()) {
            sure.ifPresent(it -> missing.unexported(config, entry.get(), named, it.file()));
            return sure;
        }
        return sure.or(() -> matches.stream().findFirst());
    }

    private Optional<Found> own(Module module, String name) {
        return resolver.exported(module, name)
                .or(() -> resolver.local(module, name))
                .flatMap(target -> object(name, target, true));
    }

    private boolean saysSo(Found object) {
        return object.kind()
                .or(() -> object.site().map(heritage::of))
                .flatMap(Heritage.Kind::declaration)
                .isPresent();
    }

    /** A name that may come out of a package that the entry re-exports whole. */
    private Optional<Found> externalStar(Optional<Module> entry, String name) {
        return entry.filter(module -> module.stars().stream()
                        .anyMatch(star -> resolver.file(module, star).isEmpty() && !star.startsWith(".")))
                .map(_ -> Found.external(name));
    }

    /**
     * Returns the objects in scripts that belong to no Worker, as in a library.
     *
     * @param inWorkers those of the project's Workers
     */
    List<Found> outside(List<WranglerConfig> configs, List<Found> inWorkers) {
        var library = new Library(resolver, heritage, configs, inWorkers, diagnostics);
        var found = new ArrayList<Found>();
        for (String path : scripts.project().paths()) {
            if (Grammar.of(path).isPresent()
                    && scripts.survey().of(path).mayBeObjects()
                    && ScriptPaths.isSource(path)
                    && library.holds(path)
                    && relevance.mayDeclareObject(path)
                    && !Bundles.holds(scripts.project(), path)) {
                scripts.module(path).ifPresent(module -> ownObjects(module, library, found));
            }
        }
        AlchemyClasses.in(scripts)
                .forEach((folder, names) -> names.forEach(name -> boundBelow(folder, name)
                        .filter(it -> Stream.concat(inWorkers.stream(), found.stream())
                                .noneMatch(other -> other.site().equals(it.site())))
                        .ifPresent(found::add)));
        return found;
    }

    /** Looks below {@code folder} for a class that is bound there by its name alone. */
    private Optional<Found> boundBelow(String folder, String name) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return scripts.project().paths().stream()
                .filter(path -> path.startsWith(prefix)
                        && ScriptPaths.isSource(path, folder)
                        && scripts.project().mentions(path, "class " + name)
                        && !Bundles.holds(scripts.project(), path))
                .flatMap(
                        path -> scripts
                                .module(path)
                                .flatMap(module -> own(module, name))
                                .filter(it -> it.file().equals(path))
                                .stream())
                .findFirst();
    }

    private void ownObjects(Module module, Library library, List<Found> found) {
        module.exports().forEach((name, export) -> {
            if (!(export instanceof Module.Export.Remote)
                    && resolver.exported(module, name).orElse(null) instanceof Target.ClassNode site
                    && site.module().path().equals(module.path())) {
                library.object(site)
                        .map(declaration -> Found.written(name, declaration, site))
                        .ifPresent(found::add);
            }
        });
    }

    static boolean isAbstract(SyntaxNode node) {
        return node.is("abstract_class_declaration");
    }
}
