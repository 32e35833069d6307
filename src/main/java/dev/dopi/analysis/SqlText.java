package dev.dopi.analysis;

import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One text of SQL that an expression stands for.
 *
 * @param text the SQL; a part that is not known stands as {@code ?}
 * @param file where {@code literal} stands
 * @param literal what holds it whole, or most nearly
 * @param line where the literal begins
 * @param holes the values that code puts in, in their order
 * @param dynamic why it is not fully known
 */
record SqlText(String text, String file, Span literal, int line, List<Hole> holes, Optional<String> dynamic) {

    private static final Pattern VALUE_BEFORE =
            Pattern.compile("(?is).*([=<>+*/-]|\\bIN\\s*\\(|\\bLIMIT|\\bOFFSET|\\bLIKE|\\bGLOB|\\bBETWEEN)\\s*$");

    SqlText {
        holes = List.copyOf(holes);
    }

    /** A {@code ?} that stands for the value of {@code code}. */
    record Hole(int offset, String code) {}

    static SqlText known(String text, SyntaxNode node) {
        return new SqlText(text, node.tree().file().path(), node.span(), node.line(), List.of(), Optional.empty());
    }

    static SqlText unknown(SyntaxNode node, String why) {
        return new SqlText("", node.tree().file().path(), node.span(), node.line(), List.of(), Optional.of(why));
    }

    SqlText at(SyntaxNode node) {
        return new SqlText(text, node.tree().file().path(), node.span(), node.line(), holes, dynamic);
    }

    SqlText because(String why) {
        return new SqlText(text, file, literal, line, holes, Optional.of(dynamic.orElse(why)));
    }

    /** Returns whether it begins like a statement, so that a list of such texts can be told from a list of others. */
    boolean looksLikeSql() {
        String start = text.replaceAll("(?m)^\\s*--.*$", "").strip().toUpperCase(Locale.ROOT);
        return start.matches("(?s)(CREATE|ALTER|DROP|INSERT|REPLACE|UPDATE|DELETE|SELECT|WITH|PRAGMA|BEGIN)\\b.*");
    }

    /** A text that is put together from parts. */
    static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private final List<Hole> holes = new ArrayList<>();
        private Optional<String> dynamic = Optional.empty();

        Builder copy() {
            var copy = new Builder();
            copy.text.append(text);
            copy.holes.addAll(holes);
            copy.dynamic = dynamic;
            return copy;
        }

        Builder add(String known) {
            text.append(known);
            return this;
        }

        Builder add(SqlText part) {
            part.holes.forEach(hole -> holes.add(new Hole(text.length() + hole.offset(), hole.code())));
            text.append(part.text);
            dynamic = dynamic.or(part::dynamic);
            return this;
        }

        /** Adds a value that is bound, as a tagged template does. */
        Builder bind(String code) {
            holes.add(new Hole(text.length(), code));
            text.append('?');
            return this;
        }

        /** Adds something that is not known: where only a value can stand it does not matter which. */
        Builder unknown(String code, String why) {
            String before = text.toString();
            if (before.chars().filter(c -> c == '\'').count() % 2 == 1) {
                text.append('?');
            } else if (VALUE_BEFORE.matcher(before).matches()) {
                bind(code);
            } else {
                text.append('?');
                dynamic = dynamic.or(() -> Optional.of(why));
            }
            return this;
        }

        SqlText build(SyntaxNode node) {
            return new SqlText(text.toString(), node.tree().file().path(), node.span(), node.line(), holes, dynamic);
        }
    }
}
