package dev.dopi.edit;

import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where the members of an object stand in a JSON file, with comments or without.
 *
 * <p>The file has been read before, so it is known to be JSON. What is added goes behind the last member, in the form of
 * the members that are there; nothing else moves.
 *
 * @param open the offset of its opening brace
 * @param close the offset of its closing brace
 */
public record JsonObject(SourceFile file, int open, int close, List<Member> members) {

    /** A key, unquoted, with the spans of key and value. */
    public record Member(String key, Span keySpan, Span value) {}

    public JsonObject {
        members = List.copyOf(members);
    }

    /** Returns the file's outermost object. */
    public static Optional<JsonObject> of(SourceFile file) {
        return at(file, trivia(file.text(), file.text().startsWith("\uFEFF") ? 1 : 0));
    }

    /** Returns the object that is the value of {@code key}. */
    public Optional<JsonObject> child(String key) {
        return member(key).flatMap(member -> at(file, member.value().start()));
    }

    public Optional<Member> member(String key) {
        return members.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    public String text(Member member) {
        return file.text(member.value());
    }

    private static Optional<JsonObject> at(SourceFile file, int open) {
        String text = file.text();
        if (open >= text.length() || text.charAt(open) != '{') {
            return Optional.empty();
        }
        var members = new ArrayList<Member>();
        int at = trivia(text, open + 1);
        while (at < text.length() && text.charAt(at) == '"') {
            int keyEnd = value(text, at);
            int start = Math.min(trivia(text, trivia(text, keyEnd) + 1), text.length());
            int end = value(text, start);
            members.add(new Member(
                    text.substring(at + 1, Math.max(at + 1, keyEnd - 1)), new Span(at, keyEnd), new Span(start, end)));
            at = trivia(text, end);
            if (at < text.length() && text.charAt(at) == ',') {
                at = trivia(text, at + 1);
            }
        }
        return at < text.length() && text.charAt(at) == '}'
                ? Optional.of(new JsonObject(file, open, at, members))
                : Optional.empty();
    }

    /** Returns the edit that adds {@code "key": value}; a value of several lines comes without its margin. */
    public TextEdit adding(String key, String value) {
        String end = file.lineEnd();
        String member = "\"%s\": ".formatted(key);
        if (members.isEmpty()) {
            String margin = file.indentAt(open);
            String inner = margin + step();
            return new TextEdit(
                    new Span(open + 1, close), end + inner + member + indented(value, inner) + end + margin);
        }
        Member last = members.getLast();
        boolean ownLines = file.text()
                                .substring(open, members.getFirst().keySpan().start())
                                .indexOf('\n')
                        >= 0
                && file.text().substring(last.value().end(), close).indexOf('\n') >= 0;
        if (!ownLines) {
            return TextEdit.insert(last.value().end(), ", " + member + value.replaceAll("\\s*\\R\\s*", " "));
        }
        String margin = file.indentAt(last.keySpan().start());
        String line = end + margin + member + indented(value, margin);
        int after = trivia(file.text(), last.value().end());
        if (file.text().charAt(after) == ',') {
            int lineEnd = endOfLine(after + 1);
            return TextEdit.insert(lineEnd, line + ",");
        }
        int lineEnd = endOfLine(last.value().end());
        return new TextEdit(
                new Span(last.value().end(), lineEnd),
                "," + file.text().substring(last.value().end(), lineEnd) + line);
    }

    /** Returns the edit that adds an object called {@code name} with one member. */
    public TextEdit addingObject(String name, String key, String value) {
        return adding(name, "{\n%s\"%s\": %s\n}".formatted(step(), key, value));
    }

    /** Returns the edit that adds the member where its key belongs, if those that are there are in order. */
    private TextEdit addingInOrder(String key, String value) {
        List<String> keys = members.stream().map(Member::key).toList();
        boolean ordered = keys.equals(keys.stream().sorted().toList());
        Optional<Member> next = members.stream()
                .filter(member -> ordered && member.key().compareTo(key) > 0)
                .findFirst();
        return next.filter(member -> startsLine(member.keySpan().start()))
                .map(member -> {
                    int start = member.keySpan().start();
                    return TextEdit.insert(
                            start, "\"%s\": %s,%s".formatted(key, value, file.lineEnd() + file.indentAt(start)));
                })
                .orElseGet(() -> adding(key, value));
    }

    private boolean startsLine(int offset) {
        String text = file.text();
        return text.substring(text.lastIndexOf('\n', offset - 1) + 1, offset).isBlank();
    }

    /** Returns the edits that add {@code texts} to the object {@code name} of {@code file}, which is made where it is not. */
    static TextEdits adding(SourceFile file, String name, SortedMap<String, String> texts) {
        TextEdits edits = TextEdits.of();
        for (var each : texts.entrySet()) {
            var now = new SourceFile(file.path(), edits.applyTo(file.text()));
            JsonObject root =
                    of(now).orElseThrow(() -> new IllegalArgumentException("no object in %s".formatted(file.path())));
            String value = "\"" + each.getValue() + "\"";
            TextEdit edit = root.child(name)
                    .map(object -> object.addingInOrder(each.getKey(), value))
                    .orElseGet(() -> root.addingObject(name, each.getKey(), value));
            edits = edits.then(TextEdits.of(edit));
        }
        return edits;
    }

    private String indented(String value, String margin) {
        return value.replace("\n", file.lineEnd() + margin);
    }

    /** Returns one step of the file's indentation. */
    public String step() {
        return file.text()
                .lines()
                .filter(line -> line.startsWith(" ") || line.startsWith("\t"))
                .map(line ->
                        line.substring(0, line.length() - line.stripLeading().length()))
                .findFirst()
                .orElse("  ");
    }

    private int endOfLine(int from) {
        int newline = file.text().indexOf('\n', from);
        int lineEnd = newline < 0 ? file.text().length() : newline;
        return lineEnd > from && file.text().charAt(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
    }

    /** Returns where white space and comments that begin at {@code at} end. */
    private static int trivia(String text, int at) {
        int next = at;
        while (next < text.length()) {
            if (Character.isWhitespace(text.charAt(next))) {
                next++;
            } else if (text.startsWith("//", next)) {
                int newline = text.indexOf('\n', next);
                next = newline < 0 ? text.length() : newline;
            } else if (text.startsWith("/*", next)) {
                int close = text.indexOf("*/", next + 2);
                next = close < 0 ? text.length() : close + 2;
            } else {
                return next;
            }
        }
        return next;
    }

    /** Returns where the value that begins at {@code at} ends. */
    private static int value(String text, int at) {
        if (at >= text.length()) {
            return text.length();
        }
        char first = text.charAt(at);
        if (first == '"') {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != '"') {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(end + 1, text.length());
        }
        if (first != '{' && first != '[') {
            int end = at;
            while (end < text.length() && ",]} \t\r\n/".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            return end;
        }
        return nested(text, at);
    }

    private static int nested(String text, int open) {
        int depth = 0;
        int at = open;
        while (at < text.length()) {
            char sign = text.charAt(at);
            if (sign == '"') {
                at = value(text, at);
                continue;
            }
            if (text.startsWith("//", at) || text.startsWith("/*", at)) {
                at = trivia(text, at);
                continue;
            }
            depth += sign == '{' || sign == '[' ? 1 : sign == '}' || sign == ']' ? -1 : 0;
            at++;
            if (depth == 0) {
                return at;
            }
        }
        return text.length();
    }
}
