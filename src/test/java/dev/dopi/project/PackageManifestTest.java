package dev.dopi.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.source.SourceFile;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PackageManifestTest {

    private static PackageManifest nearest(FileTree files, String folder) {
        return PackageManifest.nearest(files, folder).orElseThrow();
    }

    @Test
    void readsTheNearestOneUpwards() {
        var files = MemoryTree.of("package.json", "\uFEFF{\"name\": \"root\"}", "apps/chat/package.json", """
                {
                  "name": "chat",
                  "scripts": { "test": "vitest run" },
                  "dependencies": { "hono": "^4.0.0", "both": "1" },
                  "devDependencies": { "wrangler": "4.156.2", "both": "2" }
                }
                """);
        assertEquals(
                new PackageManifest(
                        "apps/chat",
                        Optional.of("chat"),
                        Map.of("test", "vitest run"),
                        Map.of("hono", "^4.0.0", "both", "1", "wrangler", "4.156.2"),
                        "npm",
                        false),
                nearest(files, "apps/chat/src/rooms"));
        assertEquals(Optional.of("root"), nearest(files, "apps").name());
        assertEquals(Optional.empty(), PackageManifest.nearest(MemoryTree.of("a.ts", ""), "x"));
    }

    @Test
    void tellsThePackageManagerByFieldThenByLockFile() {
        var plain = MemoryTree.of("package.json", "{}", "apps/a/package.json", "{}");
        assertEquals("npm", nearest(plain, "apps/a").packageManager());
        Map.of(
                        "pnpm-lock.yaml", "pnpm",
                        "yarn.lock", "yarn",
                        "bun.lock", "bun",
                        "bun.lockb", "bun",
                        "package-lock.json", "npm")
                .forEach((lock, manager) -> {
                    var manifest = nearest(plain.with(lock, ""), "apps/a");
                    assertEquals(manager, manifest.packageManager(), lock);
                    assertEquals(true, manifest.lockFile(), lock);
                });
        var field = plain.with("package.json", "{\"packageManager\": \"pnpm@10.2.0+sha512.abc\"}");
        assertEquals("pnpm", nearest(field, "apps/a").packageManager());
        assertEquals("pnpm", nearest(field.with("yarn.lock", ""), "apps/a").packageManager());
        assertEquals(false, nearest(field, "apps/a").lockFile());
        var nearer = plain.with("yarn.lock", "").with("apps/a/bun.lock", "");
        assertEquals("bun", nearest(nearer, "apps/a").packageManager());
        var odd = plain.with("package.json", "{\"packageManager\": \"cargo@1\"}");
        assertEquals("npm", nearest(odd, "").packageManager());
    }

    @Test
    void findsTheInstalledVersionAsNodeDoes() {
        var files = MemoryTree.of(
                "node_modules/wrangler/package.json", "{\"version\": \"4.156.2\"}",
                "node_modules/@cloudflare/vitest-plugin/package.json", "{\"version\": \"1.5.0\"}",
                "apps/a/node_modules/wrangler/package.json", "{\"version\": \"3.114.1\"}",
                "node_modules/broken/package.json", "{\"version\": ",
                "node_modules/odd/package.json", "{\"version\": 7}");
        assertEquals(Optional.of("3.114.1"), PackageManifest.installedVersion(files, "apps/a", "wrangler"));
        assertEquals(Optional.of("4.156.2"), PackageManifest.installedVersion(files, "apps/b", "wrangler"));
        assertEquals(
                Optional.of("1.5.0"), PackageManifest.installedVersion(files, "apps/a", "@cloudflare/vitest-plugin"));
        for (String missing : List.of("vitest", "broken", "odd")) {
            assertEquals(Optional.empty(), PackageManifest.installedVersion(files, "", missing), missing);
        }
    }

    @Test
    void tellsWhatIsWrongWithAManifestAndGoesOn() {
        var files = MemoryTree.of(
                "package.json", "{\n  \"name\": \"a\",\n}",
                "apps/a/package.json", "{\n  \"name\": [],\n  \"scripts\": { \"test\": null, \"dev\": 3 } }",
                "node_modules/x/package.json", "nonsense");
        assertEquals(Optional.empty(), PackageManifest.nearest(files, ""));
        assertEquals(Map.of(), nearest(files, "apps/a").scripts());
        assertEquals(
                List.of("package.json:3", "apps/a/package.json:2", "apps/a/package.json:3"),
                Project.of(files.with("apps/a/x.ts", "")).diagnostics().stream()
                        .sorted(Comparator.comparing((Diagnostic d) -> d.severity()))
                        .map(Diagnostic::place)
                        .toList());
    }

    @Test
    void showsWhatAPlanMakesOfTheManifest() {
        var before = Project.of(MemoryTree.of("package.json", "{\"name\": \"before\"}"));
        var after = before.with(List.of(new SourceFile("package.json", "{\"name\": \"after\"}")));
        assertEquals(Optional.of("after"), nearest(after, "").name());
        assertEquals(Optional.of("before"), nearest(before, "").name());
    }
}
