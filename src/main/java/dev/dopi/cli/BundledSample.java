package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sample project that is part of the program. */
final class BundledSample implements SampleProject {

    private static final String ROOT = "/demo/";

    @Override
    public Path copy() throws ProjectException {
        try {
            Path folder = Files.createTempDirectory("dopi-demo-").resolve("clubhouse");
            for (String name : names()) {
                Path target = folder.resolve(name);
                Files.createDirectories(target.getParent());
                Files.write(target, bytes(name));
            }
            // Not packed: a build leaves a file of this name out.
            Files.writeString(folder.resolve(".gitignore"), "node_modules\n.wrangler\n");
            return folder;
        } catch (IOException e) {
            throw Context.usage("The sample project cannot be copied to a temporary folder: " + e.getMessage() + ".");
        }
    }

    private static List<String> names() throws IOException {
        return new String(bytes("files.txt"), StandardCharsets.UTF_8).lines().toList();
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
