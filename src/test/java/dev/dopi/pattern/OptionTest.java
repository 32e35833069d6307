package dev.dopi.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts an option takes as its value. */
final class OptionTest {

    private static final Option SHARES =
            new Option("phases", "Phases", "In percent.", Option.Kind.SHARES, "10,100", List.of());

    @ParameterizedTest
    @ValueSource(strings = {"100", "5,25,50,100", "1, 2, 100"})
    void takesSharesThatRiseTo100(String text) {
        assertEquals(Optional.empty(), SHARES.problem(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "50",
                "50,25,100",
                "50,50,100",
                "0,100",
                "5,100,",
                "5,101",
                "-5,100",
                "5.5,100",
                "a,100",
                "9999,100"
            })
    void saysWhatOtherSharesLack(String text) {
        assertTrue(SHARES.problem(text).orElseThrow().contains("only rise and end with 100"));
    }
}
