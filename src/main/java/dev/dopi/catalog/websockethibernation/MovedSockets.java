package dev.dopi.catalog.websockethibernation;

import dev.dopi.analysis.Analyzer;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdits;
import java.util.List;
import java.util.Set;

/**
 * A class whose sockets were moved to hibernation, as it is read then: what follows is planned on that.
 *
 * @param project as it would be
 * @param match the class there
 * @param edits of the class's file, as it is
 * @param registries the fields that the sockets fill again
 */
record MovedSockets(Project project, SocketHolder match, TextEdits edits, Set<String> registries) {

    /** Returns the class with its sockets moved, and with {@code first} done before. */
    static MovedSockets of(Project project, SocketHolder match, TextEdits first) throws NotMovable {
        Project ready = first.edits().isEmpty() ? project : with(project, match, first);
        SocketHolder found = first.edits().isEmpty() ? match : again(ready, match);
        try (ClassSource source = ClassSource.of(ready, found.type())) {
            ConnectionCode code = ConnectionCode.of(source.tree(), source.node(), found.type());
            var move = new TextEdits(new SocketEdits(ready, found, source.tree(), code).all());
            TextEdits edits = first.then(move);
            Project moved = with(project, match, edits);
            return new MovedSockets(moved, again(moved, match), edits, code.registries());
        }
    }

    private static Project with(Project project, SocketHolder match, TextEdits edits) throws NotMovable {
        String path = match.type().file();
        SourceFile file =
                project.read(path).orElseThrow(() -> new NotMovable("%s cannot be read.".formatted(path)));
        return project.with(List.of(new SourceFile(path, edits.applyTo(file.text()))));
    }

    private static SocketHolder again(Project project, SocketHolder match) throws NotMovable {
        return Analyzer.analyse(project, _ -> {}).model().workers().stream()
                .filter(worker -> worker.id().equals(match.worker().id()))
                .flatMap(worker -> worker.durableObjects().stream()
                        .filter(type -> type.className().equals(match.type().className())
                                && type.file().equals(match.type().file()))
                        .map(type -> match.with(worker, type)))
                .findFirst()
                .orElseThrow(() -> new NotMovable("The class could not be found again in %s."
                        .formatted(match.type().file())));
    }
}
