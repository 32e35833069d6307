package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells a Durable Object in the old style, which extends and implements nothing, where no configuration names it: its
 * constructor takes the platform's {@code DurableObjectState}, and it answers requests.
 */
final class PlainClass {

    /** The type of what the platform, and nobody else, gives to a constructor. */
    private static final String STATE = "DurableObjectState";

    private static final Pattern TYPE = Pattern.compile("\\s*:\\s*" + STATE + "\\s*(<[^>]*>)?\\s*");
    private static final Pattern DOCUMENTED =
            Pattern.compile("@param\\s*\\{\\s*(import\\([^)]*\\)\\.)?" + STATE + "(<[^>]*>)?\\s*}");

    private PlainClass() {}

    static boolean isObject(Target.ClassNode site) {
        List<SyntaxNode> members = site.node().field("body").stream()
                .flatMap(body -> body.children().stream())
                .filter(member -> !member.has("static"))
                .toList();
        return members.stream().anyMatch(member -> ClassBody.memberName(member).equals("fetch"))
                && members.stream()
                        .filter(member -> member.is("method_definition")
                                && ClassBody.memberName(member).equals("constructor"))
                        .anyMatch(constructor -> takesState(site, constructor));
    }

    private static boolean takesState(Target.ClassNode site, SyntaxNode constructor) {
        Optional<SyntaxNode> first = constructor.field("parameters").stream()
                .flatMap(parameters -> parameters.children().stream())
                .findFirst();
        Optional<String> type = first.flatMap(it -> it.field("type")).map(SyntaxNode::text);
        if (type.isPresent()) {
            return TYPE.matcher(type.get()).matches() && isThePlatforms(site.module());
        }
        return first.isPresent() && DOCUMENTED.matcher(site.node().text()).find();
    }

    /** Whether the name means the ambient type, or one that a package has: not the project's own type of that name. */
    private static boolean isThePlatforms(Module module) {
        Module.Reference imported = module.imports().get(STATE);
        return imported == null
                ? !module.declarations().containsKey(STATE)
                : !Specifiers.isRelative(imported.specifier());
    }
}
