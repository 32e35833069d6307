package dev.dopi.analysis;

import dev.dopi.analysis.Module.Export;
import dev.dopi.analysis.Module.Reference;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows names through imports, exports, barrels and constants to what they stand for. Ends on cycles. */
final class Resolver {

    private static final List<String> ENDINGS = List.of(
            "",
            ".ts",
            ".tsx",
            ".mts",
            ".cts",
            ".js",
            ".jsx",
            ".mjs",
            ".cjs",
            "/index.ts",
            "/index.tsx",
            "/index.mts",
            "/index.js",
            "/index.mjs",
            "/index.jsx");

    /** A name that is handed on more often is left alone: nobody writes that, and each step takes room on the stack. */
    private static final int MOST_STEPS = 200;

    private final Scripts scripts;
    private final PathAliases aliases;

    Resolver(Scripts scripts) {
        this.scripts = scripts;
        this.aliases = new PathAliases(scripts.project());
    }

    /** Returns what the project's bytes tell of all its Workers. */
    Survey survey() {
        return scripts.survey();
    }

    Project project() {
        return scripts.project();
    }

    /** Returns the project's module that {@code specifier} names in {@code module}, where it names one. */
    Optional<Module> module(Module module, String specifier) {
        return file(module, specifier).flatMap(scripts::module);
    }

    /** What a name stands for. */
    sealed interface Target {
        /** A class in the project. */
        record ClassNode(Module module, SyntaxNode node) implements Target {}

        /** Any other declaration or expression in the project: a constant, a function, a call. */
        record Other(Module module, SyntaxNode node) implements Target {}

        /** A name of a package outside the project. */
        record External(String packageName, String name) implements Target {}
    }

    /** Returns whether two files belong to the same package: whether the nearest package.json above them is the same. */
    boolean samePackage(Module one, Module other) {
        return packageFolder(one).equals(packageFolder(other));
    }

