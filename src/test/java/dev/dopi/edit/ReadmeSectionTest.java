package dev.dopi.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The section of a README: put in, gone on with, carried to another text, and taken out. */
final class ReadmeSectionTest {

    private static final String SECTION = "<!-- dopi:begin -->\n\n### A: one\n\nFirst.\n\n<!-- dopi:end -->\n";

    private static String with(String text, String heading, String body) {
        return ReadmeSection.in(text).with(heading, body).applyTo(text);
    }

    private static String without(String text, String heading) {
        return ReadmeSection.in(text).without(heading).applyTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\uFEFF",
                "\n",
                "# Title",
                "# Title\n",
                "# Title\n\n\n",
                "# Title\r\n\r\nText\r\n",
                "\uFEFF# Title\r\n\r\nText",
                "```md\n<!-- dopi:begin -->\n```\n",
                "Write `<!-- dopi:end -->` yourself.\n"
            })
    void leavesEachTextAsItWasOnceTheLastParagraphIsGone(String before) {
        String one = with(before, "B: two", "Second.\nIts line.");
        String both = with(one, "A: one", "First.");
        String sorted = with(with(before, "A: one", "First."), "B: two", "Second.\nIts line.");

        assertTrue(both.startsWith(before), both);
        assertEquals(sorted, both);
        assertEquals(List.of("A: one", "B: two"), ReadmeSection.in(both).headings());
        assertEquals(both, with(both, "B: two", "Second.\nIts line."));
        assertEquals(one, without(both, "A: one"));
        assertEquals(before, without(one, "B: two"));
        assertEquals(before, without(without(both, "B: two"), "A: one"));
        assertEquals(before.contains("\r"), both.contains("\r"));
    }

    @Test
    void putsAParagraphInThePlaceOfAnOlderOneOfItsOwn() {
        assertEquals(
                "Text\n\n<!-- dopi:begin -->\n\n### A: one\n\nAnew.\n\n<!-- dopi:end -->\n\nMore\n",
                with("Text\n\n" + SECTION + "\nMore\n", "A: one", "Anew."));
    }

    @Test
    void keepsWhatSomebodyWroteIntoTheSection() {
        String text = SECTION.replace("### A", "Ours.\n\n### A");

        assertEquals("<!-- dopi:begin -->\n\nOurs.\n\n<!-- dopi:end -->\n", without(text, "A: one"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- dopi:begin -->\n",
                "Text\n<!-- dopi:end -->\n",
                SECTION + SECTION,
                "<!-- dopi:begin -->\n" + SECTION,
                "<!-- dopi:end -->\n<!-- dopi:begin -->\n",
                "Text <!-- dopi:begin -->\n<!-- dopi:end -->\n",
                "```js\nnever closed\n"
            })
    void saysWhyItCannotBeChanged(String text) {
        assertTrue(ReadmeSection.in(text).problem().isPresent(), text);
    }

    @Test
    void carriesAChangeToATextThatSomebodyWroteIn() {
        String before = "# Title\n";
        String one = with(before, "A: one", "First.");
        String both = with(one, "B: two", "Second.");
        String theirs = both.replace("# Title", "# Another title\n\nText") + "\nBelow\n";

        assertEquals(
                Optional.of(without(theirs, "A: one")), ReadmeSection.carry(theirs, both, without(both, "A: one")));
        assertEquals(Optional.of("# Another title\n\nText\n\nBelow\n"), ReadmeSection.carry(theirs, both, before));
        assertEquals(Optional.of(before), ReadmeSection.carry(before, both, one), "it is gone already");
    }

    @Test
    void carriesNothingOverWhatSomebodyWroteInTheParagraphItself() {
        String both = with(with("# Title\n", "A: one", "First."), "B: two", "Second.");

        assertFalse(ReadmeSection.carry(both.replace("Second.", "Ours."), both, without(both, "B: two"))
                .isPresent());
        assertFalse(ReadmeSection.carry(both.replace("<!-- dopi:end -->", ""), both, without(both, "B: two"))
                .isPresent());
        assertFalse(
                ReadmeSection.carry(both, both, both.replace("# Title", "# Other"))
                        .isPresent(),
                "not the section");
    }
}
