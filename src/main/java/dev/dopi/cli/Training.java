package dev.dopi.cli;

import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.ui.theme.ThemeException;
import dev.dopi.ui.tui.GuidedOptions;
import dev.dopi.ui.tui.GuidedRehearsal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The run from which the JVM learns what a start of this program needs, so that later ones find it ready.
 *
 * <p>It does what users do first, on a copy of the sample project, and leaves nothing behind.
 */
public final class Training {

    private Training() {}

    public static void main(String[] arguments) throws IOException, ProjectException {
        train();
        // The way of most commands, on which the JVM has more to load.
        System.exit(ExitCode.OK);
    }

    private static void train() throws IOException, ProjectException {
        Surroundings.ofThisProcess();
        var nowhere = new PrintStream(PrintStream.nullOutputStream());
        Path sample = Files.createTempDirectory("dopi-training-");
        try {
            new BundledSample().writeTo(sample);
            for (List<String> words : List.of(
                    List.of("--version"),
                    List.of("analyze", sample.toString()),
                    List.of("analyze", sample.toString(), "--format", "json"),
                    planned(sample))) {
                var surroundings = new Surroundings(
                        new BufferedReader(Reader.nullReader()), nowhere, nowhere, sample, Map.of(), false, false);
                new Main(Wiring.ofThisProgram(), surroundings).run(words.toArray(String[]::new));
            }
            guided(sample, nowhere);
        } finally {
            delete(sample);
        }
    }

    /** All that can be planned, since an analysis only outlines it. */
    private static List<String> planned(Path sample) {
        var words = new ArrayList<>(List.of("apply", sample.toString(), "--dry-run"));
        for (PatternInfo pattern : Wiring.ofThisProgram().patterns().built()) {
            words.add("--pattern");
            words.add(pattern.id());
        }
        return words;
    }

    /** The guided session as far as it can be shown without a terminal. */
    private static void guided(Path sample, PrintStream nowhere) {
        Wiring program = Wiring.ofThisProgram();
        FrontEnd rehearsed = (root, _) -> {
            var relay = new AtomicReference<Consumer<Event>>(_ -> {});
            Session session = program.sessions().open(root, event -> relay.get().accept(event));
            try {
                GuidedRehearsal.run(
                        events -> {
                            relay.set(events);
                            return session;
                        },
                        GuidedOptions.of("sample"));
                return ExitCode.OK;
            } catch (IOException | ThemeException e) {
                throw new IllegalStateException(e);
            }
        };
        var surroundings = new Surroundings(
                new BufferedReader(Reader.nullReader()),
                nowhere,
                nowhere,
                sample,
                Map.of("TERM", "xterm-256color"),
                true,
                true);
        FrontEnd played = Wiring.fullScreen(program.sessions(), program.patterns(), GuidedRehearsal::play);
        for (FrontEnd each : List.of(rehearsed, played)) {
            new Main(new Wiring(program.sessions(), each, each, program.patterns(), program.sample()), surroundings)
                    .run(sample.toString());
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.toList().reversed();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
