package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.Optional;

/** A class found again in its file. To be closed, since its nodes are read from the tree. */
record ClassSource(SyntaxTree tree, SyntaxNode node) implements AutoCloseable {

    static ClassSource of(Project project, DurableObjectClass type) throws NotMovable {
        Optional<SourceFile> file = project.read(type.file());
        Optional<Grammar> grammar = Grammar.of(type.file());
        if (file.isEmpty() || grammar.isEmpty()) {
            throw new NotMovable("%s cannot be read.".formatted(type.file()));
        }
        SyntaxTree tree = SyntaxTree.parse(file.get(), grammar.get());
        Optional<SyntaxNode> node = tree.root()
                .descendants(each -> each.span().contains(type.span()))
                .filter(each ->
                        each.span().equals(type.span()) && each.field("body").isPresent())
                .findFirst();
        if (node.isEmpty()) {
            tree.close();
            throw new NotMovable("The class could not be found again in %s.".formatted(type.file()));
        }
        return new ClassSource(tree, node.get());
    }

    @Override
    public void close() {
        tree.close();
    }
}
