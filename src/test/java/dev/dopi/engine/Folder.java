package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.fail;

import dev.dopi.edit.FileChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;

/** A project in a temporary folder, with its state folder beside it. */
record Folder(Path root, Path stateHome) {

    static Folder in(Path temporary) throws IOException {
        return new Folder(
                Files.createDirectories(temporary.resolve("project")).toRealPath(), temporary.resolve("state"));
    }

    Folder with(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    String text(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    Folder mode(String path, String mode) throws IOException {
        Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString(mode));
        return this;
    }

    StateFolder state() throws ProjectException {
        return StateFolder.in(stateHome, root);
    }

    Workspace workspace() throws ProjectException {
        return new Workspace(Journal.open(state()));
    }

    /** Returns a workspace that does not wait for the disk. */
    Workspace quick() throws ProjectException {
        return workspace(_ -> {});
    }

    /** Returns a workspace that passes {@code seam} before each change of the disk, and does not wait for it. */
    Workspace workspace(Disk.Seam seam) throws ProjectException {
        return new Workspace(new Journal(state(), new Disk(seam, false)));
    }

    FileChange.Modify change(String path, String after) throws IOException {
        return new FileChange.Modify(path, text(path), after);
    }

    /** Returns everything in the project: each path with its permissions and, for a file, its bytes as text. */
    Map<String, String> everything() throws IOException {
        var all = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (Path each : paths.toList()) {
                String mode =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS));
                String what = Files.isSymbolicLink(each)
                        ? "-> " + Files.readSymbolicLink(each)
                        : Files.isDirectory(each)
                                ? "folder"
                                : new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1);
                all.put(root.relativize(each).toString(), mode + " " + what);
            }
        }
        return all;
    }

    static String refusal(Executable call) {
        try {
            call.execute();
        } catch (ProjectException e) {
            if (e.kind() == ProjectException.Kind.REFUSED) {
                return String.valueOf(e.getMessage());
            }
            return fail("another kind", e);
        } catch (Throwable e) {
            return fail("not a refusal", e);
        }
        return fail("nothing was refused");
    }
}
