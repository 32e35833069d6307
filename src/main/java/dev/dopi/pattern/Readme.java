package dev.dopi.pattern;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.ReadmeSection;
import dev.dopi.project.Preferences;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A README that says what a plan put where, as one more hunk of the plan.
 *
 * <p>It never stands in the way of the plan: a README that cannot be written to is left alone, and a note says why.
 *
 * @param path of the README, relative to the root
 */
record Readme(Project project, String path) {

    /**
     * Returns {@code plan} with its paragraph in the README that is nearest to the Worker of {@code finding}, where there is
     * one and the project wants it.
     *
     * @param rejected the hunks that are not made, and so not spoken of
     * @param upkeep what the pattern says of itself when these hunks, by their ids, are made
     */
    static EditPlan in(
            Project project,
            EditPlan plan,
            Set<String> rejected,
            Finding finding,
            Options options,
            Function<Set<String>, Upkeep> upkeep) {
        Set<String> fallen = plan.rejectedWith(rejected);
        List<Hunk> made = plan.hunks().stream()
                .filter(hunk -> !fallen.contains(hunk.id()) && hunk.applicability() != Applicability.ADVICE)
                .toList();
        if (made.isEmpty() || !Preferences.of(project).readme()) {
            return plan;
        }
        return nearest(project, finding.subject())
                .map(readme -> readme.add(plan, made, finding, options, upkeep))
                .orElse(plan);
    }

    /** Looks in the folder of the Worker's configuration, then in those around it. */
    private static Optional<Readme> nearest(Project project, Subject subject) {
        String folder = subject.worker();
        do {
            folder = Paths.folder(folder);
            String in = folder;
            Optional<String> path = ReadmeSection.NAMES.stream()
                    .map(name -> Paths.in(in, name))
                    .filter(project::isListed)
                    .findFirst();
            if (path.isPresent()) {
                return path.map(each -> new Readme(project, each));
            }
        } while (!folder.isEmpty());
        return Optional.empty();
    }

    private EditPlan add(
            EditPlan plan, List<Hunk> made, Finding finding, Options options, Function<Set<String>, Upkeep> upkeep) {
        Optional<SourceFile> file = project.read(path);
        Optional<String> problem = file.isEmpty()
                ? Optional.of("it cannot be read as text in UTF-8")
                : project.locked(path)
                        .or(() -> ReadmeSection.in(file.get().text()).problem());
        if (problem.isPresent()) {
            return plan.noting("%s says nothing of this change: %s.".formatted(path, problem.get()));
        }
        Set<String> ids = made.stream().map(Hunk::id).collect(Collectors.toCollection(LinkedHashSet::new));
        TextEdits edits = ReadmeSection.in(file.get().text())
                .with(heading(finding), body(made, finding, options, upkeep.apply(ids)));
        if (edits.edits().isEmpty()) {
            return plan;
        }
        var hunks = new ArrayList<>(plan.hunks());
        hunks.add(new Hunk(
                ReadmeSection.HUNK,
                path,
                false,
                edits,
                Applicability.SAFE,
                "Say so in " + path,
                "A paragraph between two comments that dopi keeps: what was put where, how to look after it and how to take it"
                        + " out; \"readme\": false in dopi.jsonc leaves it out for good.",
                Set.of()));
        return new EditPlan(hunks, plan.refusals(), plan.notes());
    }

    /** Tells classes of one name in several Workers apart. */
    private String heading(Finding finding) {
        Subject subject = finding.subject();
        String place = subject.place();
        String from = Paths.in(folder(), "");
        String own = (place + "/").equals(from) ? "" : place.startsWith(from) ? place.substring(from.length()) : place;
        String what = subject.className().isEmpty() ? "Worker" : subject.className();
        return "%s%s: %s"
                .formatted(
                        what,
                        own.isEmpty() ? "" : " (%s)".formatted(plain(own)),
                        finding.pattern().id());
    }

    private String folder() {
        return Paths.folder(path);
    }

    private String body(List<Hunk> made, Finding finding, Options options, Upkeep upkeep) {
        Map<String, Set<String>> titles = new LinkedHashMap<>();
        made.forEach(hunk ->
                titles.computeIfAbsent(hunk.file(), _ -> new LinkedHashSet<>()).add(plain(hunk.title())));
        var lines = new ArrayList<String>();
        lines.add(upkeep.effect());
        lines.add("");
        lines.add("- What was put where:");
        titles.forEach((file, each) ->
                lines.add("  - %s: %s".formatted(Upkeep.code(fromHere(file)), String.join("; ", each))));
        if (!finding.options().isEmpty()) {
            lines.add("- Chosen: "
                    + finding.options().stream()
                            .map(option -> Upkeep.code(option.key() + "=" + options.of(option)))
                            .collect(Collectors.joining(", ")));
        }
        lines.add("- Looking after it: " + upkeep.care());
        lines.add(
                "- Taking it out: `dopi undo --pattern %s%s`, on the machine where it was applied, takes out all of this pattern."
                        .formatted(finding.pattern().id(), folder().isEmpty() ? "" : " " + fromHere("")));
        return String.join("\n", lines);
    }

    /** Returns {@code file}, which is relative to the root, as it is called in the README's folder. */
    private String fromHere(String file) {
        return Path.of(folder()).relativize(Path.of(file)).toString().replace('\\', '/');
    }

    /** Returns {@code title} so that a name of the user's own in it is not taken for Markdown or HTML. */
    private static String plain(String title) {
        return title.replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ").replaceAll("[\\\\`*<\\[]", "\\\\$0");
    }
}
