package dev.dopi.engine;

/**
 * Where the journal keeps a content: in the folder of an entry, in a file named for its hash.
 *
 * @param hash as {@link Content#hash} gives it; nothing is stored for a file that is absent
 */
record Stored(String entry, String hash) {

    boolean absent() {
        return hash.equals(Content.ABSENT.hash());
    }
}
