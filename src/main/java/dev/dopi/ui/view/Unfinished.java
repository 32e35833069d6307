package dev.dopi.ui.view;

import dev.dopi.engine.Analysis;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How far a session came that has not ended.
 *
 * @param kept when the last decision was made
 * @param position the hunk that was looked at
 * @param project what {@link #look} said of the project then
 */
public record Unfinished(Instant kept, Stage stage, Optional<Position> position, Decisions decisions, String project) {

    /** The question that the user was at. */
    public enum Stage {
        CHOOSE,
        OPTIONS,
        REVIEW,
        APPLY,
        /** What was decided is written; the checks have not been gone through. */
        VALIDATE
    }

    /** A hunk of a pattern. */
    public record Position(Decisions.About about, String hunk) {}

    /** Returns how many patterns are chosen. */
    public int chosen() {
        return (int) decisions.all().values().stream()
                .filter(Decisions.Decision::chosen)
                .count();
    }

    /** Returns how many hunks are decided. */
    public int hunks() {
        return decisions.all().values().stream()
                .filter(Decisions.Decision::chosen)
                .mapToInt(each -> each.hunks().size())
                .sum();
    }

    /** Returns this as it holds for a project that may have changed: what was said of hunks holds only where nothing did. */
    public Unfinished on(Analysis analysis) {
        return project.equals(look(analysis))
                ? this
                : new Unfinished(kept, stage, Optional.empty(), decisions.withoutHunks(), look(analysis));
    }

    /** Returns a fingerprint of the files that what was found stands in. */
    public static String look(Analysis analysis) {
        var files = new TreeSet<String>();
        analysis.model().workers().forEach(worker -> {
            worker.config().ifPresent(files::add);
            worker.main().ifPresent(files::add);
            worker.durableObjects().forEach(each -> files.add(each.file()));
        });
        analysis.findings().forEach(finding -> finding.evidence().forEach(each -> files.add(each.file())));
        files.remove("");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String path : files) {
                String text =
                        analysis.project().read(path).map(file -> file.text()).orElse("");
                digest.update((path + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
