package dev.dopi.engine;

import dev.dopi.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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

    private static final Pattern VITEST = Pattern.compile("(^|\\s)vitest(\\s+(run|--\\S*)|\\s*$)");

    private final TemporaryFolder temporary;
    private final List<ProjectCopy> copies = new ArrayList<>();

    CheckEnvironment() throws IOException {
        temporary = TemporaryFolder.make("check");
        Files.createDirectory(temporary.path().resolve("config"));
    }

    /** Returns the file that vitest is asked to write its results to. */
    Path testReport() {
        return temporary.path().resolve("tests.json");
    }

    /** Returns an empty folder that is gone afterwards. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(temporary.path().resolve(name));
    }

    /** Returns the command of {@code check} in these surroundings, where what it writes is outside the project. */
    Command command(Check check, Toolchain tools) {
        var words = new ArrayList<>(check.command());
        switch (CheckKind.of(check)) {
            case DRY_RUN -> {
                words.add("--outdir");
                words.add(temporary.path().resolve("bundle").toString());
            }
            case TESTS -> {
                if (runsVitest(check.folder())) {
                    report(words);
                }
            }
            case TYPES, LINT, CONFIG_TYPES, OBJECTS -> {}
        }
        return command(words, check, tools);
    }

    /** Has vitest write what came of each test to a file, besides what it prints. */
    private void report(List<String> words) {
        if (words.getFirst().equals("npm") && !words.contains("--")) {
            words.add("--");
        }
        words.addAll(List.of("--reporter=default", "--reporter=json", "--outputFile.json=" + testReport()));
    }

    private static boolean runsVitest(Path folder) {
        String script = Toolchain.json(folder.resolve("package.json"))
                .path("scripts")
                .path("test")
                .asText("");
        String last = script.substring(Math.max(0, Math.max(script.lastIndexOf('&'), script.lastIndexOf(';')) + 1));
        return VITEST.matcher(last).find()
                && !last.contains("|")
                && !last.contains("--reporter")
                && !last.contains("--outputFile");
    }

    /** Returns a command of {@code words} in these surroundings. */
    Command command(List<String> words, Check check, Toolchain tools) {
        var environment = new HashMap<>(GUARDS);
        environment.put("XDG_CONFIG_HOME", temporary.path().resolve("config").toString());
        environment.put("PATH", tools.programs().searchPath());
        return new Command(words, check.folder(), environment, WITHOUT, check.limit());
    }

    /** Has {@code copy} go with these surroundings. */
    void closing(ProjectCopy copy) {
        copies.add(copy);
    }

    @Override
    public void close() {
        copies.forEach(ProjectCopy::close);
        temporary.close();
    }
}
