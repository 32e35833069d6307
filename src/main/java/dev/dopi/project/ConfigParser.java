package dev.dopi.project;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/**
 * Reads JSON, JSON with comments and TOML into located values.
 *
 * <p>Any text gives either a value or a {@link MalformedConfigException}; numbers are never computed and depth is
 * bounded, so hostile text costs no more than its length.
 */
final class ConfigParser {

    static final ConfigParser JSON = new ConfigParser(JsonFactory.builder().build(), "JSON");

    /** What wrangler takes for both of its JSON files. */
    static final ConfigParser JSONC = new ConfigParser(
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build(),
            "JSON with comments");

    static final ConfigParser TOML = new ConfigParser(TomlFactory.builder().build(), "TOML");

    /** No setting that is looked at lies deeper than this. */
    private static final int DEPTH = 50;

    private static final int LONGEST_MESSAGE = 160;

    /** Jackson's complaint about a bare word, which it makes at the word's end rather than its start. */
    private static final Pattern UNKNOWN_TOKEN = Pattern.compile("^Unrecognized token ('[^']*')");

    private final JsonFactory factory;
    private final String language;

    private ConfigParser(JsonFactory factory, String language) {
        this.factory = factory;
        this.language = language;
    }

    String language() {
        return language;
    }

    /** Returns the keys of the whole file; a byte order mark before them is skipped. */
    ConfigValue.Members parse(String text) throws MalformedConfigException {
        var body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = factory.createParser(body)) {
            if (parser.nextToken() == null) {
                throw new MalformedConfigException("the file is empty", 1, 1);
            }
            ConfigValue value = value(parser, 0);
            if (!(value instanceof ConfigValue.Members members)) {
                throw new MalformedConfigException(
                        "the file holds " + value.kind() + " where { … } belongs", Math.max(1, value.line()), 1);
            }
            if (parser.nextToken() != null) {
                JsonLocation rest = parser.currentTokenLocation();
                throw new MalformedConfigException(
                        "text after the closing brace", rest.getLineNr(), rest.getColumnNr());
            }
            return members;
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (StackOverflowError _) {
            // Jackson's TOML reader descends into itself for each bracket.
            throw new MalformedConfigException("brackets nested too deep", 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private ConfigValue value(JsonParser parser, int depth) throws IOException {
        int line = this == TOML ? 0 : parser.currentTokenLocation().getLineNr();
        if (depth > DEPTH) {
            parser.skipChildren();
            return new ConfigValue.Other("nested too deep", line);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, depth, line);
            case START_ARRAY -> {
                var items = new ArrayList<ConfigValue>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, depth + 1));
                }
                yield new ConfigValue.Items(items, line);
            }
            case VALUE_STRING -> new ConfigValue.Text(parser.getText(), line);
            case VALUE_NULL -> new ConfigValue.Nothing(line);
            case VALUE_TRUE -> new ConfigValue.Flag(true, line);
            case VALUE_FALSE -> new ConfigValue.Flag(false, line);
            default -> new ConfigValue.Other("a number", line);
        };
    }

    private ConfigValue members(JsonParser parser, int depth, int line) throws IOException {
        var members = new LinkedHashMap<String, ConfigValue>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            // Of a key given twice the last one counts, as in wrangler.
            members.put(name, value(parser, depth + 1));
        }
        return new ConfigValue.Members(members, line);
    }

    private static MalformedConfigException malformed(JsonProcessingException e) {
        String what = e.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed");
        int beyondToken = 0;
        var token = UNKNOWN_TOKEN.matcher(what);
        if (token.find()) {
            what = "unknown word " + token.group(1);
            beyondToken = token.group(1).length() - 2;
        }
        what = what.replaceFirst(" \\(start marker.*", "")
                .replaceFirst(" \\(for \\w+ starting at .*", "")
                .replaceFirst("\\.$", "");
        what = what.length() > LONGEST_MESSAGE ? what.substring(0, LONGEST_MESSAGE) + "…" : what;
        what = what.isEmpty() ? "it cannot be parsed" : Character.toLowerCase(what.charAt(0)) + what.substring(1);
        JsonLocation at = e.getLocation();
        return at == null
                ? new MalformedConfigException(what, 0, 0)
                : new MalformedConfigException(
                        what, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr() - beyondToken));
    }
}
