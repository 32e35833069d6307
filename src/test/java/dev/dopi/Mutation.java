package dev.dopi;

import java.util.List;
import java.util.Random;

/** Texts that are nearly code: the same ones for the same seed. */
public final class Mutation {

    /** How many texts a test takes: few in each run of the suite, as many as one likes by hand. */
    public static final int CASES = Integer.getInteger("dopi.fuzz", 150);

    /** Where the random texts begin: another number makes other texts. */
    public static final int SEED = Integer.getInteger("dopi.seed", 1);

    private static final String SIGNS =
            "(){}[]<>`'\"$\\/*;:,.?!@#=+-|&^~%\n\r\t \0\u00e9\u2028\uFEFF\uD83D\uDE00\uD800";

    private final Random random = new Random(SEED);
    private final List<String> sources;

    public Mutation(List<String> sources) {
        this.sources = sources;
    }

    /** Returns one of the sources with pieces of it cut, doubled, moved and overwritten, or random signs alone. */
    public String next() {
        if (random.nextInt(10) == 0) {
            return signs(random.nextInt(400));
        }
        var text = new StringBuilder(sources.get(random.nextInt(sources.size())));
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(40));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, text.substring(from, to).repeat(1 + random.nextInt(20)));
                case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
                case 3 -> text.insert(from, signs(1 + random.nextInt(5)));
                default -> {
                    String other = sources.get(random.nextInt(sources.size()));
                    text.insert(from, other, 0, random.nextInt(other.length() + 1));
                }
            }
        }
        return text.toString();
    }

    private String signs(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(
                    random.nextInt(4) == 0
                            ? (char) random.nextInt(1 << 16)
                            : SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return text.toString();
    }
}
