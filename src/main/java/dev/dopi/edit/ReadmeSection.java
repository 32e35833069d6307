package dev.dopi.edit;

import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of a README that dopi keeps: a paragraph for each pattern in place, sorted, between two comments.
 *
 * <p>Nothing outside of the two comments ever changes, and without its last paragraph the text is, byte for byte, what it
 * was before the first came.
 */
public final class ReadmeSection {

    public static final String BEGIN = "<!-- dopi:begin -->";
    public static final String END = "<!-- dopi:end -->";
    /** The id of the hunk that changes a plan's section. */
    public static final String HUNK = "readme";
    /** In the order in which they are looked for. */
    public static final List<String> NAMES = List.of(
            "README.md", "readme.md", "Readme.md", "ReadMe.md", "README.MD", "README.markdown", "readme.markdown");

    private static final String HEADING = "### ";
    private static final String TITLE = "## Durable Object patterns";
    private static final String INTRODUCTION =
            "Put in by `dopi`, which keeps what stands between the two comments around this section; write your own outside of them.";
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})(.*)");

    /** A paragraph, from its heading to the next one or the section's end. */
    private record Paragraph(String heading, int start, int end) {}

    private final String text;
    private final String lineEnd;
    private final List<Paragraph> paragraphs = new ArrayList<>();
    private int begin = -1;
    private int firstLine = -1;
    private int endLine = -1;
    private int end = -1;
    private Optional<String> problem = Optional.empty();

    private ReadmeSection(String text) {
        this.text = text;
        this.lineEnd = new SourceFile("README.md", text).lineEnd();
        read();
    }

    /** Looks for the section in {@code text}. */
    public static ReadmeSection in(String text) {
        return new ReadmeSection(text);
    }

    /** Whether the file at {@code path} is called as READMEs are that can hold a section. */
    public static boolean isReadme(String path) {
        return NAMES.contains(Paths.name(path));
    }

    /** Returns why the section cannot be changed, as a clause about the file; empty where it can. */
    public Optional<String> problem() {
        return problem;
    }

    private void read() {
        String fence = "";
        int number = 0;
        for (int start = 0; start < text.length() && problem.isEmpty(); ) {
            int newline = text.indexOf('\n', start);
            int next = newline < 0 ? text.length() : newline + 1;
            String line = text.substring(start, next).stripTrailing();
            number++;
            Matcher mark = FENCE.matcher(line);
            if (mark.matches() && fence.isEmpty()) {
                fence = mark.group(1);
            } else if (mark.matches()
                    && mark.group(1).startsWith(fence)
                    && mark.group(2).isBlank()) {
                fence = "";
            } else if (fence.isEmpty()) {
                line(number, line.startsWith("\uFEFF") ? line.substring(1) : line, start, next);
            }
            start = next;
        }
        if (problem.isEmpty() && begin >= 0 && end < 0) {
            problem = Optional.of("it holds %s without %s after it".formatted(BEGIN, END));
        } else if (problem.isEmpty() && begin < 0 && !fence.isEmpty()) {
            problem = Optional.of("it ends inside a block of code that is not closed");
        }
    }

    private void line(int number, String line, int start, int next) {
        if (line.equals(BEGIN)) {
            if (begin >= 0) {
                problem = Optional.of("it holds %s again in line %d".formatted(BEGIN, number));
            }
            begin = text.indexOf(BEGIN, start);
            firstLine = next;
        } else if (line.equals(END)) {
            if (begin < 0 || end >= 0) {
                problem = Optional.of("it holds %s in line %d without %s before it".formatted(END, number, BEGIN));
                return;
            }
            endLine = start;
            end = next;
            close(start);
        } else if (!line.contains("`") && (line.contains(BEGIN) || line.contains(END))) {
            problem = Optional.of(
                    "it holds a comment of dopi's in line %d that is not a line of its own".formatted(number));
        } else if (begin >= 0 && end < 0 && line.startsWith(HEADING)) {
            close(start);
            paragraphs.add(new Paragraph(line.substring(HEADING.length()).strip(), start, start));
        }
    }

    private void close(int at) {
        if (!paragraphs.isEmpty()) {
            Paragraph last = paragraphs.removeLast();
            paragraphs.add(new Paragraph(last.heading(), last.start(), at));
        }
    }

    /** Returns the headings of the paragraphs, in their order. */
    public List<String> headings() {
        return paragraphs.stream().map(Paragraph::heading).toList();
    }

    /** Returns what stands under {@code heading}, with plain line ends and no blank lines around it. */
    public Optional<String> under(String heading) {
        return find(heading).map(each -> text.substring(each.start(), each.end())
                .lines()
                .skip(1)
                .collect(Collectors.joining("\n"))
                .strip());
    }

    private Optional<Paragraph> find(String heading) {
        return paragraphs.stream()
                .filter(each -> each.heading().equals(heading))
                .findFirst();
    }

    /**
     * Returns the edits that put {@code body} under {@code heading}, in the place of what stands there; none where it
     * stands there already.
     */
    public TextEdits with(String heading, String body) {
        if (under(heading).equals(Optional.of(body.strip()))) {
            return TextEdits.of();
        }
        String paragraph = HEADING + heading + "\n\n" + body.strip() + "\n\n";
        if (begin < 0) {
            return TextEdits.of(TextEdit.insert(text.length(), section(paragraph)));
        }
        Optional<Paragraph> there = find(heading);
        if (there.isPresent()) {
            return TextEdits.of(
                    new TextEdit(new Span(there.get().start(), there.get().end()), mine(paragraph)));
        }
        int place = paragraphs.stream()
                .filter(each -> each.heading().compareTo(heading) > 0)
                .map(Paragraph::start)
                .findFirst()
                .orElse(endLine);
        String gap = isBlankBefore(place) ? "" : "\n";
        return TextEdits.of(TextEdit.insert(place, mine(gap + paragraph)));
    }

    private String section(String paragraph) {
        String whole = "%s\n\n%s\n\n%s\n\n%s%s".formatted(BEGIN, TITLE, INTRODUCTION, paragraph, END);
        boolean empty = text.isEmpty() || text.equals("\uFEFF");
        return mine(empty ? whole + "\n" : text.endsWith("\n") ? "\n" + whole + "\n" : "\n\n" + whole);
    }

    private String mine(String lines) {
        return lines.replace("\n", lineEnd);
    }

    private boolean isBlankBefore(int place) {
        String before = text.substring(0, place).replace("\r", "");
        return before.endsWith("\n\n");
    }

    /** Returns the edits that take out what stands under {@code heading}, and the section with its last paragraph. */
    public TextEdits without(String heading) {
        Optional<Paragraph> there = find(heading);
        if (there.isEmpty()) {
            return TextEdits.of();
        }
        boolean last = paragraphs.size() == 1
                && text.substring(firstLine, there.get().start())
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList()
                        .equals(List.of(TITLE, INTRODUCTION));
        return TextEdits.of(
                last
                        ? new TextEdit(new Span(begin - gapBefore(), end), "")
                        : new TextEdit(new Span(there.get().start(), there.get().end()), ""));
    }

    /** Returns how much of what stands before the section came with it. */
    private int gapBefore() {
        String before = text.substring(0, begin);
        boolean ended = end > 0 && text.charAt(end - 1) == '\n';
        if (!before.endsWith(lineEnd + lineEnd) && !before.endsWith("\n" + lineEnd)) {
            return 0;
        }
        return ended ? lineEnd.length() : 2 * lineEnd.length();
    }

    /**
     * Makes the change of the section from {@code before} to {@code after} on {@code onto}, another text with the section.
     *
     * @return empty where more than the section changes, where {@code onto} holds no section that can be read, or where
     *     somebody else wrote in the same paragraph
     */
    public static Optional<String> carry(String onto, String before, String after) {
        var old = new ReadmeSection(before);
        var fresh = new ReadmeSection(after);
        if (old.problem.isPresent() || fresh.problem.isPresent() || !old.bare().equals(fresh.bare())) {
            return Optional.empty();
        }
        var headings = new TreeSet<>(old.headings());
        headings.addAll(fresh.headings());
        String text = onto;
        for (String heading : headings) {
            Optional<String> was = old.under(heading);
            Optional<String> is = fresh.under(heading);
            var section = new ReadmeSection(text);
            Optional<String> there = section.under(heading);
            if (section.problem.isPresent()) {
                return Optional.empty();
            }
            if (Objects.equals(was, is) || there.equals(is)) {
                continue;
            }
            if (!there.equals(was)) {
                return Optional.empty();
            }
            text = (is.isPresent() ? section.with(heading, is.get()) : section.without(heading)).applyTo(text);
        }
        return Optional.of(text);
    }

    /** Returns the text without the section. */
    private String bare() {
        return begin < 0 ? text : text.substring(0, begin - gapBefore()) + text.substring(end);
    }
}
