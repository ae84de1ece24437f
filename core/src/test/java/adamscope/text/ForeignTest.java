package adamscope.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTest {

    @Test
    void whatMovesTheCursorOrTurnsTheDirectionIsWrittenAsItsNumber() {
        // @start region="message"
        String shown = Foreign.line("no column 'loss\u202E\u001B[2J'");
        // "no column 'loss[U+202E][U+001B][2J'"
        // @end
        assertThat(shown).isEqualTo("no column 'loss[U+202E][U+001B][2J'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x07, 0x08, 0x0B, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x61C, 0x200B, 0x200E, 0x202A})
    void everyCharacterOfControlOrFormatIsShown(int point) {
        assertThat(Foreign.visible("a" + Character.toString(point) + "b"))
                .isEqualTo("a[" + Foreign.number(point) + "]b");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x202E, 0x2028, 0x2029, 0x2066, 0x2069, 0xD800, 0xDFFF, 0xE000, 0xFEFF, 0xFFFE, 0xE0041, 0x10FFFF})
    void soIsWhatFontsOrEncodersCannotShow(int point) {
        assertThat(Foreign.visible("a" + Character.toString(point) + "b"))
                .isEqualTo("a[" + Foreign.number(point) + "]b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"β₁ = 0.9 — 学習率 и потери", "e\u0301 👍", "two\nlines\tand a tab", "ضرر"})
    void lettersOfEveryScriptStay(String text) {
        assertThat(Foreign.visible(text)).isEqualTo(text);
    }

    @Test
    void aLongMessageKeepsBothEnds() {
        String line = Foreign.line("file 'x" + "y".repeat(2_000_000) + "' is too long; give --short");
        assertThat(line)
                .startsWith("file 'xyyy")
                .endsWith("' is too long; give --short")
                .contains("1,998,034 characters"); // 7 + 2,000,000 + 27 less the 2,000 that stay
        assertThat(line.length()).isLessThan(2100);
    }

    @Test
    void aCutPartsNoPairOfSurrogates() {
        for (int shift = 0; shift < 2; shift++) {
            String line = Foreign.line("a".repeat(shift) + "👍".repeat(5000));
            assertThat(line).doesNotContain("U+D83D");
        }
    }

    @Test
    void aMessageIsOneLine() {
        assertThat(Foreign.line("  one\r\n   two\u2028three\n")).isEqualTo("one two three");
    }

    @Test
    void inMarkupNothingOfATextIsMarkup() {
        assertThat(Markup.text("<!--><img src=x onerror='a(\"b\")'>&amp;\u0001"))
                .isEqualTo("&lt;!--&gt;&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt;&amp;amp;[U+0001]");
    }
}
