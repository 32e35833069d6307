package dev.dopi.ui.tui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A project with one table that lacks an index, and a test script of a test's own, to walk through in a terminal. */
record NotesProject(Path work) {

    private static final String ROOM = """
            import { DurableObject } from "cloudflare:workers";

            export class Room extends DurableObject {
              constructor(ctx: DurableObjectState, env: unknown) {
                super(ctx, env);
                ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, author TEXT, text TEXT)");
              }

              add(author: string, text: string) {
                this.ctx.storage.sql.exec("INSERT INTO notes (author, text) VALUES (?, ?)", author, text);
              }

              remove(id: number) {
                this.ctx.storage.sql.exec("DELETE FROM notes WHERE id = ?", id);
              }

              by(author: string) {
                return this.ctx.storage.sql.exec("SELECT id, text FROM notes WHERE author = ?", author).toArray();
              }
            }

            export default { fetch: () => new Response("ok") };
            """;

    /** Writes the project to {@code work}; {@code tests} is the script that stands for its tests. */
    static NotesProject in(Path work, String tests) throws IOException {
        var made = new NotesProject(work);
        made.file("project/wrangler.jsonc", """
                {
                  "name": "rooms", "main": "src/index.ts", "compatibility_date": "2026-01-01",
                  "durable_objects": { "bindings": [{ "name": "ROOM", "class_name": "Room" }] },
                  "migrations": [{ "tag": "v1", "new_sqlite_classes": ["Room"] }]
                }
                """);
        made.file("project/package.json", "{ \"name\": \"rooms\", \"scripts\": { \"test\": \"prints\" } }\n");
        made.file("project/src/index.ts", ROOM);
        Files.createDirectories(work.resolve("project/node_modules/vitest"));
        made.program("bin/node", "#!/bin/sh\necho v22.12.0\n");
        made.program("bin/npm", tests);
        return made;
    }

    Path root() {
        return work.resolve("project");
    }

    /** Starts the guided session; {@code environment} as {@code env} takes it. */
    void start(Tmux terminal, String environment) throws IOException, InterruptedException {
        terminal.start(environment + " PATH=\"" + work + "/bin:$PATH\"", "dev.dopi.cli.Main --theme dark " + root());
    }

    /** Walks from the analysis to the screen that says that all is written. */
    void write(Tmux terminal) throws IOException, InterruptedException {
        terminal.await("Go on to ");
        terminal.keys("c");
        terminal.await("sql-index");
        terminal.keys("Space");
        terminal.await("1 chosen");
        terminal.keys("Enter");
        terminal.await("Test set-up");
        terminal.keys("Enter");
        terminal.await("so no test");
        terminal.keys("J");
        terminal.await("hunk 1 of");
        terminal.decide("A", "");
        terminal.keys("Enter");
        terminal.await("To write");
        for (String letter : List.of("a", "p", "p", "l", "y")) {
            terminal.decide(letter, "");
        }
        terminal.await("apply_");
        terminal.keys("Enter");
        terminal.await("All files are written.");
    }

    private Path file(String name, String text) throws IOException {
        Path file = work.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void program(String name, String text) throws IOException {
        Files.setPosixFilePermissions(file(name, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
