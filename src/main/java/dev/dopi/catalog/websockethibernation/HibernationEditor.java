package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.EditPlan;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;

/** Plans the move of a class's sockets to hibernation. */
final class HibernationEditor {

    private HibernationEditor() {}

    static EditPlan plan(Project project, SocketHolder match, Options options) {
        return EditPlan.refused(match.obstacle().orElse("Moving the sockets is not supported yet."));
    }
}
