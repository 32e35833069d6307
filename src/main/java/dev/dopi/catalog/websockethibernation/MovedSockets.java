package dev.dopi.catalog.websockethibernation;

import dev.dopi.analysis.Analyzer;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdits;
import java.util.List;
import java.util.Optional;
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

    /** Returns the class with its sockets moved. */
    static MovedSockets of(Project project, SocketHolder match) throws NotMovable {
        try (ClassSource source = ClassSource.of(project, match.type())) {
            ConnectionCode code = ConnectionCode.of(source.tree(), source.node(), match.type());
            var edits = new TextEdits(new SocketEdits(project, match, source.tree(), code).all());
            Project moved = with(project, match, edits);
            return new MovedSockets(moved, again(moved, match), edits, code.registries());
        }
    }

    /** Returns the same with the class's fixed answer given by the runtime. */
    MovedSockets answering(Project before) throws NotMovable {
        try (ClassSource source = ClassSource.of(project, match.type())) {
            Optional<FixedAnswer> answer =
                    AutoResponse.search(source.node(), match.type()).found();
            if (answer.isEmpty()) {
                return this;
            }
            var more = new TextEdits(AutoResponse.edits(source, match.type(), answer.get()));
            TextEdits all = edits.then(more);
            Project answering = with(before, match, all);
            return new MovedSockets(answering, again(answering, match), all, registries);
        }
    }

    private static Project with(Project project, SocketHolder match, TextEdits edits) throws NotMovable {
        String path = match.type().file();
        SourceFile file = project.read(path).orElseThrow(() -> new NotMovable("%s cannot be read.".formatted(path)));
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
