package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TellingLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "starting|src/a.ts(3,5): error TS2322: no|src/b.ts(1,1): error TS7006: no|done > src/a.ts(3,5): error"
                        + " TS2322: no",
                "RUN v4|Error: connect|  FAIL  test/a.test.ts counts|end > FAIL  test/a.test.ts counts",
                "✘ [ERROR] Build failed with 1 error:||✘ [ERROR] Could not resolve \"x\" > ✘ [ERROR] Could not resolve"
                        + " \"x\"",
                "✘ [ERROR] Processing wrangler.jsonc configuration:||   - \"main\" is wrong|more > ✘ [ERROR] Processing"
                        + " wrangler.jsonc configuration: - \"main\" is wrong",
                "No test files found, exiting with code 1|RUN v2.0.5 /project > No test files found, exiting with code 1",
                "one|two| > two",
                "sh: 1: vitest: not found > sh: 1: vitest: not found",
            })
    void isTheFirstOfTheBestKind(String printed, String telling) {
        assertEquals(Optional.of(telling), of(printed.split("\\|", -1)));
    }

    @Test
    void isNoneWhereNothingWasPrinted() {
        assertEquals(Optional.empty(), of("", " "));
    }

    @Test
    void holdsNoControlSequence() {
        assertEquals(Optional.of("✘ [ERROR] bad"), of("\033[31m✘ \033[41;31m[\033[41;97mERROR\033[41;31m]\033[0m bad"));
    }

    private static Optional<String> of(String... lines) {
        var telling = new TellingLine();
        List.of(lines).forEach(telling::see);
        return telling.text();
    }
}
