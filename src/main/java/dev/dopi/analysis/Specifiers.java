package dev.dopi.analysis;

/** What the words mean that stand behind {@code from} in an import. */
final class Specifiers {

    private Specifiers() {}

    static boolean isRelative(String specifier) {
        return specifier.startsWith("./")
                || specifier.startsWith("../")
                || specifier.equals(".")
                || specifier.equals("..");
    }

    /** Returns the package's name without the path into it: {@code agents} of {@code agents/mcp}. */
    static String packageOf(String specifier) {
        String[] parts = specifier.split("/", 3);
        return specifier.startsWith("@") && parts.length > 1 ? parts[0] + "/" + parts[1] : parts[0];
    }
}