    private Optional<String> packageFolder(Module module) {
        for (String folder = Paths.folder(module.path()); ; folder = Paths.folder(folder)) {
            String manifest = folder.isEmpty() ? "package.json" : folder + "/package.json";
            if (scripts.project().read(manifest).isPresent()) {
                return Optional.of(folder);
            }
            if (folder.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    Optional<Target> exported(Module module, String name) {
        return exported(module, name, new HashSet<>());
    }

    Optional<Target> local(Module module, String name) {
        return local(module, name, new HashSet<>());
    }

    /** Returns what the expression {@code node} of {@code module} stands for. */
    Target value(Module module, SyntaxNode node) {
        return value(module, node, new HashSet<>());
    }

    /** Returns every name that {@code module} exports, through its barrels too. */
    List<String> exportedNames(Module module) {
        var names = new ArrayList<String>();
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(List.of(module));
        while (!open.isEmpty()) {
            Module next = open.removeFirst();
            if (!seen.add(next.path())) {
                continue;
            }
            next.exports().keySet().stream()
                    .filter(name -> next.path().equals(module.path()) || !name.equals("default"))
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
            next.stars()
                    .forEach(star -> file(next, star).flatMap(scripts::module).ifPresent(open::addLast));
        }
        return names;
    }

    private Optional<Target> exported(Module module, String name, Set<String> seen) {
        if (seen.size() > MOST_STEPS || !seen.add(module.path() + " export " + name)) {
            return Optional.empty();
        }
        Export export = module.exports().get(name);
        if (export != null) {
            return switch (export) {
                case Export.Local(String local) -> local(module, local, seen);
                case Export.Remote(Reference reference) -> remote(module, reference, seen);
                case Export.Value(SyntaxNode node) -> Optional.of(value(module, node, seen));
            };
        }
        for (String star : module.stars()) {
            Optional<Target> found =
                    file(module, star).flatMap(scripts::module).flatMap(from -> exported(from, name, seen));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Target> local(Module module, String name, Set<String> seen) {
        if (seen.size() > MOST_STEPS || !seen.add(module.path() + " local " + name)) {
            return Optional.empty();
        }
        Reference imported = module.imports().get(name);
        if (imported != null) {
            return remote(module, imported, seen);
        }
        SyntaxNode declared = module.declarations().get(name);
        if (declared == null) {
            return Optional.empty();
        }
        if (declared.is("variable_declarator")
                && declared.field("name").filter(it -> it.is("identifier")).isPresent()) {
            return declared.field("value").map(value -> value(module, value, seen));
        }
        return Optional.of(asTarget(module, declared));
    }

    private Target value(Module module, SyntaxNode node, Set<String> seen) {
        SyntaxNode bare = Expressions.bare(node);
        if (bare.is("identifier")) {
            return local(module, bare.text(), seen).orElseGet(() -> new Target.Other(module, bare));
        }
        if (bare.is("member_expression")) {
            Reference space = module.imports().get(bare.fieldText("object"));
            if (space != null && space.name().equals("*")) {
                return remote(module, new Reference(space.specifier(), bare.fieldText("property")), seen)
                        .orElseGet(() -> new Target.Other(module, bare));
            }
        }
        return asTarget(module, bare);
    }

    private Optional<Target> remote(Module module, Reference reference, Set<String> seen) {
        Optional<Target> inside = file(module, reference.specifier())
                .flatMap(scripts::module)
                .flatMap(from -> exported(from, reference.name().equals("*") ? "default" : reference.name(), seen));
        // A package that the project only has a namesake of is outside it all the same.
        return inside.isPresent() || Specifiers.isRelative(reference.specifier())
                ? inside
                : Optional.of(new Target.External(reference.specifier(), reference.name()));
    }

    /** Returns the folder of the manifest that the file at {@code path} belongs to; the root's where there is none. */
    String packageFolder(String path) {
        String folder = Paths.folder(path);
        while (!folder.isEmpty()
                && scripts.project().read(folder + "/package.json").isEmpty()) {
            folder = Paths.folder(folder);
        }
        return folder;
    }

    /** Whether {@code specifier} names a package that {@code module} may have from outside the project. */
    boolean isPackage(Module module, String specifier) {
        return aliases.packages().mayComeFromOutside(module.path(), specifier);
    }

    /** Returns the names of the published packages whose source the file at {@code path} belongs to, the innermost first. */
    List<String> packagesAround(String path) {
        return aliases.packages().around(path);
    }

    /** Whether the package in {@code folder} is made for others than the project. */
    boolean isPublished(String folder) {
        return aliases.packages().isPublished(folder);
    }

    private static Target asTarget(Module module, SyntaxNode node) {
        return Expressions.isClass(node) ? new Target.ClassNode(module, node) : new Target.Other(module, node);
    }

    /** Returns the project's file that {@code specifier} names in {@code module}, where it names one. */
    Optional<String> file(Module module, String specifier) {
        return file(module.path(), specifier);
    }

    /** Returns the project's file that {@code specifier} names in the script at {@code path}, where it names one. */
    Optional<String> file(String path, String specifier) {
        if (Specifiers.isRelative(specifier)) {
            return withEnding(Paths.join(Paths.folder(path), specifier));
        }
        for (String candidate : aliases.candidates(path, specifier)) {
            Optional<String> file = withEnding(Optional.of(candidate));
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    Optional<String> withEnding(Optional<String> path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        for (String ending : ENDINGS) {
            String candidate = path.get() + ending;
            if (scripts.has(candidate)) {
                return Optional.of(candidate);
            }
        }
        // TypeScript lets a file be imported under the name that it will have once compiled.
        String bare = path.get().replaceFirst("\\.([mc]?)jsx?$", "");
        if (!bare.equals(path.get())) {
            return List.of(".ts", ".tsx", ".mts", ".cts").stream()
                    .map(ending -> bare + ending)
                    .filter(scripts::has)
                    .findFirst();
        }
        return Optional.empty();
    }
}
