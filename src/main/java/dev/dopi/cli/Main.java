package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.natives.NativeLibraryException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The program: arguments in, exit code out.
 *
 * <p>Results go to standard output and messages to standard error. An interrupt (Ctrl-C) ends what runs and leaves with
 * 130; a bug in dopi is one line with 70.
 */
public final class Main {

    private static final long SECONDS_TO_END = 10;
    private static final Set<String> VERSION = Set.of("-V", "--version");

    private final Context context;

    public Main(Wiring wiring, Surroundings surroundings) {
        this.context = new Context(wiring, surroundings);
    }

    public static void main(String[] arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            // Asked for by scripts at every turn, and so not worth the parts of a whole program.
            System.out.println(new ProgramVersion().getVersion()[0]);
            return;
        }
        System.exit(untilSignal(new Main(Wiring.ofThisProgram(), Surroundings.ofThisProcess()), arguments));
    }

    /** Runs {@code main}; a signal interrupts it and waits for its orderly end before the process goes. */
    static int untilSignal(Main main, String... arguments) {
        var ended = new CountDownLatch(1);
        interruptOnSignal(Thread.currentThread(), ended);
        int code = main.run(arguments);
        ended.countDown();
        return code;
    }

    // A signal starts the shutdown while the work still goes on in its thread: end that first, so that no program that
    // it
    // started stays behind.
    private static void interruptOnSignal(Thread working, CountDownLatch ended) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (ended.getCount() == 0) {
                return;
            }
            working.interrupt();
            try {
                if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                    System.err.println("dopi did not end in time.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Runs one command and returns its exit code. */
    public int run(String... arguments) {
        try {
            Optional<Callable<Integer>> plain = plain(arguments);
            return plain.isPresent()
                    ? called(plain.get())
                    : commandLine(arguments).execute(arguments);
        } catch (Error e) {
            return new Crash(e, context.surroundings()).report();
        } finally {
            context.surroundings().out().flush();
            context.surroundings().err().flush();
        }
    }

    /**
     * Returns the command that {@code arguments} surely mean: a session or an analysis of a folder, and no option. To set
     * the parser up takes as long as to show the first screen.
     */
    private Optional<Callable<Integer>> plain(String... arguments) {
        boolean analyses = arguments.length > 0 && arguments[0].equals("analyze");
        List<String> rest = List.of(arguments).subList(analyses ? 1 : 0, arguments.length);
        var guided = new GuidedCommand(context);
        Set<String> names = commands(guided).keySet();
        boolean parsed = rest.size() > 1
                || rest.stream()
                        .anyMatch(word -> word.isEmpty() || "-@".indexOf(word.charAt(0)) >= 0 || names.contains(word));
        if (parsed) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(rest.isEmpty() ? "" : rest.getFirst());
            return Optional.of(analyses ? new AnalyzeCommand(context, path) : () -> guided.lead(context.folder(path)));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private int called(Callable<Integer> command) {
        try {
            return command.call();
        } catch (Exception e) {
            return failed(e);
        }
    }

    /** Returns the program with all its commands. */
    CommandLine commandLine() {
        var guided = new GuidedCommand(context);
        var all = new CommandLine(guided);
        commands(guided).forEach((name, command) -> all.addSubcommand(name, command.get()));
        return configured(all);
    }

    /** As {@link #commandLine()}, without the commands that {@code arguments} cannot mean: each costs milliseconds to read. */
    private CommandLine commandLine(String... arguments) {
        var guided = new GuidedCommand(context);
        Supplier<Object> named = commands(guided).get(arguments.length == 0 ? "" : arguments[0]);
        return named == null
                ? commandLine()
                : configured(new CommandLine(guided).addSubcommand(arguments[0], named.get()));
    }

    private Map<String, Supplier<Object>> commands(GuidedCommand guided) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("analyze", () -> new AnalyzeCommand(context));
        commands.put("apply", () -> new ApplyCommand(context));
        commands.put("undo", () -> new UndoCommand(context));
        commands.put("resume", () -> new ResumeCommand(context, guided));
        commands.put("validate", () -> new ValidateCommand(context));
        commands.put("report", () -> new ReportCommand(context));
        commands.put("explain", () -> new ExplainCommand(context));
        commands.put("demo", () -> new DemoCommand(context, guided));
        commands.put("rollout", () -> new RolloutCommand(context));
        commands.put("themes", () -> new ThemesCommand(context));
        commands.put("completion", () -> new CompletionCommand(context, this));
        return commands;
    }

    private CommandLine configured(CommandLine commands) {
        commands.setOut(writer(context.surroundings().out()));
        commands.setErr(writer(context.surroundings().err()));
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setParameterExceptionHandler((e, _) -> wrongUse(e));
        commands.setExecutionExceptionHandler((e, _, _) -> failed(e));
        return commands;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private int wrongUse(CommandLine.ParameterException e) {
        context.say(String.valueOf(e.getMessage()));
        context.say("See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.USAGE;
    }

    private int failed(Exception cause) {
        return switch (cause) {
            case ProjectException e -> {
                context.say(String.valueOf(e.getMessage()));
                yield ExitCode.of(e.kind());
            }
            case NativeLibraryException e -> {
                context.say(String.valueOf(e.getMessage()));
                yield ExitCode.PROGRAM_MISSING;
            }
            case InterruptedException _ -> {
                context.say("Interrupted. Every file is whole; dopi undo --list shows what was written.");
                yield ExitCode.INTERRUPTED;
            }
            default -> new Crash(cause, context.surroundings()).report();
        };
    }
}
