package dev.dopi.analysis;

import java.util.Optional;

/** What an expression means to whoever looks for what an object keeps. */
enum Role {
    STATE,
    STORAGE,
    SQL,
    KV,
    ID,
    /** A database object that an object-relational mapper makes of the storage. */
    ORM,
    /** A query builder that writes to the storage, or what it reaches the storage by. */
    BUILDER,
    /** The Durable Object itself, which was passed on. */
    OBJECT;

    /** Returns what something of {@code type}, a type as it is written, is. */
    static Optional<Role> ofType(String type) {
        String name = type.replaceFirst("^:", "").strip().replaceFirst("<[\\s\\S]*$", "");
        return switch (name) {
            case "DurableObjectState" -> Optional.of(STATE);
            case "DurableObjectStorage", "DurableObjectTransaction" -> Optional.of(STORAGE);
            case "SqlStorage" -> Optional.of(SQL);
            case "DrizzleSqliteDODatabase" -> Optional.of(ORM);
            default ->
                name.matches("DurableObject(State|Storage)?\\[\"(ctx|storage|sql)\"\\](\\[\"sql\"\\])?")
                        ? Optional.of(indexed(name))
                        : Optional.empty();
        };
    }

    private static Role indexed(String type) {
        return type.endsWith("[\"sql\"]") ? SQL : type.endsWith("[\"storage\"]") ? STORAGE : STATE;
    }

    /** Returns what the platform has under {@code property} of it. */
    Optional<Role> part(String property) {
        return switch (this) {
            case STATE ->
                switch (property) {
                    case "storage" -> Optional.of(STORAGE);
                    case "id" -> Optional.of(ID);
                    default -> Optional.empty();
                };
            case STORAGE ->
                switch (property) {
                    case "sql" -> Optional.of(SQL);
                    case "kv" -> Optional.of(KV);
                    default -> Optional.empty();
                };
            case SQL, KV, ID, ORM, BUILDER, OBJECT -> Optional.empty();
        };
    }
}
