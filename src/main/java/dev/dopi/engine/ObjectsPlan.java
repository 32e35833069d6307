package dev.dopi.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Worker;
import dev.dopi.sql.SqlShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the proof in the runtime is told: where the old and the new code stand, and of each class its tables and its
 * statements.
 *
 * @param inside the Worker's folder, relative to the project's root
 * @param config the name of its configuration in there
 */
record ObjectsPlan(Path inside, String config, Path work, Path wrangler) {

    private static final long MOST_STATE = 200L * 1024 * 1024;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    ObjectNode json(Path root, Path newRoot, Optional<Path> oldRoot, Optional<Worker> now, Optional<Worker> then) {
        ObjectNode plan = JSON.objectNode();
        plan.put("result", work.resolve("result.json").toString());
        plan.put("work", work.resolve("files").toString());
        plan.put("wrangler", wrangler.toString());
        plan.set("new", side(newRoot, now));
        plan.set("old", oldRoot.isPresent() ? side(oldRoot.get(), now) : JSON.nullNode());
        Path state = root.resolve(inside).resolve(Path.of(".wrangler", "state"));
        plan.put("state", isModest(state) ? state.toString() : null);
        ArrayNode classes = plan.putArray("classes");
        for (DurableObjectClass each : now.map(Worker::durableObjects).orElse(List.of())) {
            if (isProvable(each)) {
                Optional<DurableObjectClass> was = then.flatMap(worker -> worker.durableObjects().stream()
                        .filter(old -> old.exportedAs().equals(each.exportedAs()))
                        .findFirst());
                classes.add(described(each, was.orElse(each), oldRoot.isPresent()));
            }
        }
        return plan;
    }

    /** Returns whether the class is one that the project's own code exports. */
    static boolean isProvable(DurableObjectClass each) {
        return each.declaration() != DurableObjectClass.Declaration.EXTERNAL
                && !each.file().isEmpty()
                && each.exportedAs().matches("[A-Za-z_$][\\w$]*")
                && !each.exportedAs().equals("default");
    }

    private ObjectNode side(Path root, Optional<Worker> worker) {
        return JSON.objectNode()
                .put("folder", root.resolve(inside).toString())
                .put("config", config)
                .put("worker", worker.flatMap(Worker::name).orElse("worker"));
    }

    private static ObjectNode described(DurableObjectClass now, DurableObjectClass then, boolean compared) {
        ObjectNode node = JSON.objectNode();
        node.put("name", now.exportedAs());
        node.put("sqlite", now.sqlite().orElse(false));
        ArrayNode tables = node.putArray("tables");
        for (Table table : then.tables()) {
            ObjectNode each = tables.addObject().put("name", table.name());
            each.put(
                    "sql",
                    table.definition().dynamic().isEmpty() ? table.definition().sql() : "");
            table.timestamp().ifPresent(time -> each.putObject("time")
                    .put("column", time.column())
                    .put("unit", time.unit().name()));
        }
        statements(then, each -> each.kind() == SqlStatement.Kind.INSERT)
                .forEach(each -> node.withArray("oldInserts").add(each.sql()));
        statements(now, each -> each.kind() == SqlStatement.Kind.INSERT)
                .forEach(each -> node.withArray("newInserts").add(each.sql()));
        indexes(node.putArray("oldIndexes"), then);
        indexes(node.putArray("newIndexes"), now);
        queries(node.putArray("oldQueries"), then);
        queries(node.putArray("newQueries"), now);
        node.withArray("oldInserts");
        node.withArray("newInserts");
        now.rpcMethods().forEach(node.putArray("rpcMethods")::add);
        node.put("sockets", compared && now.webSocket() != then.webSocket());
        return node;
    }

    private static void indexes(ArrayNode target, DurableObjectClass from) {
        for (String sql : SqlStatement.schema(from.statements())) {
            SqlShape shape = SqlShape.of(sql);
            if (shape.form() == SqlShape.Form.CREATE_INDEX) {
                from.tables().stream()
                        .map(Table::name)
                        .filter(name ->
                                shape.target().filter(name::equalsIgnoreCase).isPresent())
                        .findFirst()
                        .ifPresent(
                                table -> target.addObject().put("table", table).put("sql", sql));
            }
        }
    }

    private static void queries(ArrayNode target, DurableObjectClass from) {
        statements(from, each -> each.kind() != SqlStatement.Kind.INSERT).forEach(each -> target.addObject()
                .put("where", each.file() + ":" + each.line())
                .put("sql", each.sql()));
    }

    private static List<SqlStatement> statements(DurableObjectClass from, Predicate<SqlStatement> wanted) {
        return from.statements().stream()
                .filter(SqlStatement::isPlannable)
                .filter(wanted)
                .toList();
    }

    /** Returns whether there is local state, of a size that can be copied. */
    private static boolean isModest(Path state) {
        if (!Files.isDirectory(state)) {
            return false;
        }
        try (var files = Files.walk(state)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(ObjectsPlan::size)
                            .sum()
                    <= MOST_STATE;
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // It went meanwhile.
        }
    }
}
