package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.model.Series;
import dev.dopi.model.Table.Growth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a class keeps in its key-value store, and whether it only adds up. */
final class KeySeriesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settings          | BOUNDED   | run() { this.ctx.storage.put(\"settings\", 1); }",
                "settings          | BOUNDED   | run() { this.ctx.storage.put({ settings: 1 }); }",
                "settings          | BOUNDED   | run() { this.ctx.storage.kv.put(KEY, 1); }",
                "<ISO timestamp>   | UNBOUNDED | run() { const key = new Date(at).toISOString(); this.ctx.storage.put(key, 1); }",
                "log:<Date.now()>  | UNBOUNDED | run() { this.ctx.storage.put(`log:${Date.now()}`, 1); }",
                "vote:<ip>         | UNBOUNDED | run(ip) { this.ctx.storage.put('vote:' + ip, 1); }",
                "user:<id>         | UNBOUNDED | run(id) { this.ctx.storage.put(this.key(id), 1); } key(id) { return `user:${id}`; }",
                "draft:<this.room> | UNKNOWN   | run() { this.ctx.storage.put(`draft:${this.room}`, 1); }",
                "entry:<this.last> | UNBOUNDED | run() { this.last++; this.ctx.storage.put(`entry:${this.last}`, 1); }",
                "chunk:<index>     | UNKNOWN   | run(index) { this.ctx.storage.put(`chunk:${index}`, 1); }",
                "log:<Date.now()>  | EXPIRING  | run() { this.ctx.storage.put(`log:${Date.now()}`, 1); } async alarm() { const all = await this.ctx.storage.list({ prefix: \"log:\" }); await this.ctx.storage.delete([...all.keys()]); }",
                "log:<Date.now()>  | UNBOUNDED | run() { this.ctx.storage.put(`log:${Date.now()}`, 1); } async alarm() { for (const key of (await this.ctx.storage.list({ prefix: \"tmp:\" })).keys()) await this.ctx.storage.delete(key); }",
                "log:<Date.now()>  | EXPIRING  | run() { this.ctx.storage.put(`log:${Date.now()}`, 1); } alarm() { this.ctx.storage.deleteAll(); }",
                "log:<Date.now()>  | UNBOUNDED | run() { this.ctx.storage.put(`log:${Date.now()}`, 1); } reset() { this.ctx.storage.deleteAll(); }",
                "push:<id>         | UNKNOWN   | run(id) { this.ctx.blockConcurrencyWhile(async () => { if (this.drop) { await this.ctx.storage.delete(`push:${id}`); return; } const old = await this.ctx.storage.get(`push:${id}`); if (old && old.expiresAt > Date.now()) return; await this.ctx.storage.put(`push:${id}`, { expiresAt: Date.now() + 5 }); }); }",
                "push:<id>         | EXPIRING  | run(id) { this.ctx.storage.put(`push:${id}`, 1); } async tidy(now) { const all = [...await this.ctx.storage.list()]; all.filter(([, old]) => old.expiresAt < now).forEach(([key]) => this.ctx.storage.delete(key)); }",
                "state             | BOUNDED   | run() { this.ctx.storage.put('state', 1); } store() { return { delete: (key) => this.ctx.storage.delete(key) }; } alarm() { this.store().delete('a'); }",
                "log:<Date.now()>  | UNKNOWN   | run() { this.ctx.storage.put(`log:${Date.now()}`, 1); } store() { return { delete: (key) => this.ctx.storage.delete(key) }; } alarm() { this.store().delete('a'); }",
                "user:<id>         | UNBOUNDED | run(id, ip) { const key = id ? `user:${id}` : `ip:${ip}`; this.ctx.storage.put(key, 1); }",
                "item:<id>         | UNKNOWN   | run(id) { this.ctx.storage.put(`item:${id}`, 1); } drop(id) { this.ctx.storage.delete(`item:${id}`); }",
                "item:<id>         | UNBOUNDED | run(id) { this.ctx.storage.transaction(async (txn) => { await txn.put(`item:${id}`, 1); }); }",
            })
    void tellsGrowth(String key, Growth growth, String body) {
        Series series = Analysed.worker("src/index.ts", """
                        import { DurableObject } from "cloudflare:workers";
                        const KEY = "settings";
                        export class Room extends DurableObject { %s }
                        """.formatted(body))
                .only()
                .series()
                .getFirst();
        assertEquals(key, series.key());
        assertEquals(growth, series.growth(), series.growthReason());
    }

    @Test
    void followsTheObjectIntoAHelper() {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                """
                import { DurableObject } from "cloudflare:workers";
                import { Players } from "./players";
                export class Room extends DurableObject { players = new Players(this); }
                """,
                "src/players.ts",
                "export class Players { constructor(private room: Room) {} move(id) { this.room.ctx.storage.put(`place_${id}`, 1); } }");
        assertEquals("place_<id>", analysed.only().series().getFirst().key());
    }
}
