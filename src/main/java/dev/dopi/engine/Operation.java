package dev.dopi.engine;

import java.util.List;

/**
 * All that an apply or an undo is about to do, written down before the first project file is touched.
 *
 * <p>While it stands in the journal the project is between two states; from it alone either can be reached, however
 * often one is interrupted on the way.
 *
 * @param format of the record, for a later dopi
 * @param id random; part of the name of every temporary file
 * @param steps one for each file
 * @param folders that are removed when they are empty at the end, relative to the root, parents first
 * @param before the journal entries as they are when nothing of it is done
 * @param after the same entries as they are when all of it is done
 */
record Operation(
        int format,
        String id,
        Interrupted.Kind kind,
        List<Step> steps,
        List<String> folders,
        List<Entry> before,
        List<Entry> after) {

    static final int FORMAT = 1;

    Operation {
        steps = List.copyOf(steps);
        folders = List.copyOf(folders);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** One of the two states that an operation leads from and to. */
    enum Side {
        BEFORE,
        AFTER
    }

    /**
     * A file that goes from one content to another.
     *
     * @param file where it really is, relative to the root
     * @param mode its permissions as {@code rwxr-x---}, for when it has to be made again; empty where unknown
     */
    record Step(String file, Stored before, Stored after, String mode) {

        Stored at(Side side) {
            return switch (side) {
                case BEFORE -> before;
                case AFTER -> after;
            };
        }
    }

    List<Entry> entries(Side side) {
        return switch (side) {
            case BEFORE -> before;
            case AFTER -> after;
        };
    }

    /** Returns what the name of every temporary file of this operation starts with. */
    String temporaryPrefix() {
        return ".dopi-" + id + "-";
    }
}
