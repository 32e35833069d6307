package dev.dopi.syntax;

import org.jspecify.annotations.Nullable;
import org.treesitter.TSLanguage;
import org.treesitter.TSSymbolType;

/**
 * The kinds of nodes and the fields of one language, by the numbers that the parser has for them.
 *
 * <p>A name is fetched from native code once, not for each node. Safe for use by several threads, which may both fetch
 * the same.
 */
final class Symbols {

    /** The parser's own number for what it could not understand. */
    private static final int ERROR = 0xFFFF;

    private record Kind(String name, boolean named) {}

    private static final Kind NOT_UNDERSTOOD = new Kind("ERROR", true);

    private final TSLanguage language;
    private final @Nullable Kind[] kinds;
    private final @Nullable String[] fields;

    Symbols(TSLanguage language) {
        this.language = language;
        this.kinds = new Kind[language.symbolCount()];
        this.fields = new String[language.fieldCount() + 1];
    }

    String name(int symbol) {
        return kind(symbol).name();
    }

    boolean isNamed(int symbol) {
        return kind(symbol).named();
    }

    /** Returns the name of the field with this number; none, which is 0, is the empty name. */
    String field(int id) {
        if (id == 0) {
            return "";
        }
        String name = fields[id];
        if (name == null) {
            name = language.fieldNameForId(id).intern();
            fields[id] = name;
        }
        return name;
    }

    private Kind kind(int symbol) {
        if (symbol == ERROR) {
            return NOT_UNDERSTOOD;
        }
        Kind kind = kinds[symbol];
        if (kind == null) {
            boolean named = language.symbolType(symbol) == TSSymbolType.TSSymbolTypeRegular;
            kind = new Kind(language.symbolName(symbol).intern(), named);
            kinds[symbol] = kind;
        }
        return kind;
    }
}
