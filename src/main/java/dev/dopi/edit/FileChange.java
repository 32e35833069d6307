package dev.dopi.edit;

import dev.dopi.source.SourceFile;

/** What becomes of one file. */
public sealed interface FileChange {

    /** The file's path, relative to the root. */
    String path();

    /** The whole text afterwards. */
    String after();

    /** A file that does not exist yet. */
    record Create(String path, String after) implements FileChange {}

    /** A file that is there, with the text that it must still have for the change to be made. */
    record Modify(String path, String before, String after) implements FileChange {}

    /** Returns the file as it will be. */
    default SourceFile file() {
        return new SourceFile(path(), after());
    }

    /** Returns the text before: empty for a file that is made. */
    default String textBefore() {
        return switch (this) {
            case Create _ -> "";
            case Modify modify -> modify.before();
        };
    }
}
