package dev.dopi.edit;

import java.util.List;
import java.util.Optional;

/**
 * A class for which a test is to be generated, and where it belongs.
 *
 * @param file the script that declares it
 * @param bindings the names under which the Worker reaches it
 * @param folder the Worker's folder
 * @param config the Worker's configuration, or empty where it has none
 * @param setUp whether a set-up to run tests in is wanted where the project has none
 */
public record TestTarget(
        String className, String file, List<String> bindings, String folder, Optional<String> config, boolean setUp) {

    public TestTarget {
        bindings = List.copyOf(bindings);
    }

    /** Returns the Worker's folder in the words of a sentence. */
    String place() {
        return folder.isEmpty() ? "the project's folder" : folder;
    }
}
