package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The code that keeps what is known of a connection with its socket, and finds it there again. */
final class ConnectionState {

    private final ConnectionCode code;
    private final CodeStyle style;
    private final List<Kept> lasting;

    ConnectionState(ConnectionCode code, CodeStyle style) {
        this.code = code;
        this.style = style;
        this.lasting = code.kept().stream()
                .filter(each -> each.kind() != Kept.Kind.HANDLE)
                .toList();
    }

    private String end() {
        return style.semicolons() ? ";" : "";
    }

    String field(String margin) {
        String type = "{ "
                + String.join(
                        "; ",
                        code.kept().stream()
                                .map(each -> each.name() + ": " + each.type())
                                .toList())
                + " }";
        return Handlers.render("field.ts.txt", style, margin, Map.of("TYPE", type), Set.of(), Map.of());
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

    /** The method that keeps it; empty where nothing changes it. */
    Stream<String> methods(String margin) {
        if (code.changes().isEmpty() || !code.needsMap() || lasting.isEmpty()) {
            return Stream.empty();
        }
        boolean all = code.changes().stream().anyMatch(change -> !change.own());
        return Stream.of(Handlers.render(
                "keep.ts.txt",
                style,
                margin,
                Map.of("SOCKET", code.socket(), "NAMES", names(lasting), "VALUE", value()),
                all ? Set.of("ALL") : Set.of(),
                Map.of()));
    }

    /** The loop of the constructor that finds it again. */
    String wake(String margin, String state, SourceFile file) {
        var lines = new java.util.ArrayList<String>();
        if (code.needsMap()) {
            lines.addAll(remembered());
        } else {
            List<Kept> used = lasting.stream().filter(this::isRegistered).toList();
            if (!used.isEmpty()) {
                lines.add("const { %s } = %s%s".formatted(names(used), attachment(used), end()));
            }
        }
        String registrations = new MovedBody(file, style, margin + style.indent()).of(code.registrations());
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

    private List<String> remembered() {
        var lines = new java.util.ArrayList<String>();
        if (!lasting.isEmpty()) {
            lines.add("const kept = %s.deserializeAttachment()%s%s"
                    .formatted(
                            code.socket(), style.typed() ? " as %s | null".formatted(keptType(lasting)) : "", end()));
            lines.add("if (kept === null) continue" + end());
            List<Kept> plain = lasting.stream()
                    .filter(each -> each.socketProperties().isEmpty())
                    .toList();
            if (!plain.isEmpty()) {
                lines.add("const { %s } = kept%s".formatted(names(plain), end()));
            }
            lasting.stream()
                    .filter(each -> !each.socketProperties().isEmpty())
                    .map(each -> "const %s%s = { ...kept.%s, %s }%s"
                            .formatted(
                                    each.name(),
                                    style.typed() ? ": " + each.type() : "",
                                    each.name(),
                                    SocketEdits.joined(each.socketProperties().stream()
                                            .map(property -> property.equals(code.socket())
                                                    ? property
                                                    : property + ": " + code.socket())),
                                    end()))
                    .forEach(lines::add);
        }
        String entry = SocketEdits.joined(code.kept().stream()
                .map(each -> each.kind() == Kept.Kind.HANDLE ? each.name() + ": " + each.initial() : each.name()));
        lines.add("this.#connections.set(%s, { %s })%s".formatted(code.socket(), entry, end()));
        return lines;
    }

    /** The lines at the head of a handler that give it what it uses; {@code forget} where the connection is over. */
    List<String> prelude(Set<String> used, boolean forget) {
        var lines = new java.util.ArrayList<String>();
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
            lines.add("const connection = this.#connections.get(%s)%s".formatted(code.socket(), end()));
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
