package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The code that keeps what is known of a connection with its socket, and finds it there again. */
final class ConnectionState {

    private final ConnectionCode code;
    private final CodeStyle style;
    private final List<Kept> lasting;
    private final String typeName;

    ConnectionState(ConnectionCode code, CodeStyle style) {
        this.code = code;
        this.style = style;
        this.lasting = code.kept().stream()
                .filter(each -> each.kind() != Kept.Kind.HANDLE)
                .toList();
        boolean taken = code.type().tree().file().text().matches("(?s).*\\bConnection\\b.*");
        this.typeName = (taken ? code.type().fieldText("name") : "") + "Connection";
    }

    private String end() {
        return style.semicolons() ? ";" : "";
    }

    /** The type of what is known of a connection; empty in JavaScript, and where nothing is held in memory. */
    Optional<String> type(String margin) {
        if (!style.typed() || !code.needsMap()) {
            return Optional.empty();
        }
        String members = String.join(
                "\n",
                code.kept().stream()
                        .map(each -> each.name() + ": " + each.type() + end())
                        .toList());
        boolean handles = lasting.size() < code.kept().size();
        return Optional.of(Handlers.render(
                "connection-type.ts.txt",
                style,
                margin,
                Map.of(
                        "TYPE", typeName,
                        "MEMBERS", members,
                        "REST",
                                handles
                                        ? ": all but the timer is kept with its socket, and no object sleeps while one runs"
                                        : ", kept with its socket"),
                Set.of(),
                Map.of()));
    }

    String field(String margin) {
        return Handlers.render("field.ts.txt", style, margin, Map.of("TYPE", typeName), Set.of(), Map.of());
    }

    /** The statements that keep it when the socket is taken; empty where there is nothing to keep. */
    String attach(String indent) {
        if (code.kept().isEmpty()) {
            return "";
        }
        String socket = code.socket().equals(code.accepted()) ? code.socket() + code.sure() : code.socket();
        String set = code.needsMap()
                ? "%sthis.#connections.set(%s, { %s })%s%s"
                        .formatted(indent, socket, names(code.kept()), end(), style.lineEnd())
                : "";
        String keep = code.changes().isEmpty()
                ? "%s.serializeAttachment(%s)".formatted(socket, value())
                : "this.#keep(%s)".formatted(socket);
        return lasting.isEmpty() ? set.stripTrailing() : set + indent + keep + end();
    }

    /** What is kept: a copy without the socket itself, which cannot be copied. */
    private String value() {
        return "{ "
                + SocketEdits.joined(lasting.stream()
                        .map(each -> each.socketProperties().isEmpty()
                                ? each.name()
                                : "%s: { ...%s, %s }"
                                        .formatted(
                                                each.name(),
                                                each.name(),
                                                SocketEdits.joined(each.socketProperties().stream()
                                                        .map(property -> property + ": undefined")))))
                + " }";
    }

    /** The statement that keeps it again behind {@code change}. */
    TextEdit keep(SourceFile file, ConnectionCode.Change change) {
        String call = change.own() ? "this.#keep(%s)".formatted(code.socket()) : "this.#keepAll()";
        int at = change.statement().span().end();
        return TextEdit.insert(
                at, style.lineEnd() + file.indentAt(change.statement().span().start()) + call + end());
    }

    /** The methods that find it and keep it. */
    Stream<String> methods(String margin) {
        if (!code.needsMap()) {
            return Stream.empty();
        }
        var values = Map.of(
                "SOCKET", code.socket(),
                "NAMES", names(lasting),
                "VALUE", value(),
                "TYPE", typeName,
                "KEPT", keptType(lasting),
                "ENTRY", entry());
        String find = Handlers.render(
                "connection-of.ts.txt",
                style,
                margin,
                values,
                lasting.isEmpty() ? Set.of() : Set.of("LASTING"),
                Map.of());
        if (code.changes().isEmpty() || lasting.isEmpty()) {
            return Stream.of(find);
        }
        boolean all = code.changes().stream().anyMatch(change -> !change.own());
        return Stream.of(
                find, Handlers.render("keep.ts.txt", style, margin, values, all ? Set.of("ALL") : Set.of(), Map.of()));
    }

