package dev.dopi.model;

import dev.dopi.model.DurableObjectClass.Place;
import java.util.List;

/**
 * Keys of one form in the key-value store of a Durable Object: a single key, or all that begin alike.
 *
 * @param key the key as written, with {@code <…>} for what varies: {@code settings}, {@code message:<Date.now()>}
 * @param single whether it is one key for ever
 * @param puts where it is written
 * @param deletes where keys of it are deleted
 */
public record Series(
        String key, boolean single, List<Place> puts, List<Place> deletes, Table.Growth growth, String growthReason) {

    public Series {
        puts = List.copyOf(puts);
        deletes = List.copyOf(deletes);
    }
}
