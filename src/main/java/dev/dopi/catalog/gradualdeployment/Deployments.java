package dev.dopi.catalog.gradualdeployment;

import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.pattern.Evidence;
import dev.dopi.project.PackageManifest;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a project's scripts and pipelines deploy a Worker.
 *
 * @param whole commands that give every object the new version at once
 * @param uploads commands that upload a version without deploying it
 * @param split commands that deploy a version to a share of the traffic
 */
record Deployments(List<Evidence> whole, List<Evidence> uploads, List<Evidence> split) {

    static final Deployments NONE = new Deployments(List.of(), List.of(), List.of());

    private static final Pattern PIPELINE = Pattern.compile(
            "(^|.*/)(package\\.json|Makefile|justfile|Justfile|Taskfile\\.ya?ml|\\.gitlab-ci\\.yml|bitbucket-pipelines\\.yml"
                    + "|[^/]+\\.(sh|bash|ps1|mjs|cjs|js|ts|tf)|\\.github/[^/]+/.*\\.ya?ml|\\.circleci/.*\\.ya?ml|\\.buildkite/.*\\.ya?ml)");
    /** Scripts in these languages are commands only where scripts are kept. */
    private static final Pattern PROGRAM = Pattern.compile("\\.[mc]?[jt]s$");

    private static final Pattern SCRIPT_FOLDER =
            Pattern.compile("(^|.*/)(scripts?|bin|ci|\\.github|deploy|tools)/[^/]+");
    private static final Pattern OURS = Pattern.compile("(^|.*/)scripts/deploy-gradual\\.(sh|mjs)");

    /** Words between which a program puts quotes and commas: {@code ["versions", "deploy"]}. */
    private static final String GAP = "[\"',\\s]+";

    /** Not where the one version that is named gets everything. */
    private static final Pattern SPLIT = Pattern.compile(
            "\\bversions" + GAP + "deploy\\b(?![^\\n@]*@100\\b[^\\n@]*$)|\\bcloudflare_workers?_deployment\\b",
            Pattern.MULTILINE);

    private static final Pattern UPLOAD = Pattern.compile("\\bversions" + GAP + "upload\\b");
    private static final Pattern WHOLE =
            Pattern.compile("\\bwrangler" + GAP + "(deploy|publish)\\b(?!.*--dry-run)|\\bversions" + GAP
                    + "deploy\\b[^\\n@]*@100\\b|\\bcommand:\\s*[\"']?deploy\\b");

    Deployments {
        whole = List.copyOf(whole);
        uploads = List.copyOf(uploads);
        split = List.copyOf(split);
    }

    /** Returns the files of a project that could hold commands, whatever Worker they are about. */
    static List<String> pipelines(Project project) {
        return project.paths().stream()
                .filter(path -> isPipeline(path)
                        && (project.mentions(path, "versions")
                                || project.mentions(path, "deploy")
                                || project.mentions(path, "publish")))
                .toList();
    }

    /** Returns what {@code pipelines}, of {@link #pipelines(Project)}, say about {@code worker}. */
    static Deployments of(Project project, List<String> pipelines, Model model, Worker worker) {
        var whole = new ArrayList<Evidence>();
        var uploads = new ArrayList<Evidence>();
        var split = new ArrayList<Evidence>();
        boolean only = model.workers().stream()
                        .filter(each -> each.config().isPresent())
                        .count()
                == 1;
        for (String path : pipelines) {
            project.read(path)
                    .filter(file -> only || isFor(project, file, worker))
                    .ifPresent(file -> {
                        find(file, SPLIT, "deploys a version to a share of the traffic", split);
                        find(file, UPLOAD, "uploads a version", uploads);
                        find(file, WHOLE, "gives every object the new version at once", whole);
                    });
        }
        return new Deployments(whole, uploads, split);
    }

    private static boolean isPipeline(String path) {
        // Most files are programs where none are kept that deploy.
        if (PROGRAM.matcher(path).find() && !SCRIPT_FOLDER.matcher(path).matches()) {
            return false;
        }
        return PIPELINE.matcher(path).matches() && !OURS.matcher(path).matches();
    }

    /** Among several Workers, a file is about the one whose folder it stands in, or that it names. */
    private static boolean isFor(Project project, SourceFile file, Worker worker) {
        String home = PackageManifest.nearest(project, worker.folder())
                .map(PackageManifest::folder)
                .orElse(worker.folder());
        if (file.path().endsWith("package.json")) {
            return file.path().equals(home.isEmpty() ? "package.json" : home + "/package.json");
        }
        boolean inside = !worker.folder().isEmpty() && file.path().startsWith(worker.folder() + "/");
        return inside
                || file.text().contains(worker.id())
                || !worker.folder().isEmpty() && file.text().contains(worker.folder())
                || worker.name()
                        .filter(name -> Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                                .matcher(file.text())
                                .find())
                        .isPresent();
    }

    private static void find(SourceFile file, Pattern command, String message, List<Evidence> found) {
        Matcher matcher = command.matcher(file.text());
        while (matcher.find()) {
            int start = file.text().lastIndexOf('\n', matcher.start()) + 1;
            String before = file.text().substring(start, matcher.start()).strip();
            if (!before.startsWith("#") && !before.startsWith("//") && !before.startsWith("*")) {
                found.add(
                        new Evidence(file.path(), file.position(matcher.start()).line(), 1, message));
            }
        }
    }
}
