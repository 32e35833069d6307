package dev.dopi.natives;

import java.util.List;

/** Says that a native library could be loaded from no folder, in a sentence for the user. */
public final class NativeLibraryException extends RuntimeException {

    NativeLibraryException(String resource, List<String> refusals) {
        super(
                "The library %s can be loaded from no folder: %s. Point XDG_CACHE_HOME at a folder that you can write to and that may hold programs."
                        .formatted(resource.substring(resource.lastIndexOf('/') + 1), String.join(", ", refusals)));
    }
}
