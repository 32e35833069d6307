package dev.dopi.catalog.rpcmetadata;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.model.Model;
import dev.dopi.model.NameUse;
import dev.dopi.model.NameUse.Kind;
import dev.dopi.model.Worker;
import dev.dopi.pattern.Status;
import dev.dopi.project.Preferences;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one class does with its name.
 *
 * @param runtime asked only where the class has to do with its name
 * @param anonymous its log lines that do not say which object wrote them; read only where it has to do with its name
 */
record RpcMetadata(Worker worker, DurableObjectClass type, LocalRuntime runtime, List<Place> anonymous) {

    RpcMetadata {
        anonymous = List.copyOf(anonymous);
    }

    /** Returns one for every class whose code is in the project. */
    static List<RpcMetadata> in(Project project, Model model) {
        var all = new ArrayList<RpcMetadata>();
        for (Worker worker : model.workers()) {
            for (DurableObjectClass type : worker.durableObjects()) {
                if (type.declaration() != Declaration.EXTERNAL && !type.file().isEmpty()) {
                    all.add(of(project, worker, type));
                }
            }
        }
        return all;
    }

    private static RpcMetadata of(Project project, Worker worker, DurableObjectClass type) {
        boolean concerned =
                type.names().stream().anyMatch(use -> use.kind().reads() || use.kind() == Kind.KEPT_BY_HAND);
        LocalRuntime runtime = concerned
                ? LocalRuntime.of(project, worker.folder())
                : new LocalRuntime(LocalRuntime.Filling.UNKNOWN, "");
        return new RpcMetadata(worker, type, runtime, concerned ? anonymous(project, type) : List.of());
    }

    private static List<Place> anonymous(Project project, DurableObjectClass type) {
        Optional<SourceFile> file = project.read(type.file());
        Optional<Grammar> grammar = Grammar.of(type.file());
        if (file.isEmpty() || grammar.isEmpty()) {
            return List.of();
        }
        boolean unwanted = "no".equals(Preferences.of(project).options().get("rpc-metadata.logs"));
        try (SyntaxTree tree = SyntaxTree.parse(file.get(), grammar.get())) {
            return classIn(tree, type).stream()
                    // Who took the accessors without the log lines has decided about those.
                    .filter(node -> !unwanted && !NameEditor.wasHere(node))
                    .flatMap(node -> LogLine.in(node, type).stream())
                    .map(line -> new Place(line.call().span(), line.call().line()))
                    .toList();
        }
    }

    static Optional<SyntaxNode> classIn(SyntaxTree tree, DurableObjectClass type) {
        return tree.root()
                .descendants(node -> node.span().contains(type.span()))
                .filter(node -> node.span().equals(type.span())
                        && node.is("class_declaration", "class", "abstract_class_declaration"))
                .findFirst();
    }

    List<NameUse> uses(Kind... kinds) {
        return type.names().stream()
                .filter(use -> List.of(kinds).contains(use.kind()))
                .toList();
    }

    List<NameUse> reads() {
        return type.names().stream().filter(use -> use.kind().reads()).toList();
    }

    /** Returns the reads that do not say what holds for an object without a name. */
    List<NameUse> unguarded() {
        return uses(Kind.READ, Kind.CONSTANT_FALLBACK);
    }

    /** Returns the calls that reach objects of this class in ways that give them no name. */
    List<NameUse> nameless() {
        return uses(Kind.MADE_UNIQUE, Kind.MADE_FROM_STRING);
    }

    /** Whether it keeps by hand what the runtime gives it anyway. */
    boolean keepsInVain() {
        return reads().isEmpty()
                && !uses(Kind.KEPT_BY_HAND).isEmpty()
                && runtime.filling().inRequests();
    }

    Status status() {
        if (!unguarded().isEmpty()) {
            return reads().size() > unguarded().size() ? Status.PARTIAL : Status.MISSING;
        }
        if (!reads().isEmpty()) {
            return anonymous.isEmpty() ? Status.PRESENT : Status.PARTIAL;
        }
        if (keepsInVain()) {
            return Status.MISSING;
        }
        return uses(Kind.KEPT_BY_HAND).isEmpty() ? Status.NOT_APPLICABLE : Status.PRESENT;
    }
}
