package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sample project that is part of the program. */
final class BundledSample implements SampleProject {

    private static final String ROOT = "/demo/";
    /** What npm and wrangler put there. */
    private static final Set<String> INSTALLED = Set.of("node_modules", "package-lock.json", ".wrangler");

    @Override
    public boolean untouched(Path folder) {
        try {
            var files = files();
            for (Path each : own(folder)) {
                if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    byte[] expected = files.remove(folder.relativize(each).toString());
                    if (expected == null || !Arrays.equals(expected, Files.readAllBytes(each))) {
                        return false;
                    }
                }
            }
            return files.isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void writeTo(Path folder) throws ProjectException {
        try {
            for (Path each : own(folder).reversed()) {
                if (!each.equals(folder)) {
                    Files.delete(each);
                }
            }
            for (var file : files().entrySet()) {
                Path target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
        } catch (IOException e) {
            throw Context.usage("The sample project cannot be written to " + folder + ": " + e.getMessage() + ".");
        }
    }

    /** Returns what is in {@code folder}, folders before what is in them. */
    private static List<Path> own(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.equals(folder)
                            || !INSTALLED.contains(
                                    folder.relativize(path).getName(0).toString()))
                    .toList();
        }
    }

    private static Map<String, byte[]> files() throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (String name :
                new String(bytes("files.txt"), StandardCharsets.UTF_8).lines().toList()) {
            files.put(name, bytes(name));
        }
        // Not packed: a build leaves a file of this name out.
        files.put(".gitignore", "node_modules\n.wrangler\n".getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = BundledSample.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IOException(name + " is not part of this build");
            }
            return in.readAllBytes();
        }
    }
}
