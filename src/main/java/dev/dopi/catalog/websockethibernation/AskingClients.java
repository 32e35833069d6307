package dev.dopi.catalog.websockethibernation;

import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import java.util.regex.Pattern;

/** Looks in a project for clients that send one certain text: what nobody is known to ask needs no answer by the runtime. */
final class AskingClients {

    private AskingClients() {}

    /** Whether any file but {@code own}, which is the object's, sends {@code request}. */
    static boolean send(Project project, String own, FixedAnswer.Text request) {
        String text = plain(request.literal());
        return project.paths().stream()
                .filter(path -> !path.equals(own))
                .filter(path -> project.mentions(path, "send(") || project.mentions(path, "heartbeat"))
                .flatMap(path -> project.read(path).stream())
                .map(SourceFile::text)
                .map(AskingClients::plain)
                .anyMatch(code -> code.contains("send(" + text + ")")
                        || code.contains("heartbeat") && code.contains("message:" + text)
                        || sendsByName(code, text));
    }

    /** A file that gives the text a name and sends that. */
    private static boolean sendsByName(String code, String text) {
        return Pattern.compile("(?:const|let|static|readonly)(\\w+)=" + Pattern.quote(text))
                .matcher(code)
                .results()
                .anyMatch(found -> code.contains("send(" + found.group(1) + ")")
                        || code.contains("send(this." + found.group(1) + ")"));
    }

    /** Without the spaces and the kinds of quotes in which the same code may differ. */
    private static String plain(String code) {
        return code.replaceAll("\\s+", "").replace('\'', '"').replace('`', '"');
    }
}
