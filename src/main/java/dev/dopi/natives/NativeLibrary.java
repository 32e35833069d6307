package dev.dopi.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A native library that one of the program's jars carries.
 *
 * <p>It is unpacked once for all later starts and loaded from there. Where that folder cannot be written, or the system
 * runs no code from it, the next one is tried: the cache folder, the temporary folder, the one of the login session.
 */
public final class NativeLibrary {

    /** Says where libraries are that were unpacked before this program was started. */
    private static final String PREPARED = "dopi.natives";

    private final Map<String, String> environment;
    private final Optional<Path> prepared;
    private final Path temporary;
    private final Consumer<Path> loader;

    NativeLibrary(Map<String, String> environment, Optional<Path> prepared, Path temporary, Consumer<Path> loader) {
        this.environment = environment;
        this.prepared = prepared;
        this.temporary = temporary;
        this.loader = loader;
    }

    /**
     * Loads the library that {@code resource} names, and returns the folder in which it now stands under that name.
     *
     * @return empty where no jar carries it: this system is one that it was not built for
     * @throws NativeLibraryException where it is there and can be loaded from nowhere
     */
    @SuppressWarnings("restricted") // Loading native code is what this class is for; the jar's manifest allows it.
    public static Optional<Path> load(String resource) {
        return new NativeLibrary(
                        System.getenv(),
                        Optional.ofNullable(System.getProperty(PREPARED)).map(Path::of),
                        Path.of(System.getProperty("java.io.tmpdir")),
                        file -> System.load(file.toString()))
                .loaded(resource);
    }

    Optional<Path> loaded(String resource) {
        if (prepared.isPresent()
                && Files.isRegularFile(prepared.get().resolve(resource))
                && refusal(prepared.get().resolve(resource)).isEmpty()) {
            return prepared;
        }
        Optional<byte[]> content = content(resource);
        return content.isEmpty() ? Optional.empty() : Optional.of(unpackedAndLoaded(resource, content.get()));
    }

    private Path unpackedAndLoaded(String resource, byte[] content) {
        var refusals = new ArrayList<String>();
        for (Path base : bases()) {
            try {
                Path folder = new Unpacking(base).of(resource, content);
                Optional<String> refusal = refusal(folder.resolve(resource));
                if (refusal.isEmpty()) {
                    return folder;
                }
                refusals.add(base + " (" + refusal.get() + ")");
            } catch (IOException e) {
                refusals.add(base + " (" + e.getMessage() + ")");
            }
        }
        try {
            Path folder = Unpacking.passing(temporary, resource, content);
            Optional<String> refusal = refusal(folder.resolve(resource));
            if (refusal.isEmpty()) {
                return folder;
            }
            refusals.add(temporary + " (" + refusal.get() + ")");
        } catch (IOException e) {
            refusals.add(temporary + " (" + e.getMessage() + ")");
        }
        throw new NativeLibraryException(resource, refusals);
    }

    /** Returns the folders to try in turn that only this user can write to; the temporary one is everybody's. */
    private List<Path> bases() {
        var bases = new ArrayList<Path>();
        absolute("XDG_CACHE_HOME")
                .or(() -> absolute("HOME").map(home -> home.resolve(".cache")))
                .ifPresent(bases::add);
        absolute("XDG_RUNTIME_DIR").ifPresent(bases::add);
        return bases.stream()
                .map(base -> base.resolve("dopi").resolve("natives"))
                .toList();
    }

    private Optional<Path> absolute(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> value.startsWith("/"))
                .map(Path::of);
    }

    private Optional<String> refusal(Path file) {
        try {
            loader.accept(file);
            return Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            // The linker says which file first, and Java says so once more.
            String reason = String.valueOf(e.getMessage());
            return Optional.of(reason.substring(reason.lastIndexOf(": ") + 1).strip());
        }
    }

    private static Optional<byte[]> content(String resource) {
        try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new NativeLibraryException(resource, List.of("the program's own jar (" + e.getMessage() + ")"));
        }
    }
}
