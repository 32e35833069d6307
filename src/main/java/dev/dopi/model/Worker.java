package dev.dopi.model;

import dev.dopi.source.Paths;
import java.util.List;
import java.util.Optional;

/**
 * A Worker and the Durable Objects that it exports or binds.
 *
 * @param config the path of its wrangler configuration; empty where the project has none
 * @param format {@code jsonc}, {@code json}, {@code toml} or {@code none}
 * @param main the entry file, relative to the root
 */
public record Worker(
        Optional<String> config,
        String format,
        Optional<String> name,
        Optional<String> main,
        Optional<String> compatibilityDate,
        List<DurableObjectClass> durableObjects) {

    public Worker {
        durableObjects = List.copyOf(durableObjects);
    }

    /** Returns what tells this Worker from the project's others. */
    public String id() {
        return config.orElse("");
    }

    /** Returns the folder that the Worker's configuration stands in, relative to the root. */
    public String folder() {
        return Paths.folder(id());
    }
}
