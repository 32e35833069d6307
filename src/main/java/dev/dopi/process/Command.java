package dev.dopi.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A program to run, with its words, folder, environment and the time it may take.
 *
 * <p>Its standard input is empty. Nothing that it started lives on after {@link #run} is over, however that ends.
 *
 * @param words the program and its arguments; a program that is named with a slash is looked up from {@code folder},
 *     another one on the {@code PATH} that the program gets
 * @param environment variables that the program gets besides, or in the place of, dopi's own
 * @param without variables of dopi's own that the program does not get
 * @param limit how long it may run, or zero for as long as it likes
 */
public record Command(
        List<String> words, Path folder, Map<String, String> environment, Set<String> without, Duration limit) {

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        without = Set.copyOf(without);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    /** A program with dopi's own environment. */
    public static Command of(Path folder, Duration limit, String... words) {
        return new Command(List.of(words), folder, Map.of(), Set.of(), limit);
    }

    /** Returns the words as one would type them, for people to read. */
    public String line() {
        return String.join(" ", words.stream().map(Command::quoted).toList());
    }

    /**
     * Runs the program to its end and hands on what it prints, line by line, on the calling thread.
     *
     * <p>The memory that this takes does not grow with the output. When the time is up, when the calling thread is
     * interrupted or when {@code listener} throws, the program is ended with all that it started: asked to at first,
     * made to two seconds later. What a program leaves behind when it exits by itself is ended too.
     *
     * @throws InterruptedException when the calling thread was interrupted, or dopi itself is ending; the program is ended
     *     by then
     */
    public Outcome run(Consumer<OutputLine> listener) throws InterruptedException {
        return new Execution(this).run(listener);
    }

    private static String quoted(String word) {
        boolean plain = !word.isEmpty()
                && word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_-./=:@%+,".indexOf(c) >= 0);
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