    private String entry() {
        return SocketEdits.joined(code.kept().stream().map(each -> {
            if (each.kind() == Kept.Kind.HANDLE) {
                return each.name() + ": " + each.initial();
            }
            if (each.socketProperties().isEmpty()) {
                return each.name() + ": kept." + each.name();
            }
            String sockets = SocketEdits.joined(each.socketProperties().stream()
                    .map(property -> property.equals(code.socket()) ? property : property + ": " + code.socket()));
            return "%s: { ...kept.%s, %s }".formatted(each.name(), each.name(), sockets);
        }));
    }

    /** The loop of the constructor that finds it again. */
    String wake(String margin, String state, SourceFile file) {
        var lines = new ArrayList<String>();
        List<Kept> used = lasting.stream().filter(this::isRegistered).toList();
        if (code.needsMap()) {
            lines.add("const connection = this.#connectionOf(%s)%s".formatted(code.socket(), end()));
            lines.add("if (connection === undefined) continue" + end());
        }
        if (!used.isEmpty()) {
            String source = code.needsMap() ? "connection" : attachment(used);
            lines.add("const { %s } = %s%s".formatted(names(used), source, end()));
        }
        String registrations =
                new MovedBody(file, style, margin + style.indent()).of(code.registrations(), code.socket());
        return Handlers.render(
                "wake.ts.txt",
                style,
                margin,
                Map.of(
                        "SOCKET",
                        code.socket(),
                        "STATE",
                        state,
                        "KEPT",
                        String.join("\n", lines),
                        "REGISTRATIONS",
                        registrations.isEmpty() ? "" : Handlers.TOKEN),
                Set.of(),
                Map.of(Handlers.TOKEN, registrations));
    }

    private boolean isRegistered(Kept kept) {
        return code.registrations().stream()
                .flatMap(each -> each.descendants())
                .anyMatch(node -> Names.isName(node) && node.hasText(kept.name()));
    }

    /** The lines at the head of a handler that give it what it uses; {@code forget} where the connection is over. */
    List<String> prelude(Set<String> used, boolean forget) {
        var lines = new ArrayList<String>();
        if (!code.needsMap()) {
            List<Kept> wanted =
                    lasting.stream().filter(each -> used.contains(each.name())).toList();
            if (!wanted.isEmpty()) {
                lines.add("const { %s } = %s%s".formatted(names(wanted), attachment(wanted), end()));
            }
            return lines;
        }
        boolean any = code.kept().stream().anyMatch(each -> used.contains(each.name()));
        if (any) {
            lines.add("const connection = this.#connectionOf(%s)%s".formatted(code.socket(), end()));
            lines.add("if (connection === undefined) return" + end());
            List<Kept> constant = code.kept().stream()
                    .filter(each -> used.contains(each.name()) && !each.mutable())
                    .toList();
            if (!constant.isEmpty()) {
                lines.add("const { %s } = connection%s".formatted(names(constant), end()));
            }
        }
        if (forget) {
            lines.add("this.#connections.delete(%s)%s".formatted(code.socket(), end()));
        }
        return lines;
    }

    private String attachment(List<Kept> wanted) {
        return "%s.deserializeAttachment()%s".formatted(code.socket(), style.typed() ? " as " + keptType(wanted) : "");
    }

    private static String keptType(List<Kept> kept) {
        return "{ "
                + String.join(
                        "; ",
                        kept.stream()
                                .map(each -> each.name() + ": " + each.keptType())
                                .toList())
                + " }";
    }

    private static String names(List<Kept> kept) {
        return SocketEdits.joined(kept.stream().map(Kept::name));
    }
}
