package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
            return commandLine().execute(arguments);
        } catch (Error e) {
            return new Crash(e, context.surroundings()).report();
        } finally {
            context.surroundings().out().flush();
            context.surroundings().err().flush();
        }
    }

    CommandLine commandLine() {
        var guided = new GuidedCommand(context);
        var commands = new CommandLine(guided)
                .addSubcommand(new AnalyzeCommand(context))
                .addSubcommand(new ApplyCommand(context))
                .addSubcommand(new UndoCommand(context))
                .addSubcommand(new ResumeCommand(context, guided))
                .addSubcommand(new ValidateCommand(context))
                .addSubcommand(new ReportCommand(context))
                .addSubcommand(new ExplainCommand(context))
                .addSubcommand(new DemoCommand(context, guided))
                .addSubcommand(new RolloutCommand(context))
                .addSubcommand(new ThemesCommand(context))
                .addSubcommand(new CompletionCommand(context, this));
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
            case InterruptedException _ -> {
                context.say("Interrupted. Every file is whole; dopi undo --list shows what was written.");
                yield ExitCode.INTERRUPTED;
            }
            default -> new Crash(cause, context.surroundings()).report();
        };
    }
}
