package dev.dopi.catalog.alarmjobs;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Imports;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A module that is written beside a script that uses it, in the script's own language and style.
 *
 * @param name its file's name without the ending
 * @param owner beside which class its templates stand
 */
public record AlarmJobsModule(String name, Class<?> owner, String title, String reason) {

    /** The module that lets jobs share an alarm. */
    public static final AlarmJobsModule ALARM_JOBS = new AlarmJobsModule(
            "alarm-jobs",
            AlarmJobsModule.class,
            "Several jobs, one alarm",
            "A small module that keeps what waits in a table, so that no job moves another's alarm.");

    /** Returns the hunk that writes it, unless the project has it. */
    public Optional<Hunk> hunk(String id, Project project, SyntaxTree tree, CodeStyle style) {
        String path = path(tree.file(), style);
        if (project.read(path).isPresent()) {
            return Optional.empty();
        }
        String code = CodeTemplate.beside(owner, name + ".ts.txt")
                .renderFile(style, Map.of("ENDING", style.typed() ? new Imports(tree).ending() : ".js"), Set.of());
        return Optional.of(new Hunk(
                id, path, true, TextEdits.of(TextEdit.insert(0, code)), Applicability.REVIEW, title, reason, Set.of()));
    }

    /** Returns the edit that imports {@code names} of these modules, in their order. */
    public static TextEdit imported(SyntaxTree tree, CodeStyle style, Map<AlarmJobsModule, String> names) {
        var imports = new Imports(tree);
        String ending = style.typed() ? imports.ending() : ".js";
        var lines = new ArrayList<String>();
        names.forEach((module, name) -> lines.add(Imports.line(name, "./" + module.name() + ending, style)));
        return imports.adding(String.join(style.lineEnd(), lines));
    }

    /** Returns where it stands, or is to stand: beside the script that uses it. */
    public String path(SourceFile user, CodeStyle style) {
        return Paths.in(Paths.folder(user.path()), name + (style.typed() ? ".ts" : ".js"));
    }
}
