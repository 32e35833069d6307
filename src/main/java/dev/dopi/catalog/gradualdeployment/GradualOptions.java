package dev.dopi.catalog.gradualdeployment;

import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import java.math.BigDecimal;
import java.util.List;

/** What the user may choose of a rollout. */
final class GradualOptions {

    static final String OFF = "off";

    static final Option PHASES = new Option(
            "phases",
            "Phases",
            "What share of objects and requests each phase gives the new version, in percent; it only rises, to 100.",
            Option.Kind.SHARES,
            "5,25,50,100",
            List.of());

    static final Option WAIT = new Option(
            "wait",
            "Time per phase",
            "How long a phase lasts before the next one, while its figures are within the limits.",
            Option.Kind.DURATION,
            "30m",
            List.of());

    static final Option ERRORS = new Option(
            "error-rate",
            "Errors allowed",
            "With more failed requests than this on the new version, everything goes back to the old one.",
            Option.Kind.CHOICE,
            "5%",
            List.of("0.5%", "1%", "2%", "5%", "10%"));

    static final Option LATENCY = new Option(
            "latency-p95",
            "Slower allowed",
            "How many times the old version's 95th percentile of wall time the new one's may be.",
            Option.Kind.CHOICE,
            "2",
            List.of("1.25", "1.5", "2", "3", OFF));

    static final Option CREATION = new Option(
            "object-creation-rate",
            "More objects allowed",
            "How many times as many different objects per request may be reached as before the rollout.",
            Option.Kind.CHOICE,
            "2",
            List.of("1.5", "2", "3", OFF));

    static final Option METADATA = new Option(
            "version-metadata",
            "Version in the code",
            "yes adds the binding CF_VERSION_METADATA, with which the code can log which version it is.",
            Option.Kind.CHOICE,
            "yes",
            List.of("yes", "no"));

    static final Option AFFINITY = new Option(
            "affinity",
            "Same version per browser",
            "cookie has the Worker set a cookie, which a Transform Rule of yours turns into Cloudflare-Workers-Version-Key.",
            Option.Kind.CHOICE,
            OFF,
            List.of(OFF, "cookie"));

    static final List<Option> ALL = List.of(PHASES, WAIT, ERRORS, LATENCY, CREATION, METADATA, AFFINITY);

    private GradualOptions() {}

    /** Returns the share of failed requests that is allowed, from 0 to 1. */
    static String errorRate(Options options) {
        return new BigDecimal(options.of(ERRORS).replace("%", ""))
                .movePointLeft(2)
                .stripTrailingZeros()
                .toPlainString();
    }
}
