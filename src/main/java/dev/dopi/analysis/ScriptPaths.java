package dev.dopi.analysis;

import dev.dopi.syntax.Grammar;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a script is for, as far as its path tells. */
final class ScriptPaths {

    private static final Pattern TEST = Pattern.compile(
            "(^|/)(tests?|__(tests?|mocks?|fixtures?)__|e2e|specs?|tests?[-_](e2e|d|fixtures?|utils?|helpers?|workers?)|(e2e|integration)[-_]tests?)/|(^|/)src/(.*/)?[\\w-]+-tests?/|[.-](test|spec|bench|e2e)\\.[mc]?[jt]sx?$");

    /** What tools make, and what a library ships beside its own code. */
    private static final Pattern ASIDE = Pattern.compile(
            "(^|/)(examples?|fixtures?|scripts|docs|dist|build|out|coverage|"
                    + "vendor|generated|\\.[\\w-]+)/|\\.(min|bundle|gen|generated|stories)\\.[mc]?[jt]sx?$"
                    + "|(^|/)(vite|vitest|jest|playwright|rollup|webpack|eslint|tsup|tsdown)[.\\w-]*\\.config\\.[mc]?[jt]s$");

    private ScriptPaths() {}

    /** Whether {@code path} is a test's: what stands there is in no Worker that anybody deploys. */
    static boolean isTest(String path) {
        return TEST.matcher(path.toLowerCase(Locale.ROOT)).find();
    }

    /** Whether a class may be looked for in {@code path} without a Worker that leads there. */
    static boolean isSource(String path) {
        return Grammar.of(path).isPresent() && !isAside(path, "");
    }

    /** Whether a class of the Worker in {@code folder} may be looked for in {@code path}. */
    static boolean isSource(String path, String folder) {
        return Grammar.of(path).isPresent() && !isAside(path, folder);
    }

    private static boolean isAside(String path, String folder) {
        String within =
                path.substring(folder.isEmpty() ? 0 : folder.length() + 1).toLowerCase(Locale.ROOT);
        return TEST.matcher(within).find() || ASIDE.matcher(within).find();
    }
}
