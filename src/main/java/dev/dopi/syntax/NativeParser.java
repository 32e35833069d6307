package dev.dopi.syntax;

import dev.dopi.natives.NativeLibrary;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;
import org.treesitter.utils.NativeUtils;

/** The parser's native code, loaded when it is first needed and each grammar by itself. */
final class NativeParser {

    /** Where the binding looks for a library before it unpacks its own; it reads this again for each library. */
    private static final String FOLDER = "tree-sitter-lib";

    private static final Map<Grammar, Loaded> LANGUAGES = new EnumMap<>(Grammar.class);

    private NativeParser() {}

    /** A language as the parser has it; threads may share it. */
    record Loaded(TSLanguage language, Symbols symbols) {}

    /** Returns {@code grammar} for a parser; from then on there can be parsers. */
    static synchronized Loaded language(Grammar grammar) {
        if (LANGUAGES.isEmpty()) {
            load("tree-sitter");
        }
        return LANGUAGES.computeIfAbsent(grammar, NativeParser::loaded);
    }

    private static Loaded loaded(Grammar grammar) {
        TSLanguage language =
                switch (grammar) {
                    case TYPESCRIPT -> {
                        load("tree-sitter-typescript");
                        yield new TreeSitterTypescript();
                    }
                    case TSX -> {
                        load("tree-sitter-tsx");
                        yield new TreeSitterTsx();
                    }
                    case JAVASCRIPT -> {
                        load("tree-sitter-javascript");
                        yield new TreeSitterJavascript();
                    }
                };
        return new Loaded(language, new Symbols(language));
    }

    private static void load(String name) {
        // Where no jar has it, the binding says in its own words which system it lacks.
        Optional<Path> folder = NativeLibrary.load("lib/%s-%s".formatted(system(), fileName(name)));
        folder.ifPresent(it -> System.setProperty(FOLDER, it.toString()));
        NativeUtils.loadLib("lib/" + name);
    }

    private static String system() {
        String processor = property("os.arch");
        String family = property("os.name");
        return (processor.contains("aarch64") ? "aarch64" : "x86_64")
                + (family.contains("mac") ? "-macos" : family.contains("windows") ? "-windows" : "-linux-gnu");
    }

    private static String fileName(String name) {
        String family = property("os.name");
        return name + (family.contains("mac") ? ".dylib" : family.contains("windows") ? ".dll" : ".so");
    }

    private static String property(String name) {
        return System.getProperty(name, "").toLowerCase(Locale.ROOT);
    }
}
