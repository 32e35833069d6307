package dev.dopi.catalog.gradualdeployment;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.JsonObject;
import dev.dopi.pattern.Options;
import dev.dopi.project.PackageManifest;
import dev.dopi.project.Project;
import dev.dopi.project.WranglerConfig;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Lays out the strategy, the scripts that follow it, and what the Worker's configuration needs for them. */
final class GradualEditor {

    private static final Pattern TOML_METADATA =
            Pattern.compile("^\\s*(\\[\\s*version_metadata\\s*]|version_metadata\\b)", Pattern.MULTILINE);

    private final Project project;
    private final GradualDeployment match;
    private final WranglerConfig config;
    private final Options options;
    private final String folder;
    private final CodeStyle style;
    private final List<Hunk> hunks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private GradualEditor(Project project, GradualDeployment match, WranglerConfig config, Options options) {
        this.project = project;
        this.match = match;
        this.config = config;
        this.options = options;
        this.folder = match.worker().folder();
        String lineEnd = project.read(config.path()).map(SourceFile::lineEnd).orElse("\n");
        this.style = new CodeStyle("  ", '"', true, lineEnd, false);
    }

    static EditPlan plan(Project project, GradualDeployment match, Options options) {
        if (match.config().isEmpty()) {
            return EditPlan.EMPTY;
        }
        WranglerConfig config = match.config().get();
        if (!match.undeclared().isEmpty()) {
            WranglerConfig.Binding first = match.undeclared().getFirst();
            return EditPlan.refused(
                    ("%s:%d binds %s, which no migration and no export creates. The deployment that creates a class reaches"
                                    + " all objects at once and cannot be rolled out step by step: declare the class, run"
                                    + " wrangler deploy, then come back.")
                            .formatted(config.path(), first.line(), first.className()));
        }
        return new GradualEditor(project, match, config, options).plan();
    }

    private EditPlan plan() {
        for (String path : List.of(StrategyFile.runner(folder), StrategyFile.shell(folder))) {
            if (project.read(path).isPresent() && !project.mentions(path, "deploy-gradual")) {
                return EditPlan.refused(
                        "%s is there already, and dopi did not write it; rename it, then come back.".formatted(path));
            }
        }
        String script = scriptName();
        String strategy = match.strategy().orElseGet(() -> StrategyFile.path(project, match.worker()));
        if (match.strategy().isEmpty()) {
            strategy(strategy, script);
        }
        runner();
        packageScript(strategy, script);
        if (options.of(GradualOptions.METADATA).equals("yes")) {
            metadata();
        }
        if (options.of(GradualOptions.AFFINITY).equals("cookie")) {
            affinity();
        }
        match.oneWay()
                .forEach(statement -> notes.add(
                        ("%s:%d leaves data that the old code cannot work on. If it is not deployed to every object yet,"
                                        + " take it out of a gradual deployment: both versions run on the same data.")
                                .formatted(statement.file(), statement.line())));
        var plan = new EditPlan(hunks, List.of());
        for (String note : notes) {
            plan = plan.noting(note);
        }
        return plan;
    }

    private void strategy(String path, String script) {
        var phases = new ArrayList<String>();
        for (String share : options.of(GradualOptions.PHASES).split(",", -1)) {
            phases.add("{ \"percentage\": %s, \"wait\": \"%s\" }"
                    .formatted(share.strip(), options.of(GradualOptions.WAIT).replace(" ", "")));
        }
        Map<String, String> values = new HashMap<>(Map.of(
                "RUN", manifest().isPresent() ? manager() + " run " + script : "bash " + StrategyFile.shell(""),
                "WORKER", config.name().orElse(""),
                "CONFIG", Paths.name(config.path()),
                "PHASES", String.join(",\n", phases),
                "ERRORS", GradualOptions.errorRate(options)));
        var flags = new HashSet<String>();
        factor(options.of(GradualOptions.LATENCY), "LATENCY", values, flags);
        factor(options.of(GradualOptions.CREATION), "CREATION", values, flags);
        create(
                "strategy",
                path,
                render("deployment-strategy.jsonc.txt", style, values, flags),
                "Strategy: " + options.of(GradualOptions.PHASES) + " %",
                "What the rollout follows: phases that only rise to 100, and the limits past which it goes back.",
                Set.of());
    }

    private static void factor(String chosen, String name, Map<String, String> values, Set<String> flags) {
        values.put(name + "_FACTOR", chosen);
        if (!chosen.equals(GradualOptions.OFF)) {
            flags.add(name);
        }
    }

    private void runner() {
        Set<String> needs = match.strategy().isEmpty() ? Set.of("strategy") : Set.of();
        if (project.read(StrategyFile.runner(folder)).isEmpty()) {
            create(
                    "runner",
                    StrategyFile.runner(folder),
                    render("deploy-gradual.mjs.txt", style, Map.of(), Set.of()),
                    "Script that follows the strategy",
                    "Uploads a version with the project's own wrangler, raises its share phase by phase while its errors and"
                            + " times are within the limits, and gives everything back to the old version when they are not.",
                    needs);
        }
        if (project.read(StrategyFile.shell(folder)).isEmpty()) {
            create(
                    "shell",
                    StrategyFile.shell(folder),
                    // A carriage return would be part of the interpreter's name.
                    render("deploy-gradual.sh.txt", new CodeStyle("  ", '"', true, "\n", false), Map.of(), Set.of()),
                    "Command for it",
                    "Starts the script with the Node.js that is on PATH.",
                    hunks.stream().anyMatch(hunk -> hunk.id().equals("runner")) ? Set.of("runner") : needs);
        }
    }

