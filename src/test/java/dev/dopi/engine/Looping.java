package dev.dopi.engine;

import dev.dopi.edit.FileChange;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that applies and undoes thirty changes of ten files for ever, once it is told to begin; made to be killed.
 *
 * <p>It prints a byte before each change of the disk, so that it can be killed near any of them on a machine of any
 * speed. It does not wait for the disk: what a killed process wrote, the system has.
 */
final class Looping {

    static final int FILES = 10;
    private static final int PATTERNS = 3;

    private Looping() {}

    public static void main(String[] arguments) throws IOException, ProjectException {
        var project = new Folder(Path.of(arguments[0]), Path.of(arguments[1]));
        // Loads most classes while it waits.
        Json.write(List.of("warm-up"));
        if (System.in.read() < 0) {
            return;
        }
        try (var output = new FileOutputStream(FileDescriptor.out)) {
            Workspace workspace = project.workspace(_ -> output.write('.'));
            while (true) {
                cycle(workspace, project);
            }
        }
    }

    static void cycle(Workspace workspace, Folder project) throws IOException, ProjectException {
        apply(workspace, project);
        workspace.undo(workspace.undoable());
    }

    static String path(int file) {
        return file < FILES - 2 ? "src/file-%d.ts".formatted(file) : "test/dopi/new-%d.ts".formatted(file);
    }

    static Folder prepared(Folder project) throws IOException {
        for (int file = 0; file < FILES - 2; file++) {
            project.with(
                    path(file), "the first line of file %d\n".formatted(file).repeat(1 + file * file * 20));
        }
        return project;
    }

    static void apply(Workspace workspace, Folder project) throws IOException, ProjectException {
        var texts = new ArrayList<String>();
        for (int file = 0; file < FILES; file++) {
            texts.add(file < FILES - 2 ? project.text(path(file)) : "");
        }
        var transactions = new ArrayList<Transaction>();
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            var changes = new ArrayList<FileChange>();
            for (int file = 0; file < FILES; file++) {
                String after = texts.get(file) + "pattern %d was here\n".formatted(pattern);
                changes.add(
                        texts.get(file).isEmpty()
                                ? new FileChange.Create(path(file), after)
                                : new FileChange.Modify(path(file), texts.get(file), after));
                texts.set(file, after);
            }
            transactions.add(new Transaction("pattern-" + pattern, "Room", changes));
        }
        workspace.apply(List.copyOf(transactions));
    }
}
