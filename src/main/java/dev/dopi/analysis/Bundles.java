package dev.dopi.analysis;

import dev.dopi.project.Project;
import java.util.regex.Pattern;

/** Tells scripts that a bundler wrote from those that a person did, wherever they lie and whatever they are called. */
final class Bundles {

    /** Bundlers put what they need themselves before the code. */
    private static final int HEAD = 4_096;

    private static final Pattern HELPERS =
            Pattern.compile("\\b(var|const|let) __defProp\\s*=\\s*Object\\.defineProperty\\b"
                    + "|\\b(var|const|let) __getOwnPropNames\\s*=|__webpack_(require|modules)__|\\bparcelRequire\\b");

    private Bundles() {}

    static boolean holds(Project project, String path) {
        return project.bytes(path)
                .map(text -> text.substring(0, Math.min(HEAD, text.length())))
                .filter(head -> HELPERS.matcher(head).find())
                .isPresent();
    }
}