    private void packageScript(String strategy, String script) {
        Optional<PackageManifest> manifest = manifest();
        Optional<SourceFile> file = manifest.flatMap(each -> project.read(each.path()));
        if (manifest.isEmpty() || file.isEmpty()) {
            notes.add(
                    "There is no package.json, so the command is: bash %s. It needs wrangler installed beside the Worker."
                            .formatted(StrategyFile.shell(folder)));
            return;
        }
        if (manifest.get().scripts().containsKey(script)) {
            return;
        }
        String command = command(manifest.get(), strategy);
        JsonObject.of(file.get()).ifPresent(root -> {
            TextEdit edit = root.child("scripts")
                    .map(scripts -> scripts.adding(script, command))
                    .orElseGet(() -> root.addingObject("scripts", script, command));
            hunks.add(new Hunk(
                    "package-script",
                    file.get().path(),
                    false,
                    TextEdits.of(edit),
                    Applicability.SAFE,
                    "%s run %s".formatted(manager(), script),
                    "Runs the rollout; the deploy script that is there stays as it is.",
                    needs()));
        });
        if (!manifest.get().dependencies().containsKey("wrangler")
                && PackageManifest.installedVersion(project, folder, "wrangler").isEmpty()) {
            notes.add(
                    "%s does not name wrangler, and the rollout runs only one that is installed with the project: add it to"
                                    .formatted(file.get().path())
                            + " devDependencies.");
        }
    }

    private Set<String> needs() {
        var needed = new HashSet<String>();
        hunks.stream().map(Hunk::id).forEach(needed::add);
        return needed;
    }

    /** Returns the command as a JSON string; what the project builds before it deploys is built before this, too. */
    private String command(PackageManifest manifest, String strategy) {
        String shell = StrategyFile.shell(folder);
        String from = manifest.folder();
        String command = "bash " + (from.isEmpty() ? shell : shell.substring(from.length() + 1));
        if (!Paths.name(strategy).equals("deployment-strategy.jsonc")) {
            command += " --strategy " + (from.isEmpty() ? strategy : strategy.substring(from.length() + 1));
        }
        String deploy = manifest.scripts().getOrDefault("deploy", "");
        var built = Pattern.compile("([\\w:./ @-]+ && )(npx |pnpm |yarn |bunx |pnpm exec )?wrangler deploy\\b[^&|;]*")
                .matcher(deploy);
        return "\"" + (built.matches() ? built.group(1) : "") + command + "\"";
    }

    private void metadata() {
        SourceFile file = project.read(config.path()).orElseThrow();
        metadataEdit(file)
                .ifPresent(edit -> hunks.add(new Hunk(
                        "version-metadata",
                        file.path(),
                        false,
                        TextEdits.of(edit),
                        Applicability.SAFE,
                        "Binding CF_VERSION_METADATA",
                        "env.CF_VERSION_METADATA.id tells the code which version it is, so that its log lines can say so.",
                        Set.of())));
    }

    private void affinity() {
        switch (VersionKey.plan(project, config.main())) {
            case VersionKey.Answer.Planned(List<Hunk> more) -> {
                hunks.addAll(more);
                notes.add("The cookie does nothing by itself: make a Transform Rule that sets the request header"
                        + " Cloudflare-Workers-Version-Key to http.request.cookies[\"version-key\"][0] where http.cookie contains"
                        + " \"version-key\". There are none on workers.dev.");
            }
            case VersionKey.Answer.Impossible(String reason) -> notes.add(reason);
        }
    }

    private Optional<TextEdit> metadataEdit(SourceFile file) {
        if (config.format() != WranglerConfig.Format.TOML) {
            return JsonObject.of(file)
                    .filter(root -> root.member("version_metadata").isEmpty())
                    .map(root -> root.adding("version_metadata", "{ \"binding\": \"CF_VERSION_METADATA\" }"));
        }
        if (TOML_METADATA.matcher(file.text()).find()) {
            return Optional.empty();
        }
        String end = file.lineEnd();
        String gap = file.text().isEmpty() || file.text().endsWith("\n") ? end : end + end;
        return Optional.of(TextEdit.insert(
                file.text().length(), gap + "[version_metadata]" + end + "binding = \"CF_VERSION_METADATA\"" + end));
    }

    private Optional<PackageManifest> manifest() {
        return PackageManifest.nearest(project, folder);
    }

    private String manager() {
        return manifest().map(PackageManifest::packageManager).orElse("npm");
    }

    /** The Workers of one package each have a script of their own. */
    private String scriptName() {
        String usual = "deploy:gradual";
        Optional<String> home = manifest().map(PackageManifest::folder);
        boolean shared = project.configs().stream()
                        // To read the manifests of those elsewhere, too, would be work for each with each.
                        .filter(each -> home.map(folder -> each.folder().startsWith(folder))
                                .orElse(true))
                        .filter(each -> PackageManifest.nearest(project, each.folder())
                                .map(PackageManifest::folder)
                                .equals(home))
                        .count()
                > 1;
        return shared ? usual + ":" + config.name().orElse("worker") : usual;
    }

    private static String render(String template, CodeStyle style, Map<String, String> values, Set<String> flags) {
        return CodeTemplate.beside(GradualEditor.class, template).render(style, "", values, flags) + style.lineEnd();
    }

    private void create(String id, String path, String text, String title, String reason, Set<String> requires) {
        hunks.add(new Hunk(
                id, path, true, TextEdits.of(TextEdit.insert(0, text)), Applicability.SAFE, title, reason, requires));
    }
}
