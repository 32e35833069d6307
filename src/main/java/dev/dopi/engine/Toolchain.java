package dev.dopi.engine;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.dopi.process.Command;
import dev.dopi.process.Outcome;
import dev.dopi.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is installed for the code in one folder, as node and npm see it: the {@code node_modules} of the folder and of
 * every folder above it, the nearest first, and then the {@code PATH}. Nothing is ever fetched.
 */
record Toolchain(Path folder, Programs programs) {

    private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    static Toolchain of(Path folder, Programs machine) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new Toolchain(
                absolute,
                machine.after(upwards(absolute)
                        .map(each -> each.resolve(Path.of("node_modules", ".bin")))
                        .filter(Files::isDirectory)
                        .toList()));
    }

    /** Returns the program {@code name} as its folder would call it, where an installed package brings it. */
    Optional<String> packaged(String name) {
        return upwards(folder)
                .map(each -> each.resolve(Path.of("node_modules", ".bin", name)))
                .filter(Files::isExecutable)
                .map(each -> folder.relativize(each).toString())
                .findFirst();
    }

    /** Returns the {@code package.json} of the installed package, or a missing node. */
    JsonNode manifest(String packageName) {
        return upwards(folder)
                .map(each -> each.resolve("node_modules").resolve(packageName).resolve("package.json"))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Toolchain::json)
                .orElse(MissingNode.getInstance());
    }

    boolean has(String packageName) {
        return upwards(folder)
                .anyMatch(each -> Files.isDirectory(each.resolve("node_modules").resolve(packageName)));
    }

    /** Returns whether Yarn keeps the packages in archives, with no {@code node_modules} at all. */
    boolean isPlugAndPlay() {
        return upwards(folder).anyMatch(each -> Files.isRegularFile(each.resolve(".pnp.cjs")));
    }

    Optional<Path> node() {
        return programs.find("node", folder);
    }

    /** Returns the version of the node that would run, {@code 22.12.0}; empty where it does not say. */
    Optional<String> nodeVersion() {
        var printed = new ArrayList<String>();
        var asking = new Command(
                List.of("node", "--version"),
                folder,
                Map.of("PATH", programs.searchPath()),
                Set.of("NODE_OPTIONS"),
                VERSION_LIMIT);
        try {
            Outcome outcome = asking.run(line -> printed.add(line.text()));
            boolean told = outcome instanceof Outcome.Exited exited && exited.status() == 0 && !printed.isEmpty();
            return told ? Optional.of(printed.getFirst().strip().replaceFirst("^v", "")) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Returns what the file holds, comments and trailing commas allowed, or a missing node where that is not JSON. */
    static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readString(file).replace("\uFEFF", ""));
        } catch (IOException e) {
            return MissingNode.getInstance(); // The program that needs the file says better what is wrong with it.
        }
    }

    private static Stream<Path> upwards(Path folder) {
        return Stream.iterate(folder, each -> each != null, Path::getParent);
    }
}
