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
        return at(file, Trivia.end(file.text(), file.text().startsWith("\uFEFF") ? 1 : 0));
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
        int at = Trivia.end(text, open + 1);
        while (at < text.length() && text.charAt(at) == '"') {
            int keyEnd = value(text, at);
            int start = Math.min(Trivia.end(text, Trivia.end(text, keyEnd) + 1), text.length());
            int end = value(text, start);
            members.add(new Member(
                    text.substring(at + 1, Math.max(at + 1, keyEnd - 1)), new Span(at, keyEnd), new Span(start, end)));
            at = Trivia.end(text, end);
            if (at < text.length() && text.charAt(at) == ',') {
                at = Trivia.end(text, at + 1);
            }
        }
        return at < text.length() && text.charAt(at) == '}'
                ? Optional.of(new JsonObject(file, open, at, members))
                : Optional.empty();
    }

    /** Returns the edit that adds {@code "key": value}; a value of several lines comes without its margin. */
    public TextEdit adding(String key, String value) {
        return elements().append("\"%s\": %s".formatted(key, value), step());
    }

    /** Returns the objects in the array that is the value of {@code key}; empty where it is none, or holds other things. */
    public List<JsonObject> objects(String key) {
        Optional<Member> array = member(key).filter(each -> text(each).startsWith("["));
        if (array.isEmpty()) {
            return List.of();
        }
        var objects = new ArrayList<JsonObject>();
        int at = Trivia.end(file.text(), array.get().value().start() + 1);
        while (at < array.get().value().end() - 1) {
            Optional<JsonObject> object = at(file, at);
            if (object.isEmpty()) {
                return List.of();
            }
            objects.add(object.get());
            at = Trivia.end(file.text(), object.get().close() + 1);
            if (file.text().charAt(at) == ',') {
                at = Trivia.end(file.text(), at + 1);
            }
        }
        return objects;
    }

    /** Returns the edit that puts {@code element} behind the last of {@link #objects}; its lines come without a margin. */
    public TextEdit appending(String key, String element) {
        Span array = member(key)
                .orElseThrow(() -> new IllegalArgumentException("no %s in %s".formatted(key, file.path())))
                .value();
        List<Span> spans = objects(key).stream()
                .map(object -> new Span(object.open(), object.close() + 1))
                .toList();
        return new Elements(file, array.start(), array.end() - 1, spans).append(element, step());
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
        return next.map(member -> elements().before(member.keySpan(), "\"%s\": %s".formatted(key, value)))
                .orElseGet(() -> adding(key, value));
    }

    private Elements elements() {
        return new Elements(
                file,
                open,
                close,
                members.stream()
                        .map(member -> new Span(
                                member.keySpan().start(), member.value().end()))
                        .toList());
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
                at = Trivia.end(text, at);
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
