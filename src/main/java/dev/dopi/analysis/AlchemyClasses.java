package dev.dopi.analysis;

import dev.dopi.source.Paths;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that an {@code alchemy.run} script binds: a project that is deployed with Alchemy has no configuration of
 * wrangler's to name them.
 *
 * <p>Only a class name that is written out counts; what the script works out is not guessed.
 */
final class AlchemyClasses {

    private static final Pattern SCRIPT = Pattern.compile("alchemy\\.run\\.[mc]?[jt]s");
    private static final String NAMESPACE = "DurableObjectNamespace";

    private AlchemyClasses() {}

    /** Returns the names of the bound classes by the folder below which they are looked for. */
    static Map<String, Set<String>> in(Scripts scripts) {
        var named = new LinkedHashMap<String, Set<String>>();
        for (String path : scripts.project().paths()) {
            if (SCRIPT.matcher(Paths.name(path)).matches() && scripts.project().mentions(path, NAMESPACE)) {
                scripts.module(path).ifPresent(module -> module.tree()
                        .root()
                        .descendants()
                        .filter(node -> node.is("call_expression")
                                && node.fieldText("function").equals(NAMESPACE))
                        .flatMap(call -> Expressions.arguments(call).stream())
                        .flatMap(AlchemyClasses::className)
                        .forEach(name -> named.computeIfAbsent(Paths.folder(path), _ -> new TreeSet<>())
                                .add(name)));
            }
        }
        return named;
    }

    private static Stream<String> className(SyntaxNode options) {
        return options.children().stream()
                .filter(pair -> pair.is("pair") && pair.fieldText("key").equals("className"))
                .flatMap(pair -> pair.field("value").stream())
                .filter(value -> value.is("string"))
                .map(SqlTexts::literalText)
                .filter(name -> name.matches("[\\w$]+"));
    }
}
