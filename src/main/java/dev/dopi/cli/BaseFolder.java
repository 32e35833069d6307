package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.report.Base;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where paths in SARIF and annotations begin. */
final class BaseFolder {

    @Option(
            names = "--base",
            paramLabel = "FOLDER",
            description = "For sarif and github: the folder to which paths are relative. Default: the top of the git"
                    + " repository, or else GITHUB_WORKSPACE, or else PATH.")
    private Optional<Path> folder = Optional.empty();

    /** Returns the base of what was analysed in {@code root}. */
    Base of(Path root, Surroundings surroundings) throws ProjectException {
        if (folder.isPresent()) {
            Path named = surroundings.folder().resolve(folder.get());
            return Base.of(real(named), real(root))
                    .orElseThrow(() -> Context.usage(
                            "--base %s does not hold %s; name that folder or one above it.".formatted(named, root)));
        }
        for (Path at = root.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            // In a worktree or a submodule it is a file.
            if (Files.exists(at.resolve(".git"))) {
                return Base.of(at, root).orElseThrow();
            }
        }
        return Optional.ofNullable(surroundings.environment().get("GITHUB_WORKSPACE"))
                .filter(workspace -> !workspace.isEmpty())
                .flatMap(workspace -> Base.of(Path.of(workspace), root))
                .orElseGet(() -> Base.itself(root));
    }

    private static Path real(Path path) throws ProjectException {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw Context.usage("There is no folder " + path + ".");
        }
    }
}
