package dev.dopi.catalog.ttlcleanup;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The hunks of keys of one form: the first alarm when the object wakes, and one beside each write. */
record KeyHunks(SyntaxTree tree, SyntaxNode classNode, CodeStyle style, DurableObjectClass type, ExpiringKeys keys) {

    /** Adds the hunks, or returns why it cannot be done, as a clause. */
    Optional<String> plan(List<Hunk> hunks) {
        String text = tree.file().text();
        Optional<String> taken = List.of(
                        keys.constant() + "_TTL_MS",
                        keys.constant() + "_CLEANUP_MS",
                        "#cleanUp" + keys.pascal(),
                        "#next" + keys.pascal() + "Cleanup")
                .stream()
                .filter(text::contains)
                .findFirst();
        if (taken.isPresent()) {
            return Optional.of("the file has a name %s already".formatted(taken.get()));
        }
        if (keys.iso() && text.matches("(?s).*toISOString\\(\\)\\s*\\.(slice|substring|substr|split|replace)\\b.*")) {
            return Optional.of(
                    "a time is cut short in the file, and a key that holds less than the whole time cannot be told to be old enough");
        }
        var own = new ArrayList<Hunk>();
        Optional<String> obstacle = wake(own).or(() -> writes(own));
        if (obstacle.isEmpty()) {
            hunks.addAll(own);
        }
        return obstacle;
    }

    private Optional<String> wake(List<Hunk> hunks) {
        Optional<SyntaxNode> constructor = members().stream()
                .filter(member -> member.is("method_definition")
                        && member.fieldText("name").equals("constructor"))
                .findFirst();
        TextEdit edit;
        if (constructor.isPresent()) {
            List<SyntaxNode> statements =
                    constructor.get().field("body").map(SyntaxNode::children).orElse(List.of());
            boolean leaves =
                    constructor.get().descendants().anyMatch(node -> node.is("return_statement", "throw_statement"));
            if (statements.isEmpty() || leaves) {
                return Optional.of(
                        "the constructor may end early, so not every object would pass what is added at its end");
            }
            SyntaxNode last = statements.getLast();
            edit = Statements.after(
                    tree.file(),
                    last.span(),
                    arm(tree.file().indentAt(last.span().start())));
        } else {
            Optional<String> environment = environment();
            if (environment.isEmpty()) {
                return Optional.of(
                        "the class has no constructor in which objects that hold keys already could be looked at");
            }
            SyntaxNode first = members().getFirst();
            String margin = tree.file().indentAt(first.span().start());
            String code = CodeTemplate.beside(KeyHunks.class, "constructor-keys.ts.txt")
                    .render(style, margin, Map.of("ENV", environment.get(), "ARM", "@ARM@"))
                    .replaceFirst(
                            "(?m)^\\s*@ARM@;?$",
                            java.util.regex.Matcher.quoteReplacement(arm(margin + style.indent())));
            edit = Statements.beforeLine(tree.file(), firstLineOf(first), code + style.lineEnd());
        }
        hunks.add(new Hunk(
                "setup-" + keys.constant(),
                tree.file().path(),
                false,
                TextEdits.of(edit),
                Applicability.REVIEW,
                "First alarm for keys " + keys.label(),
                "Objects that hold such keys already are cleaned up from their next wake on; a pending alarm is never moved to a later time.",
                Set.of("constants", "alarm")));
        return Optional.empty();
    }

    private List<SyntaxNode> members() {
        return classNode.field("body").map(SyntaxNode::children).orElse(List.of());
    }

    /** The type of the constructor's second parameter; empty where the class does not simply extend DurableObject. */
    private Optional<String> environment() {
        Optional<String> heritage = classNode.children().stream()
                .filter(part -> part.is("class_heritage"))
                .map(SyntaxNode::text)
                .filter(text -> text.matches("extends\\s+DurableObject\\s*(<(?s:.*)>)?(?s:\\s.*)?"))
                .findFirst();
        boolean simple = members().stream().allMatch(member -> member.is("method_definition"));
        return heritage.filter(_ -> simple)
                .map(text -> text.contains("<")
                        ? text.substring(text.indexOf('<') + 1, text.lastIndexOf('>'))
                                .strip()
                        : "ConstructorParameters<typeof DurableObject>[1]");
    }

    private int firstLineOf(SyntaxNode member) {
        int start = member.span().start();
        List<SyntaxNode> all = classNode.field("body").orElseThrow().all();
        for (SyntaxNode each : all) {
            if (each.is("comment", "decorator")) {
                start = Math.min(start, each.span().start());
            }
        }
        return start;
    }

    private String arm(String margin) {
        return CodeTemplate.beside(KeyHunks.class, "arm-keys.ts.txt")
                .render(style, margin, Map.of("STATE", type.access().state().orElseThrow(), "NAME", keys.pascal()));
    }

    private Optional<String> writes(List<Hunk> hunks) {
        var places = new HashSet<Integer>();
        for (Place put : keys.series().puts()) {
            Optional<ArmSite> site = ArmSite.of(tree, put.span());
            if (site.isEmpty()) {
                return Optional.of(
                        "line %d writes such a key where no clean-up can be scheduled beside it".formatted(put.line()));
            }
            if (places.add(site.get().statement().span().start())) {
                hunks.add(write(put, site.get()));
            }
        }
        return Optional.empty();
    }

    private Hunk write(Place put, ArmSite site) {
        String schedule = "this.#schedule" + keys.pascal() + "Cleanup()";
        String state = type.access().state().orElseThrow();
        String end = style.semicolons() ? ";" : "";
        // Before a return the key is not there yet: it is once this turn is over.
        String code = (site.before()
                        ? state + ".waitUntil(Promise.resolve().then(() => " + schedule + "))"
                        : site.async() ? "await " + schedule : state + ".waitUntil(" + schedule + ")")
                + end;
        int start = site.statement().span().start();
        String margin = tree.file().indentAt(start);
        TextEdit edit = site.before()
                ? Statements.beforeLine(tree.file(), start, margin + code)
                : Statements.after(tree.file(), site.statement().span(), margin + code);
        return new Hunk(
                "put-%s-%d".formatted(keys.constant(), put.line()),
                tree.file().path(),
                false,
                TextEdits.of(edit),
                Applicability.REVIEW,
                "Schedule the clean-up when a key is written",
                "Earliest wins, so it never moves an alarm to a later time; without it an object that was empty would not wake again.",
                Set.of("constants", "alarm", "setup-" + keys.constant()));
    }
}
