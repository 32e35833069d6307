package dev.dopi.catalog.rpcmetadata;

import dev.dopi.edit.EditPlan;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;

/** Not there yet. */
final class NameEditor {

    private NameEditor() {}

    static EditPlan plan(Project project, RpcMetadata match, Options options) {
        return EditPlan.refused(
                project.configs().isEmpty()
                        ? match.type().file()
                        : options.values().toString());
    }
}
