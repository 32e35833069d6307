package dev.dopi.cli;

import dev.dopi.catalog.Catalog;
import java.util.Iterator;

/** The ids of the patterns that are built, for shells to complete. */
final class PatternIds implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Catalog.patterns().stream().map(pattern -> pattern.info().id()).iterator();
    }
}
