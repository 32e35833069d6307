package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.project.Project;
import dev.dopi.syntax.SyntaxNode;

/** Whether the compiler asks for the word {@code override}: the class's own members or a tsconfig say so. */
final class Overrides {

    private Overrides() {}

    static boolean of(Project project, SocketHolder match, SyntaxNode classNode, CodeStyle style) {
        if (!style.typed() || match.type().baseClass().isEmpty()) {
            return false;
        }
        boolean used = classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .anyMatch(member -> member.child("override_modifier").isPresent());
        String folder = match.worker().folder();
        return used
                || project.read(folder.isEmpty() ? "tsconfig.json" : folder + "/tsconfig.json")
                        .filter(file -> file.text().matches("(?s).*\"noImplicitOverride\"\\s*:\\s*true.*"))
                        .isPresent();
    }
}
