package dev.dopi.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Runs dopi on labelled projects and prints how well it did: {@code Evaluate DOPI LABELS CHECKOUTS [--each-worker]}.
 *
 * <p>Exits with 0 where the figures are good enough, 1 where they are not, 2 where it could not be found out.
 */
public final class Evaluate {

    private final String dopi;
    private final Path checkouts;
    private final boolean eachWorker;
    private final Scores scores = new Scores();

    private Evaluate(String dopi, Path checkouts, boolean eachWorker) {
        this.dopi = dopi;
        this.checkouts = checkouts;
        this.eachWorker = eachWorker;
    }

    /** Starts the evaluation. */
    public static void main(String[] words) throws InterruptedException {
        boolean eachWorker = Arrays.asList(words).contains("--each-worker");
        List<String> rest = Arrays.stream(words)
                .filter(word -> !word.equals("--each-worker"))
                .toList();
        if (rest.size() != 3) {
            System.err.println("Usage: scripts/evaluate LABELS CHECKOUTS [--each-worker]");
            System.exit(2);
        }
        try {
            Labels labels = Labels.read(Path.of(rest.get(1)));
            System.exit(new Evaluate(rest.getFirst(), Path.of(rest.get(2)), eachWorker).run(labels));
        } catch (IOException e) {
            System.err.println("The evaluation ended early: " + e.getMessage());
            System.exit(2);
        }
    }

    private int run(Labels labels) throws IOException, InterruptedException {
        boolean complete = true;
        for (var entry : labels.byRepository().entrySet()) {
            Optional<Path> checkout = checkout(entry.getKey());
            if (checkout.isEmpty()) {
                System.out.printf("%s: no checkout in %s%n", entry.getKey(), checkouts);
                complete = false;
            } else {
                evaluate(checkout.get(), entry.getValue());
            }
        }
        System.out.print("\n" + scores.summary());
        if (!complete) {
            return 2;
        }
        return scores.areGood() ? 0 : 1;
    }

    private Optional<Path> checkout(String repository) {
        String name = repository.substring(repository.indexOf('/') + 1);
        return List.of(repository.replace('/', '+'), repository, name).stream()
                .map(checkouts::resolve)
                .filter(Files::isDirectory)
                .findFirst();
    }

    private void evaluate(Path checkout, List<Labels.Worker> workers) throws IOException, InterruptedException {
        var byFolder = new LinkedHashMap<String, Told>();
        for (Labels.Worker worker : workers) {
            String folder = eachWorker ? worker.folder() : "";
            Told told = byFolder.get(folder);
            if (told == null) {
                told = analysed(checkout, folder);
                byFolder.put(folder, told);
            }
            List<String> lines = Comparison.of(worker, told, scores);
            System.out.printf(
                    "%s %s: %d labelled%n",
                    worker.repository(),
                    worker.config().orElse(worker.folder()),
                    worker.objects().size());
            lines.forEach(line -> System.out.println("  " + line));
        }
    }

    /** Asks dopi as a user would, in a process of its own. */
    private Told analysed(Path checkout, String folder) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("dopi-evaluate-", ".err");
        try {
            Process process = new ProcessBuilder(
                            dopi, "analyze", checkout.resolve(folder).toString(), "--format", "json")
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            byte[] printed = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            if (code == 2 && printed.length == 0) {
                // It says that there is nothing to analyse, which is an answer.
                return new Told(List.of());
            }
            if (code > 2 || printed.length == 0) {
                throw new IOException("dopi exited with %d on %s: %s"
                        .formatted(code, checkout.resolve(folder), Files.readString(errors)));
            }
            JsonNode root = JsonMapper.builder().build().readTree(printed);
            return Told.read(root, folder);
        } finally {
            Files.delete(errors);
        }
    }
}
