package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.engine.StateFolder;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.StateKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The guided session on a sample project, so that a first try risks nothing. It is there once, however often it is tried. */
@Command(
        name = "demo",
        description = "The guided session on a sample project, which is kept in dopi's state folder.",
        footer = {"", "Examples:", "  dopi demo", "  dopi demo --fresh     once more from the beginning"})
final class DemoCommand implements Callable<Integer> {

    private static final List<String> TOUR = List.of(
            "A small chat on two Durable Objects, as a first version often is. All five patterns are missing in it:",
            "",
            "- ttl-cleanup: its tables only grow",
            "- sql-index: its queries read every row",
            "- websocket-hibernation: open sockets keep an object awake, and paid for",
            "- rpc-metadata: callers tell an object its own name",
            "- gradual-deployment: each deployment reaches every object at once",
            "",
            "Seven steps lead through it. On each, ? explains the keys and the words on the screen; where you choose,"
                    + " e tells all about a pattern. Nothing is written before you type the word apply, and then only"
                    + " into this sample.");

    private final Context context;
    private final GuidedCommand guided;

    @Option(names = "--fresh", description = "Begin again: what was changed or added in the sample project is gone.")
    private boolean fresh;

    DemoCommand(Context context, GuidedCommand guided) {
        this.context = context;
        this.guided = guided;
    }

    @Override
    public Integer call() throws ProjectException, InterruptedException {
        Path folder = context.surroundings().stateFolder().resolve("demo").resolve("clubhouse");
        SampleProject sample = context.wiring().sample();
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            sample.writeTo(folder);
        } else if (fresh) {
            begin(sample, folder);
        }
        boolean untouched = sample.untouched(folder);
        if (!untouched) {
            context.say("The sample project is as you left it; dopi demo --fresh begins again.");
        }
        context.say(
                "The sample project is in " + folder + " and yours to change; delete that folder when you are done.");
        if (!Files.exists(folder.resolve("node_modules"))) {
            context.say("For its checks to run, it needs its packages: npm install --prefix " + folder);
        }
        return guided.lead(folder, false, untouched ? TOUR : List.of());
    }

    private void begin(SampleProject sample, Path folder) throws ProjectException {
        Path state =
                StateFolder.in(context.surroundings().stateFolder(), folder).path();
        try (Keeper keeper = StateKeeper.in(state)) {
            if (keeper.elsewhere().isPresent()) {
                throw Context.usage(keeper.elsewhere().get() + " End it before you begin again.");
            }
            keeper.drop();
            sample.writeTo(folder);
        } catch (IOException e) {
            throw Context.usage("What was decided cannot be forgotten in " + state + ": " + e.getMessage() + ".");
        }
    }
}
