package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.EditPlan;
import dev.dopi.model.Model;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.project.Project;
import java.util.List;

/** Not written yet: say here what it puts in place. */
public final class WebsocketHibernationPattern implements Pattern<WebsocketHibernation> {

    private static final PatternInfo INFO =
            new PatternInfo("websocket-hibernation", "WebsocketHibernation is not supported yet", "Not supported yet.");

    @Override
    public PatternInfo info() {
        return INFO;
    }

    @Override
    public List<WebsocketHibernation> detect(Project project, Model model) {
        return WebsocketHibernation.in(model);
    }

    @Override
    public Finding describe(WebsocketHibernation match) {
        return new Finding(
                INFO,
                new Subject(match.worker().id(), match.type().className()),
                Status.NOT_APPLICABLE,
                Priority.LOW,
                "This pattern is not supported yet.",
                "",
                Fix.ADVICE,
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public EditPlan plan(Project project, WebsocketHibernation match, Options options) {
        return EditPlan.refused("This pattern is not supported yet.");
    }
}
