package dev.dopi.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the lines of a TOML file in which settings stand, by looking through its text: Jackson's TOML reader keeps no
 * locations.
 *
 * <p>Lines count from one; what is not found is at line 1. The file has been parsed before, so the text is TOML.
 */
final class TomlLines {

    private static final Pattern HEADER = Pattern.compile("^\\s*\\[{1,2}([^\\[\\]]+)\\]{1,2}\\s*(#.*)?$");
    private static final Pattern ENVIRONMENT = Pattern.compile("^\\s*[\"']?env[\"']?\\s*\\.\\s*[\"']?([^\"'.\\s]+)");

    /** One line, the table that it belongs to and the environment that this table belongs to. */
    private record Line(int number, String table, Optional<String> environment, String text) {}

    private final List<Line> lines;

    TomlLines(String text) {
        lines = new ArrayList<>();
        var table = "";
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            var header = HEADER.matcher(line);
            if (header.matches()) {
                table = header.group(1).strip();
            }
            if (!line.strip().startsWith("#")) {
                lines.add(new Line(number, table, environment(table, line), line));
            }
        }
    }

    private static Optional<String> environment(String table, String line) {
        var matcher = ENVIRONMENT.matcher(table.isEmpty() ? line : table);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Returns where {@code environment} binds {@code className}. */
    int binding(Optional<String> environment, String className) {
        var setting = Pattern.compile("class_name[\"']?\\s*=\\s*" + quoted(className));
        return first(line -> line.environment().equals(environment)
                        && setting.matcher(line.text()).find())
                .or(() -> first(line -> setting.matcher(line.text()).find()))
                .orElse(1);
    }

    /** Returns where the life of {@code className} is declared: not where it is bound. */
    int declaration(String className) {
        var mention = Pattern.compile(
                quoted(className) + "|(^|exports[\"']?\\s*\\.)\\s*[\"']?" + Pattern.quote(className) + "\\b");
        return first(line -> (line.table().contains("migrations")
                                || line.table().contains("exports")
                                || line.text().contains("_classes"))
                        && mention.matcher(line.text()).find())
                .or(() -> first(line -> !line.text().contains("class_name")
                        && mention.matcher(line.text()).find()))
                .orElse(1);
    }

    /** Returns the first line that sets {@code key}. */
    int key(String key) {
        var setting = Pattern.compile("(^|[.{,\\s])[\"']?" + Pattern.quote(key) + "[\"']?\\s*=");
        return first(line -> setting.matcher(line.text()).find()).orElse(1);
    }

    private Optional<Integer> first(Predicate<Line> wanted) {
        return lines.stream().filter(wanted).map(Line::number).findFirst();
    }

    private static String quoted(String text) {
        return "[\"']" + Pattern.quote(text) + "[\"']";
    }
}
