package dev.dopi.catalog.ttlcleanup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.model.Series;
import dev.dopi.model.Table.Growth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys that only add up are worth deleting once they are old. */
final class KeysWorthTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "received:<pdu.event_id>   |             | MAYBE",
                "done:<messageId>          |             | MAYBE",
                "log:<Date.now()>          | logs        | YES",
                "count:<ISO timestamp>     |             | MAYBE",
                "api_usage:<dayKey>        |             | MAYBE",
                "count:<name>              |             | NO",
                "open:<dayKey>             |             | NO",
                "seat:<seatId>             |             | NO",
                "token:<body.id>           |             | MAYBE",
                "token:<body.id>           | token_ids   | NO",
                "token:<body.id>           | tokens      | NO",
                "token:<body.id>           | token_count | MAYBE",
                "session:<session.id>      | session_index | NO",
                "device_keys:<deviceId>    | deviceTypes, device_ids | NO",
                "device_keys:<deviceId>    | deviceTypes | MAYBE",
            })
    void tellsWhatHappenedFromWhatIsKept(String key, String singles, Worth expected) {
        Series series = series(key, false);
        var all = new ArrayList<>(List.of(series));
        for (String single : Optional.ofNullable(singles).orElse("").split(", ", -1)) {
            all.add(series(single, true));
        }
        assertEquals(expected, Worth.of(KeysWorth.of(series, all)));
    }

    private static Series series(String key, boolean single) {
        return new Series(key, single, List.of(), List.of(), single ? Growth.BOUNDED : Growth.UNBOUNDED, "");
    }

    private enum Worth {
        YES,
        MAYBE,
        NO;

        private static Worth of(Optional<Boolean> told) {
            return told.map(certain -> certain ? YES : MAYBE).orElse(NO);
        }
    }
}
