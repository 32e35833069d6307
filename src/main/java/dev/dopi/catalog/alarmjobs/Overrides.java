package dev.dopi.catalog.alarmjobs;

import dev.dopi.edit.CodeStyle;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Worker;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import dev.dopi.syntax.SyntaxNode;

/** Whether the compiler asks for the word {@code override}: the class's own members or a tsconfig say so. */
public final class Overrides {

    private static final String ASKED = "(?s).*\"noImplicitOverride\"\\s*:\\s*true.*";

    private Overrides() {}

    /** Returns the word with a space behind it, or nothing where it would be wrong or nobody asks for it. */
    public static String word(
            Project project, Worker worker, DurableObjectClass type, SyntaxNode classNode, CodeStyle style) {
        return style.typed() && type.baseClass().isPresent() && (used(classNode) || asked(project, worker))
                ? "override "
                : "";
    }

    private static boolean used(SyntaxNode classNode) {
        return classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .anyMatch(member -> member.child("override_modifier").isPresent());
    }

    private static boolean asked(Project project, Worker worker) {
        return project.read(Paths.in(worker.folder(), "tsconfig.json"))
                .filter(file -> file.text().matches(ASKED))
                .isPresent();
    }
}
