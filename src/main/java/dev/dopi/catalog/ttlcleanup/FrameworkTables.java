package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.Table;

/** Tables that a framework's base class makes and fills, so that no statement of the project is about them. */
final class FrameworkTables {

    private FrameworkTables() {}

    static boolean isFramework(Table table) {
        return table.definition().sql().isEmpty();
    }
}
