package dev.dopi.engine;

import dev.dopi.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The surroundings of a check: variables and a temporary folder, which is gone afterwards.
 *
 * <p>They keep its output plain, its programs from watching or asking, the user's login out of its sight, and every
 * request to Cloudflare's API on this machine, where nothing answers. A variable set here wins over what a project's
 * {@code .env} says.
 */
final class CheckEnvironment implements AutoCloseable {

    private static final Map<String, String> GUARDS = Map.of(
            "CI", "1",
            "NO_COLOR", "1",
            "WRANGLER_SEND_METRICS", "false",
            "WRANGLER_SEND_ERROR_REPORTS", "false",
            "WRANGLER_HIDE_BANNER", "true",
            "WRANGLER_WRITE_LOGS", "false",
            "CLOUDFLARE_CF_FETCH_ENABLED", "false",
            "CLOUDFLARE_API_BASE_URL", "http://127.0.0.1:9/client/v4",
            "npm_config_update_notifier", "false",
            "COREPACK_ENABLE_DOWNLOAD_PROMPT", "0");

    /** Node warns when these stand beside NO_COLOR, and some programs follow them rather than it. */
    private static final Set<String> WITHOUT = Set.of("FORCE_COLOR", "CLICOLOR_FORCE");

    private final Path temporary;

    CheckEnvironment() throws IOException {
        temporary = Files.createTempDirectory("dopi-check-");
        Files.createDirectory(temporary.resolve("config"));
    }

    /** Returns the command of {@code check} in these surroundings, where a bundle is written outside the project. */
    Command command(Check check, Toolchain tools) {
        var words = new ArrayList<>(check.command());
        if (CheckKind.of(check) == CheckKind.DRY_RUN) {
            words.add("--outdir");
            words.add(temporary.resolve("bundle").toString());
        }
        var environment = new HashMap<>(GUARDS);
        environment.put("XDG_CONFIG_HOME", temporary.resolve("config").toString());
        environment.put("PATH", tools.programs().searchPath());
        return new Command(words, check.folder(), environment, WITHOUT, check.limit());
    }

    @Override
    public void close() {
        Leftovers.delete(temporary);
    }
}
