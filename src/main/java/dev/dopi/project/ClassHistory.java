package dev.dopi.project;

import dev.dopi.project.WranglerConfig.Backend;
import dev.dopi.project.WranglerConfig.DeclaredClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code migrations} and {@code exports} make of a Worker's classes, step by step as Cloudflare carries them out.
 *
 * <p>Steps inside one migration go in wrangler's own order: deleted, renamed, transferred, new.
 */
final class ClassHistory {

    private final Settings settings;
    private final Map<String, DeclaredClass> living = new LinkedHashMap<>();
    /** Classes that came from another Worker, whose storage only that Worker's configuration tells. */
    private final Set<String> adopted = new HashSet<>();

    private boolean anything;

    private ClassHistory(Settings settings) {
        this.settings = settings;
    }

    /** Returns the history that {@code scope}, the top level or an environment, gives by itself. */
    static ClassHistory of(Settings settings, ConfigValue.Members scope) {
        var history = new ClassHistory(settings);
        List<ConfigValue.Members> migrations = settings.tables(scope, "migrations");
        Map<String, ConfigValue.Members> exports = durableObjectExports(settings, scope);
        if (!migrations.isEmpty() && !exports.isEmpty()) {
            ConfigValue there = scope.byName().getOrDefault("exports", scope);
            settings.error(
                    settings.line(there, "exports"),
                    "\"migrations\" and \"exports\" both declare Durable Object classes, which wrangler refuses;"
                            + " keep one of them");
        }
        history.anything = !migrations.isEmpty() || !exports.isEmpty();
        migrations.forEach(history::migrate);
        exports.forEach(history::export);
        return history;
    }

    /** Returns whether anything at all is declared, be it only a deletion. */
    boolean declaresAnything() {
        return anything;
    }

    List<DeclaredClass> living() {
        return List.copyOf(living.values());
    }

    /** Returns whether {@code className} is alive after the last step. */
    boolean knows(String className) {
        return living.containsKey(className) || adopted.contains(className);
    }

    private static Map<String, ConfigValue.Members> durableObjectExports(Settings settings, ConfigValue.Members scope) {
        var exports = new LinkedHashMap<>(settings.tables(settings.members(scope, "exports")));
        exports.values().removeIf(export -> settings.text(export, "type")
                .filter(type -> type.text().equals("durable-object"))
                .isEmpty());
        return exports;
    }

    private void migrate(ConfigValue.Members migration) {
        settings.texts(migration, "deleted_classes").forEach(name -> {
            if (living.remove(name.text()) == null && !adopted.remove(name.text())) {
                missing(name, "deleted_classes");
            }
        });
        settings.tables(migration, "renamed_classes").forEach(this::rename);
        settings.tables(migration, "transferred_classes")
                .forEach(step -> settings.text(step, "to").ifPresent(to -> adopted.add(to.text())));
        settings.texts(migration, "new_classes").forEach(name -> create(name, "new_classes", Backend.KV));
        settings.texts(migration, "new_sqlite_classes")
                .forEach(name -> create(name, "new_sqlite_classes", Backend.SQLITE));
    }

    private void rename(ConfigValue.Members step) {
        Optional<ConfigValue.Text> from = settings.text(step, "from");
        Optional<ConfigValue.Text> to = settings.text(step, "to");
        if (from.isEmpty() || to.isEmpty()) {
            settings.warn(
                    settings.line(step, "renamed_classes"),
                    "an entry of \"renamed_classes\" lacks \"from\" or \"to\"; it was ignored");
            return;
        }
        String newName = to.get().text();
        DeclaredClass old = living.remove(from.get().text());
        if (old != null) {
            living.put(newName, new DeclaredClass(newName, old.backend(), declarationLine(to.get())));
        } else if (adopted.remove(from.get().text())) {
            adopted.add(newName);
        } else {
            missing(from.get(), "renamed_classes");
        }
    }

    private void create(ConfigValue.Text name, String key, Backend backend) {
        if (knows(name.text())) {
            settings.warn(
                    declarationLine(name),
                    "\"%s\" creates %s, which exists by then; wrangler refuses that".formatted(key, name.text()));
            return;
        }
        living.put(name.text(), new DeclaredClass(name.text(), backend, declarationLine(name)));
    }

    private void export(String className, ConfigValue.Members export) {
        String state =
                settings.text(export, "state").map(ConfigValue.Text::text).orElse("created");
        if (!state.equals("created") && !state.equals("expecting-transfer")) {
            return;
        }
        int line = settings.toml().map(lines -> lines.declaration(className)).orElse(export.line());
        Optional<String> storage = settings.text(export, "storage").map(ConfigValue.Text::text);
        switch (storage.orElse("")) {
            case "sqlite" -> living.put(className, new DeclaredClass(className, Backend.SQLITE, line));
            case "legacy-kv" -> living.put(className, new DeclaredClass(className, Backend.KV, line));
            default -> {
                adopted.add(className);
                settings.warn(
                        line,
                        "\"exports.%s.storage\" is neither \"sqlite\" nor \"legacy-kv\"; wrangler refuses that"
                                .formatted(className));
            }
        }
    }

    private void missing(ConfigValue.Text name, String key) {
        settings.warn(
                declarationLine(name),
                "\"%s\" names %s, which does not exist by then; wrangler refuses that".formatted(key, name.text()));
    }

    private int declarationLine(ConfigValue.Text name) {
        return settings.toml().map(lines -> lines.declaration(name.text())).orElse(name.line());
    }

    /** Returns the classes of all {@code histories}, the earlier ones first; a class counts as it is met first. */
    static List<DeclaredClass> merge(List<ClassHistory> histories) {
        var merged = new LinkedHashMap<String, DeclaredClass>();
        for (ClassHistory history : histories) {
            history.living.values().forEach(declared -> merged.putIfAbsent(declared.className(), declared));
        }
        return new ArrayList<>(merged.values());
    }
}
