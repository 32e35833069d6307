package dev.dopi.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where dopi keeps what it remembers of one project: never in the project itself.
 *
 * @param root the project's folder, with every symbolic link followed
 * @param path the folder in the user's state folder; it need not exist yet
 */
public record StateFolder(Path root, Path path) {

    /**
     * Returns the folder for the project at {@code root} in {@code $DOPI_STATE_HOME}, or {@code dopi} in
     * {@code $XDG_STATE_HOME}, or {@code ~/.local/state/dopi}. Nothing is made yet.
     *
     * @throws ProjectException when there is no such project
     */
    public static StateFolder of(Path root) throws ProjectException {
        return in(home(), root);
    }

    /** Returns the folder for the project at {@code root} in {@code home}. */
    public static StateFolder in(Path home, Path root) throws ProjectException {
        try {
            Path real = root.toRealPath();
            String name = Content.sha256(real.toString().getBytes(StandardCharsets.UTF_8))
                    .substring(0, 16);
            return new StateFolder(
                    real, home.toAbsolutePath().resolve("projects").resolve(name));
        } catch (IOException e) {
            throw new ProjectException(
                    ProjectException.Kind.USAGE, "%s cannot be opened (%s).".formatted(root, Refusal.reason(e)));
        }
    }

    /** Returns the folder for what dopi remembers of all projects; it need not exist yet. */
    public static Path home() {
        return home(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    static Path home(Map<String, String> environment, Path userHome) {
        String own = environment.getOrDefault("DOPI_STATE_HOME", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        // The XDG specification has relative paths ignored.
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        return !xdg.isEmpty() && Path.of(xdg).isAbsolute()
                ? Path.of(xdg, "dopi")
                : userHome.resolve(Path.of(".local", "state", "dopi"));
    }
}
