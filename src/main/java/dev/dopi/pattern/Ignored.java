package dev.dopi.pattern;

/**
 * A recommendation that the project does not want, and why.
 *
 * @param finding as it would have been recommended
 * @param place where that is said: {@code src/room.ts:12}, or a file
 * @param why as the project says it
 */
public record Ignored(Finding finding, By by, String place, String why) {

    /** How the project says it. */
    public enum By {
        COMMENT,
        CONFIGURATION,
        BASELINE
    }

    /** Returns the finding as one that is not recommended, with the reason first. */
    public Finding shown() {
        String said =
                switch (by) {
                    case COMMENT, CONFIGURATION -> "Ignored at %s: %s.".formatted(place, why.replaceFirst("\\.$", ""));
                    case BASELINE -> "Known before, by the baseline %s.".formatted(place);
                };
        return new Finding(
                finding.pattern(),
                finding.subject(),
                Status.NOT_APPLICABLE,
                finding.priority(),
                said + " " + finding.reason(),
                "",
                Fix.ADVICE,
                finding.evidence(),
                java.util.List.of(),
                finding.measured());
    }
}
