package dev.dopi.ui.tui;

import java.util.List;
import java.util.Optional;

/** One thing that the user looks at. It draws itself and says which keys work; it never touches the terminal. */
interface Screen {

    Step step();

    void draw(Canvas canvas);

    /** Returns the keys that work now, the most useful first. */
    List<KeyBinding> keys();

    /** Returns what this screen is about, for the header of a narrow window. */
    default String place() {
        return "";
    }

    /** Returns the question that the screen asks, for the line above the keys. */
    default String question() {
        return "";
    }

    /** Returns the same question for a narrow window. */
    default String brief() {
        return question();
    }

    /** Takes {@code key} before the bindings do, where it is being typed into; returns whether it did. */
    default boolean take(Key key, long at) {
        return false;
    }

    /** Returns the words on this screen that a newcomer may not know, each with what it means. */
    default List<Word> words() {
        return List.of();
    }

    /** A word with what it means. */
    record Word(String word, String meaning) {}

    /** Returns what a deciding key would decide; it must have been on screen for a moment before one counts. */
    default Object decided() {
        return this;
    }

    /** Returns whether it will look otherwise in a moment, though nothing happens. */
    default boolean changing() {
        return false;
    }

    /** Returns whether it is drawn over the one below it. */
    default boolean overlay() {
        return false;
    }

    /** Called whenever the screen comes to the front. */
    default void entered() {}

    /** Returns what would be lost by leaving the program now, as a sentence. */
    default Optional<String> atStake() {
        return Optional.empty();
    }
}
