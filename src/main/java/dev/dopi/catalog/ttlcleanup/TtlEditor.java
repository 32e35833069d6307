package dev.dopi.catalog.ttlcleanup;

import dev.dopi.catalog.alarmjobs.SharedAlarm;
import dev.dopi.catalog.alarmjobs.SharedAlarm.NotShareable;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the clean-up of a class's growing tables, in the user's own style. */
final class TtlEditor {

    private final Project project;
    private final Expiry match;
    private final Options options;
    private final SyntaxTree tree;
    private final SyntaxNode classNode;
    private final CodeStyle style;
    private final List<Hunk> hunks = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private TtlEditor(Project project, Expiry match, Options options, SyntaxTree tree, SyntaxNode classNode) {
        this.project = project;
        this.match = match;
        this.options = options;
        this.tree = tree;
        this.classNode = classNode;
        this.style = CodeStyle.of(tree.file(), tree.grammar().typed());
    }

    static EditPlan plan(Project project, Expiry match, Options options) {
        DurableObjectClass type = match.type();
        boolean tables = match.expirable(true).findAny().isPresent();
        if (!tables && ExpiringKeys.in(match).isEmpty()) {
            return EditPlan.EMPTY;
        }
        Optional<String> obstacle = Obstacle.of(type, tables);
        Optional<SourceFile> file = project.read(type.file());
        Optional<Grammar> grammar = Grammar.of(type.file());
        if (obstacle.isPresent() || file.isEmpty() || grammar.isEmpty()) {
            return EditPlan.refused(obstacle.orElse("%s cannot be read.".formatted(type.file())));
        }
        try (SyntaxTree tree = SyntaxTree.parse(file.get(), grammar.get())) {
            Optional<SyntaxNode> node = tree.root()
                    .descendants(each -> each.span().contains(type.span()))
                    .filter(each -> each.span().equals(type.span())
                            && each.field("body").isPresent())
                    .findFirst();
            return node.isEmpty()
                    ? EditPlan.refused("The class could not be found again in %s.".formatted(type.file()))
                    : new TtlEditor(project, match, options, tree, node.get()).plan();
        } catch (NotShareable e) {
            return EditPlan.refused(String.valueOf(e.getMessage()));
        }
    }

    private EditPlan plan() throws NotShareable {
        List<ExpiringTable> tables = tables();
        Optional<SharedAlarm> shared = match.type().alarmHandler().isPresent()
                ? Optional.of(SharedAlarm.of(classNode, match.type()))
                : Optional.empty();
        List<ExpiringTable> done = new ArrayList<>();
        for (ExpiringTable table : tables) {
            new TableHunks(tree, style, match.type(), options, table, this::sqlLiteral)
                    .plan(hunks, refusals)
                    .ifPresent(done::add);
        }
        List<ExpiringKeys> keys = keys(shared.isPresent());
        if (done.isEmpty() && keys.isEmpty()) {
            return new EditPlan(List.of(), refusals);
        }
        var constants = new CleanupConstants(tree, classNode, style, options);
        hunks.addFirst(constants.hunk(done, keys));
        new CleanupAlarm(project, match, tree, classNode, style, shared).plan(done, keys, hunks);
        return new TtlTests(project, match, options, constants.ttl(), style)
                .addTo(new EditPlan(hunks, refusals), done, keys);
    }

    /** Plans what each form of key needs and returns those for which it can be done. */
    private List<ExpiringKeys> keys(boolean shared) {
        var done = new ArrayList<ExpiringKeys>();
        boolean sqlite = match.type().sqlite().orElse(true);
        for (ExpiringKeys keys : ExpiringKeys.in(match)) {
            Optional<String> obstacle = shared && !sqlite
                    ? Optional.of(
                            "the class has an alarm() already, and sharing it needs SQLite, which its backend lacks")
                    : new KeyHunks(tree, classNode, style, match.type(), keys).plan(hunks);
            obstacle.ifPresentOrElse(
                    why -> refusals.add("Keys %s: %s.".formatted(keys.series().key(), why)), () -> done.add(keys));
        }
        return done;
    }

    private List<ExpiringTable> tables() {
        if (match.type().sqlite().filter(sqlite -> !sqlite).isPresent()) {
            return List.of();
        }
        boolean byTimestamp = options.of(TtlCleanupPattern.strategy(match)).equals(TtlCleanupPattern.TIMESTAMP_COLUMN);
        String wanted = options.of(TtlCleanupPattern.table(match));
        return match.expirable(byTimestamp)
                .filter(table -> wanted.equals("all") || table.name().equals(wanted))
                .toList();
    }

    private String sqlLiteral(String sql) {
        char quote = style.quote() == '\'' && sql.indexOf('\'') >= 0 ? '"' : style.quote();
        return quote + sql + quote;
    }
}
