package dev.dopi.pattern;

/**
 * What whoever looks after a project has to know of a pattern that is in place.
 *
 * @param effect what it does while objects run, as sentences
 * @param care how its values are changed, where its failures show, and what stays when it is taken out, as sentences
 */
public record Upkeep(String effect, String care) {

    /** Returns {@code text}, which may be the user's own, as code in Markdown. */
    public static String code(String text) {
        String line = text.strip().replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ");
        return line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
    }
}
