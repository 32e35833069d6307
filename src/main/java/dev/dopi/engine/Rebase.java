package dev.dopi.engine;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a change again on another version of the same file.
 *
 * <p>No place is searched for: where a line went is known from the difference between the two versions. Whenever the
 * change and that difference meet, or only touch, there is no answer.
 */
final class Rebase {

    private Rebase() {}

    /**
     * Returns what the change from {@code before} to {@code after} makes of {@code onto}, or empty when it cannot be
     * told apart from what differs between {@code before} and {@code onto}.
     */
    static Optional<Content> onto(Content onto, Content before, Content after) {
        if (onto.equals(before)) {
            return Optional.of(after);
        }
        if (onto.absent() || before.absent() || after.absent()) {
            return Optional.empty();
        }
        List<String> base = lines(before);
        List<AbstractDelta<String>> change = DiffUtils.diff(base, lines(after)).getDeltas();
        List<AbstractDelta<String>> other = DiffUtils.diff(base, lines(onto)).getDeltas();
        if (change.stream().anyMatch(each -> other.stream().anyMatch(that -> touch(each, that)))) {
            return Optional.empty();
        }
        return Optional.of(made(base, Stream.concat(change.stream(), other.stream())));
    }

    private static boolean touch(AbstractDelta<String> a, AbstractDelta<String> b) {
        return start(a) <= end(b) && start(b) <= end(a);
    }

    private static Content made(List<String> base, Stream<AbstractDelta<String>> deltas) {
        List<String> result = new ArrayList<>();
        int kept = 0;
        for (AbstractDelta<String> delta :
                deltas.sorted(Comparator.comparingInt(Rebase::start)).toList()) {
            result.addAll(base.subList(kept, start(delta)));
            result.addAll(delta.getTarget().getLines());
            kept = end(delta);
        }
        result.addAll(base.subList(kept, base.size()));
        return Content.of(String.join("", result).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static int start(AbstractDelta<String> delta) {
        return delta.getSource().getPosition();
    }

    private static int end(AbstractDelta<String> delta) {
        return start(delta) + delta.getSource().size();
    }

    /** Returns the lines with their ends, a character for each byte, so that they joined are the bytes again. */
    private static List<String> lines(Content content) {
        return Arrays.asList(new String(content.bytes(), StandardCharsets.ISO_8859_1).split("(?<=\n)"));
    }
}
