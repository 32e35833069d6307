package dev.dopi.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dopi.analysis.Analyzer;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.process.Command;
import dev.dopi.process.Programs;
import dev.dopi.process.Sanitizer;
import dev.dopi.project.Project;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proof that a Worker's objects answer, and keep their data when the old code is exchanged for the new and back:
 * run by the project's own wrangler in workerd, over storage of its own, cut off from all other machines.
 *
 * <p>Objects that wrangler keeps on this machine take part as a copy.
 */
record ObjectsProof(
        Check check,
        Path root,
        Path folder,
        Path work,
        Optional<Path> before,
        Optional<String> noBefore,
        CheckEnvironment environment) {

    private static final List<String> SCRIPTS = List.of(
            "objects.mjs",
            "alarms.mjs",
            "inside.mjs",
            "local.mjs",
            "queries.mjs",
            "requests.mjs",
            "rows.mjs",
            "runtime.mjs",
            "sockets.mjs",
            "tables.mjs",
            "telling.mjs");

    /**
     * Lays out what the proof needs.
     *
     * @param root of the project, which {@code check} is about
     * @param newRoot where the code that is looked at stands: {@code root}, or a copy of it
     * @param change what the code before is told by; where that cannot be had any more, the code is looked at alone
     */
    static ObjectsProof prepare(
            Check check, Path root, Path newRoot, Optional<AppliedChange> change, CheckEnvironment environment)
            throws IOException {
        Path work = environment.folder("objects");
        for (String each : SCRIPTS) {
            try (InputStream script = ObjectsProof.class.getResourceAsStream("/proof/" + each)) {
                if (script == null) {
                    throw new IllegalStateException("dopi was built without its proof " + each);
                }
                Files.copy(script, work.resolve(each));
            }
        }
        Path inside = root.toRealPath().relativize(check.folder().toRealPath());
        String config = check.command().getLast();
        Optional<Path> before = Optional.empty();
        Optional<String> noBefore = Optional.empty();
        try {
            if (change.isPresent()) {
                before = Optional.of(kept(change.get().before(), environment));
            }
        } catch (ProjectException | IOException e) {
            noBefore = Optional.of(String.valueOf(e.getMessage()));
        }
        var plan = new ObjectsPlan(inside, config, work, wrangler(newRoot.resolve(inside)));
        Optional<Worker> now = worker(newRoot, inside.resolve(config));
        Optional<Worker> then = before.flatMap(folder -> worker(folder, inside.resolve(config)));
        Files.write(
                work.resolve("plan.json"),
                Json.write(plan.json(root, newRoot, before, now, then)).bytes());
        return new ObjectsProof(check, newRoot, newRoot.resolve(inside), work, before, noBefore, environment);
    }

    /** The copy goes when the surroundings of the check go. */
    private static Path kept(ProjectCopy copy, CheckEnvironment environment) {
        environment.closing(copy);
        return copy.root();
    }

    private static Path wrangler(Path folder) throws IOException {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path wrangler = at.resolve(Path.of("node_modules", "wrangler"));
            if (Files.isDirectory(wrangler)) {
                return wrangler.toRealPath();
            }
        }
        throw new IOException("wrangler is not installed any more");
    }

    private static Optional<Worker> worker(Path root, Path config) {
        try {
            Project project = Project.of(DiskTree.open(root));
            Model model = Analyzer.analyse(project, _ -> {}).model();
            return model.workers().stream()
                    .filter(worker -> worker.id().equals(config.toString().replace('\\', '/')))
                    .findFirst();
        } catch (ProjectException e) {
            return Optional.empty(); // The folder has gone; the program's own words will say so.
        }
    }

    /** Returns the command that runs it; node keeps what it compiled of wrangler in {@code cache}, for the next time. */
    Command command(Programs machine, Path cache) {
        Toolchain tools = Toolchain.of(folder, machine);
        Command command = environment.command(
                List.of(
                        "node",
                        work.resolve("objects.mjs").toString(),
                        work.resolve("plan.json").toString()),
                new Check(check.id(), check.title(), check.command(), folder, check.limit(), Optional.empty()),
                tools);
        var variables = new HashMap<>(command.environment());
        variables.put("NODE_COMPILE_CACHE", cache.toString());
        // What a runtime that is killed leaves goes with the rest.
        variables.put("TMPDIR", work.toString());
        return new Command(command.words(), command.folder(), variables, command.without(), command.limit());
    }

    /** Returns the result with the proof's parts, judged by them. */
    CheckResult judged(CheckResult result) {
        if (result.exitCode().isEmpty()) {
            return result;
        }
        JsonNode written = Toolchain.json(work.resolve("result.json"));
        var parts = new ArrayList<CheckPart>();
        for (JsonNode part : written.path("parts")) {
            parts.add(new CheckPart(
                    part.path("className").asText(),
                    part.path("name").asText(),
                    CheckPart.Verdict.valueOf(part.path("verdict")
                            .asText()
                            .toUpperCase(Locale.ROOT)
                            .replace('-', '_')),
                    plain(part.path("detail").asText()),
                    Duration.ofMillis(part.path("millis").asLong())));
        }
        String reason = plain(written.path("reason").asText(""));
        var told = new ArrayList<>(parts);
        noBefore.ifPresent(why -> told.add(new CheckPart(
                "", "with the code before dopi's change", CheckPart.Verdict.NOT_RUN, why, Duration.ZERO)));
        return new CheckResult(
                check,
                outcome(parts, reason, result),
                result.exitCode(),
                result.duration(),
                reason(parts, reason, result),
                result.log(),
                told,
                before.isPresent(),
                result.started());
    }

    /** Text to be shown: a copy that it names is gone when it is read. */
    private String plain(String text) {
        String plain = Sanitizer.plain(text);
        return before.map(copy -> plain.replace(copy.toString(), root.toString()))
                .orElse(plain);
    }

    private static Outcome outcome(List<CheckPart> parts, String reason, CheckResult result) {
        if (parts.stream().anyMatch(CheckPart::failed)) {
            return Outcome.FAILED;
        }
        if (!reason.isEmpty() || parts.isEmpty()) {
            return Outcome.SKIPPED;
        }
        boolean before = parts.stream().anyMatch(part -> part.verdict() == CheckPart.Verdict.FAILED_BEFORE);
        return before ? Outcome.FAILED_BEFORE : result.outcome();
    }

    private static String reason(List<CheckPart> parts, String reason, CheckResult result) {
        Optional<CheckPart> failed = parts.stream().filter(CheckPart::failed).findFirst();
        if (failed.isPresent()) {
            return CheckResult.sentence(failed.get().text());
        }
        if (!reason.isEmpty()) {
            return "It could not be run here: " + reason + ".";
        }
        if (parts.isEmpty()) {
            return "It could not be run here: " + result.reason();
        }
        return parts.stream()
                .filter(part -> part.verdict() == CheckPart.Verdict.FAILED_BEFORE)
                .findFirst()
                .map(part -> CheckResult.sentence(part.text()))
                .orElse("");
    }
}
