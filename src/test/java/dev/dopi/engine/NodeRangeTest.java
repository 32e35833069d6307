package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeRangeTest {

    @ParameterizedTest
    @CsvSource({
        ">=22.0.0, 20.20.2, false",
        ">=22.0.0, 22.0.0, true",
        ">=20.3.0, 20.20.2, true",
        ">= 22.12, 22.11.9, false",
        "^20.19.0 || >=22.12.0, 20.19.1, true",
        "^20.19.0 || >=22.12.0, 21.7.3, false",
        "^20.19.0 || >=22.12.0, 24.1.0, true",
        ">=18 <21, 20.20.2, true",
        ">=18 <21, 21.0.0, false",
        "20.x || 22.x, 22.4.1, true",
        "20.x || 22.x, 23.4.1, false",
        "~20.3.1, 20.3.9, true",
        "~20.3.1, 20.4.0, false",
        ">5, 5.9.3, false",
        "<=20, 20.20.2, true",
        "'', 8.0.0, true",
        "*, 8.0.0, true",
        "workspace:nonsense, 8.0.0, true",
        ">=22, not a version, true",
        ">=5.6, 5.5.4, false",
        ">=5.6, 7.0.2, true",
    })
    void allowsWhatNpmWould(String range, String version, boolean allowed) {
        assertEquals(allowed, new NodeRange(range).allows(version));
    }

    @ParameterizedTest
    @CsvSource({
        ">=22.0.0, Node 22 or newer",
        ">=20.3.0, Node 20.3 or newer",
        "^20.19.0 || >=22.12.0, Node ^20.19.0 || >=22.12.0"
    })
    void saysItInWords(String range, String words) {
        assertEquals(words, new NodeRange(range).words());
    }
}
