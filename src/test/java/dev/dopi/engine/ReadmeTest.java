package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.catalog.Catalog;
import dev.dopi.catalog.Fixture;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.ReadmeSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real patterns in projects whose READMEs are of many kinds: none of them keeps a pattern from being put in or taken out. */
final class ReadmeTest {

    private static final String README = "# Room\n\nText of ours.\n";

    private final Folder folder;

    ReadmeTest(@TempDir Path temporary) throws IOException {
        folder = Folder.in(temporary);
        inFolder("");
        folder.with("README.md", README);
    }

    private void inFolder(String prefix) throws IOException {
        for (var each : Fixture.together("typescript").entrySet()) {
            folder.with(prefix + each.getKey(), each.getValue());
        }
    }

    private List<Planned> plan(String... rejected) throws ProjectException {
        LiveSession session = LiveSession.open(folder.root(), Catalog.patterns(), _ -> {});
        Analysis analysis = session.analyse();
        List<Choice> choices = new ArrayList<>();
        analysis.recommendations().forEach(finding -> {
            Choice choice = Choice.of(finding);
            for (String hunk : rejected) {
                choice = choice.rejecting(hunk);
            }
            choices.add(choice);
        });
        return session.plan(analysis, choices);
    }

    private Workspace workspace() throws ProjectException {
        var planner = new Planner(Catalog.patterns(), _ -> {});
        return new Workspace(new Journal(folder.state(), new Disk(_ -> {}, false)), planner::again);
    }

    private List<UndoEntry> apply(List<Planned> planned) throws ProjectException {
        return workspace().apply(planned.stream().map(Transaction::of).toList());
    }

    private static List<String> files(List<Planned> planned) {
        return List.copyOf(new TreeSet<>(planned.stream()
                .flatMap(each -> each.changes().stream())
                .map(change -> change.path())
                .toList()));
    }

    private void isLeft(String why) throws Exception {
        var before = Files.readAllBytes(folder.root().resolve("README.md"));
        List<Planned> planned = plan();

        assertEquals(5, planned.size());
        for (Planned each : planned) {
            assertTrue(
                    each.plan().notes().contains("README.md says nothing of this change: " + why + "."),
                    each.plan().notes().toString());
        }
        assertFalse(files(planned).contains("README.md"));
        assertEquals(5, apply(planned).size());
        assertEquals(
                List.of(before.length), List.of(Files.readAllBytes(folder.root().resolve("README.md")).length));
    }

    @Test
    void oneThatIsReadOnlyIsLeft() throws Exception {
        folder.mode("README.md", "r--r--r--");

        isLeft("the file is read-only");
    }

    @Test
    void oneThatIsNotTextIsLeft() throws Exception {
        Files.write(folder.root().resolve("README.md"), new byte[] {'#', ' ', (byte) 0xe4, '\n'});

        isLeft("it cannot be read as text in UTF-8");
    }

    @Test
    void oneThatIsHugeIsLeft() throws Exception {
        folder.with("README.md", "A line of many.\n".repeat(200_000));

        assertFalse(files(plan()).contains("README.md"));
    }

    @Test
    void oneThatIsALinkIsLeft() throws Exception {
        folder.with("docs/start.md", README);
        Files.delete(folder.root().resolve("README.md"));
        Files.createSymbolicLink(folder.root().resolve("README.md"), Path.of("docs/start.md"));

        isLeft("it is a symbolic link");
    }

    @Test
    void oneWithHalfASectionIsLeft() throws Exception {
        folder.with("README.md", README + ReadmeSection.BEGIN + "\n");

        isLeft("it holds <!-- dopi:begin --> without <!-- dopi:end --> after it");
    }

    @Test
    void noneIsMade() throws Exception {
        Files.delete(folder.root().resolve("README.md"));

        List<Planned> planned = plan();

        assertEquals(
                List.of(),
                files(planned).stream().filter(each -> each.endsWith(".md")).toList());
    }

    @Test
    void theProjectCanDoWithout() throws Exception {
        folder.with("dopi.jsonc", "{ \"readme\": false }");

        assertFalse(files(plan()).contains("README.md"));
    }

    @Test
    void whatIsNotTakenIsNotTold() throws Exception {
        List<Planned> planned = plan("version-metadata", "package-script");
        apply(planned);

        String readme = folder.text("README.md");
        assertTrue(readme.contains("deploy-gradual.sh"), readme);
        assertFalse(readme.contains("CF_VERSION_METADATA"), readme);
        assertFalse(readme.contains("package.json"), readme);
    }

    @Test
    void theHunkItselfCanBeLeftOut() throws Exception {
        assertFalse(files(plan("readme")).contains("README.md"));
        Hunk hunk = plan().getFirst().plan().hunks().getLast();
        assertEquals("Say so in README.md", hunk.title());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "readme.md", "Readme.md", "README.markdown"})
    void theNearestOneTellsOfSeveralWorkers(String name) throws Exception {
        inFolder("packages/one/");
        inFolder("packages/two/");
        Files.delete(folder.root().resolve("packages/one/README.md"));
        Files.move(
                folder.root().resolve("packages/two/README.md"), folder.root().resolve("packages/two/" + name));
        apply(plan());

        List<String> top = ReadmeSection.in(folder.text("README.md")).headings();
        assertEquals(10, top.size());
        assertTrue(top.contains("ChatRoom (packages/one): ttl-cleanup"), top.toString());
        assertTrue(top.contains("ChatRoom: ttl-cleanup"), top.toString());
        assertTrue(top.contains("Worker (packages/one): gradual-deployment"), top.toString());
        String own = folder.text("packages/two/" + name);
        assertTrue(own.contains("\n### Worker: gradual-deployment\n"), own);
        assertTrue(own.contains("`src/index.ts`"), own);
        assertTrue(own.contains("`dopi undo --pattern ttl-cleanup ../..`"), own);
    }

    @Test
    void whatIsWrittenAroundTheSectionStaysWhenPatternsGo() throws Exception {
        List<UndoEntry> entries = apply(plan().subList(0, 2));
        folder.with("README.md", folder.text("README.md").replace("Text of ours.", "Another text of ours."));
        var later = new ArrayList<>(entries);
        later.addAll(apply(plan()));
        folder.with("README.md", folder.text("README.md") + "\nBelow.\n");
        for (int at : List.of(3, 0, 2, 1, 0)) {
            UndoEntry entry = later.remove(at);
            List<Event> told = workspace().undo(List.of(entry));
            assertTrue(told.contains(new Event.Restored("README.md", false)), told.toString());
            assertEquals(
                    later.size(),
                    ReadmeSection.in(folder.text("README.md")).headings().size());
        }
        assertEquals("# Room\n\nAnother text of ours.\n\nBelow.\n", folder.text("README.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"the file is read-only", "what dopi wrote there was changed"})
    void oneThatCannotBeWrittenToIsToldOfWhenPatternsGo(String why) throws Exception {
        List<UndoEntry> entries = apply(plan());
        String ours = folder.text("README.md").replace("- Looking after it: ", "- Our words: ");
        if (why.startsWith("what")) {
            folder.with("README.md", ours);
        } else {
            folder.mode("README.md", "r--r--r--");
        }
        String before = folder.text("README.md");

        List<Event> told = workspace().undo(entries);

        assertEquals(
                Optional.of(new Event.ReadmeLeft(
                        "README.md",
                        "README.md still has a paragraph about it, since %s: take that out by hand.".formatted(why))),
                told.stream().findFirst());
        assertEquals(before, folder.text("README.md"));
        assertEquals(Fixture.together("typescript").get("src/index.ts"), folder.text("src/index.ts"));
    }
}
