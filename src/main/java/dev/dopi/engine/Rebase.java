package dev.dopi.engine;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.dopi.edit.ReadmeSection;
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
 * change and that difference meet, or only touch, there is no answer, but for what is put in beside lines that go.
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
        if (change.stream().anyMatch(each -> other.stream().anyMatch(that -> meet(each, that)))) {
            return Optional.empty();
        }
        return Optional.of(made(base, Stream.concat(change.stream(), other.stream())));
    }

    /**
     * As {@link #onto}, of dopi's section in a README alone: there the change is known by its paragraphs, whatever is written
     * around them.
     */
    static Optional<Content> ofSection(Content onto, Content before, Content after) {
        if (onto.equals(before)) {
            return Optional.of(after);
        }
        Optional<String> text = onto.text();
        Optional<String> old = before.text();
        Optional<String> fresh = after.text();
        return text.isPresent() && old.isPresent() && fresh.isPresent()
                ? ReadmeSection.carry(text.get(), old.get(), fresh.get()).map(Content::of)
                : Optional.empty();
    }

    /**
     * Whether what a change does cannot be told from the other: they meet, or touch. Only what is put in right beside lines
     * that go has a place of its own.
     */
    private static boolean meet(AbstractDelta<String> change, AbstractDelta<String> other) {
        if (change.getSource().size() == 0 && other.getTarget().size() == 0) {
            return start(other) < start(change) && start(change) < end(other);
        }
        return start(change) <= end(other) && start(other) <= end(change);
    }

    private static Content made(List<String> base, Stream<AbstractDelta<String>> deltas) {
        List<String> result = new ArrayList<>();
        int kept = 0;
        for (AbstractDelta<String> delta : deltas.sorted(Comparator.<AbstractDelta<String>>comparingInt(Rebase::start)
                        .thenComparing(Rebase::end))
                .toList()) {
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
