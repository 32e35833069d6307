package dev.dopi.analysis;

import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.sql.ScratchDatabase;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The project's scripts, each parsed once when it is first asked for. To be closed when the analysis is done; what it
 * parsed is {@link Known} to the next one.
 *
 * <p>What is expected to be asked for is parsed beside on the other processors. Asked by one thread.
 */
final class Scripts implements AutoCloseable {

    /** Trees take some forty bytes for each character: this many are as much memory as an analysis may take. */
    private static final int LIMIT = 8_000_000;
    /** Of what may not be needed in the end, only so much is parsed ahead. */
    private static final int AHEAD = 2_000_000;

    /** A sign that a database will be asked. */
    private static final String SCHEMA = "CREATE TABLE";

    private final Project project;
    private final Known known;
    private final Survey survey;
    private final AtomicBoolean database = new AtomicBoolean();
    private final Map<String, FutureTask<Optional<Module>>> modules = new ConcurrentHashMap<>();
    private final AtomicInteger characters = new AtomicInteger();
    private final ExecutorService others = Executors.newFixedThreadPool(
            Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, 3),
            Thread.ofPlatform().daemon().name("parsing-", 1).factory());

    Scripts(Project project, Known known) {
        this.project = project;
        this.known = known;
        this.survey = new Survey(project, known);
    }

    Survey survey() {
        return survey;
    }

    Project project() {
        return project;
    }

    /** Returns whether there is a readable script at {@code path}; cheaper than parsing it. */
    boolean has(String path) {
        return Grammar.of(path).isPresent()
                && (project.isListed(path) || project.read(path).isPresent());
    }

    /** Parses the script at {@code path} beside what else is done, where there is one. */
    void expect(String path) {
        if (characters.get() < AHEAD && has(path) && !modules.containsKey(path)) {
            others.execute(task(path));
        }
    }

    /** Returns the module at {@code path}, or empty where there is no readable script. */
    Optional<Module> module(String path) {
        FutureTask<Optional<Module>> task = task(path);
        // Does nothing where another thread has begun it.
        task.run();
        return result(task);
    }

    private FutureTask<Optional<Module>> task(String path) {
        return modules.computeIfAbsent(path, it -> new FutureTask<>(() -> parsed(it)));
    }

    private Optional<Module> parsed(String path) {
        Optional<Module> before = known.module(project, path);
        if (before.isPresent()) {
            return before.filter(module -> hasRoom(module.tree().file()));
        }
        return Grammar.of(path)
                .flatMap(grammar -> project.read(path).filter(this::hasRoom).map(file -> parsed(file, grammar)))
                .map(Module::of);
    }

    private SyntaxTree parsed(SourceFile file, Grammar grammar) {
        if (file.text().contains(SCHEMA) && !database.getAndSet(true)) {
            others.execute(ScratchDatabase::prepare);
        }
        return SyntaxTree.parse(file, grammar);
    }

    private boolean hasRoom(SourceFile file) {
        return characters.addAndGet(file.text().length()) <= LIMIT;
    }

    /** Returns whether more code was asked for than there is room for, so that some of it counted as not there. */
    boolean exceeded() {
        return characters.get() > LIMIT;
    }

    private static Optional<Module> result(FutureTask<Optional<Module>> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    // It takes milliseconds; who waits for the whole analysis is told afterwards.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    int parsed() {
        return (int) modules.values().stream()
                .filter(task -> task.state() == FutureTask.State.SUCCESS
                        && task.resultNow().isPresent())
                .count();
    }

    @Override
    public void close() {
        others.shutdownNow();
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        while (!ended) {
            try {
                ended = others.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        known.keep(
                project,
                modules.values().stream()
                        .filter(task -> task.state() == FutureTask.State.SUCCESS)
                        .flatMap(task -> task.resultNow().stream())
                        .toList());
    }
}
