package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.project.MemoryTree;
import dev.dopi.project.Project;
import java.util.List;

/** A small project, analysed. */
record Analysed(Analyzer.Result result) {

    private static final String CONFIG = """
            {
              "name": "chat", "main": "MAIN", "compatibility_date": "2026-10-15",
              "durable_objects": { "bindings": [{ "name": "ROOM", "class_name": "Room" }] },
              "migrations": [{ "tag": "v1", "new_sqlite_classes": ["Room"] }]
            }
            """;

    /** Analyses a Worker that binds the class {@code Room}; the first path is its entry. */
    static Analysed worker(String... pathsAndTexts) {
        MemoryTree files =
                MemoryTree.of(pathsAndTexts).with("wrangler.jsonc", CONFIG.replace("MAIN", pathsAndTexts[0]));
        return new Analysed(Analyzer.analyse(Project.of(files), _ -> {}));
    }

    /** Analyses a class of which {@code body} is all but the constructor, which runs {@code setUp}. */
    static Analysed room(String setUp, String body) {
        return worker("src/index.ts", """
                import { DurableObject } from "cloudflare:workers";
                export class Room extends DurableObject<Env> {
                  constructor(ctx: DurableObjectState, env: Env) {
                    super(ctx, env);
                    %s
                  }
                  %s
                }
                """.formatted(setUp, body));
    }

    List<DurableObjectClass> classes() {
        return result.model().durableObjects().toList();
    }

    DurableObjectClass only() {
        List<DurableObjectClass> all = classes();
        if (all.size() != 1) {
            throw new AssertionError("one class expected: " + all);
        }
        return all.getFirst();
    }

    List<String> sql() {
        return only().statements().stream()
                .map(statement -> statement.sql()
                        + statement.dynamic().map(why -> " [" + why + "]").orElse(""))
                .toList();
    }

    SqlStatement statement(int index) {
        return only().statements().get(index);
    }

    Table table(String name) {
        return only().tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
