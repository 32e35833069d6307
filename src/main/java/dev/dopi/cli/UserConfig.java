package dev.dopi.cli;

import dev.dopi.project.Diagnostic;
import dev.dopi.project.FileTree;
import dev.dopi.project.Preferences;
import dev.dopi.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that hold before a project is read: the user's own in {@code config.jsonc}, then the project's. */
record UserConfig(Path folder, Path root) {

    private static final long LARGEST = 1 << 20;

    static UserConfig of(Map<String, String> environment, Path root) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = configured.startsWith("/")
                ? Path.of(configured)
                : Path.of(environment.getOrDefault("HOME", "/"), ".config");
        return new UserConfig(config.resolve("dopi"), root);
    }

    /** Returns the theme that they name: the user's before the project's, since it is the user who looks at it. */
    Optional<String> theme() {
        return Preferences.of(new FewFiles(Map.of("dopi.jsonc", folder.resolve("config.jsonc"))))
                .theme()
                .or(() -> Preferences.of(new FewFiles(Map.of(
                                "dopi.jsonc", root.resolve("dopi.jsonc"),
                                "package.json", root.resolve("package.json"))))
                        .theme()
                        // A project may choose among themes, not point at files of the machine.
                        .filter(name -> name.matches("[A-Za-z0-9_-]+")));
    }

    /** A few files that are read where they are asked for. */
    private record FewFiles(Map<String, Path> files) implements FileTree {

        @Override
        public List<String> paths() {
            return List.copyOf(files.keySet());
        }

        @Override
        public Optional<SourceFile> read(String path) {
            Path file = files.get(path);
            try {
                if (file == null || !Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                    return Optional.empty();
                }
                String text = Files.readString(file);
                // A manifest that cannot name dopi is not parsed: that takes longer than all else before the first
                // frame.
                boolean foreign = path.equals("package.json") && !text.contains("dopi") && !text.contains("\\");
                return foreign ? Optional.empty() : Optional.of(new SourceFile(path, text));
            } catch (IOException _) {
                // What cannot be read is said when the project is; here it only means no setting.
                return Optional.empty();
            }
        }

        @Override
        public List<Diagnostic> diagnostics() {
            return List.of();
        }
    }
}
