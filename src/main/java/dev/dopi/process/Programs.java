package dev.dopi.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs on a {@code PATH}: the first one of a name is the one that runs, as in a shell. */
public record Programs(String searchPath) {

    public static Programs ofThisMachine() {
        return new Programs(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** Returns the programs that are found once {@code folders} are searched before all others. */
    public Programs after(List<Path> folders) {
        var all = new ArrayList<String>();
        folders.forEach(folder -> all.add(folder.toString()));
        if (!searchPath.isEmpty()) {
            all.add(searchPath);
        }
        return new Programs(String.join(":", all));
    }

    /** Returns the executable file that {@code name} stands for when it is called in {@code folder}. */
    public Optional<Path> find(String name, Path folder) {
        if (name.contains("/")) {
            return Optional.of(folder.resolve(name)).filter(Programs::runs);
        }
        return Stream.of(searchPath.split(":", -1))
                .flatMap(each -> candidate(folder, each, name).stream())
                .filter(Programs::runs)
                .findFirst();
    }

    private static Optional<Path> candidate(Path folder, String searched, String name) {
        try {
            return Optional.of(folder.resolve(searched).resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty(); // A folder that cannot exist holds no program.
        }
    }

    private static boolean runs(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
