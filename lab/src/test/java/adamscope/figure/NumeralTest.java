package adamscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.05, 0.05",
        "0.001, 0.001",
        "3e-4, 3×10⁻⁴",
        "1e-8, 10⁻⁸",
        "-2.5e-6, −2.5×10⁻⁶",
        "20000, 20000",
        "1.5e17, 1.5×10¹⁷",
        "4.9e-324, 4.9×10⁻³²⁴",
        "NaN, NaN",
    })
    void aNumberIsWrittenAsPeopleWriteIt(double value, String written) {
        assertThat(Numeral.of(value)).isEqualTo(written);
    }
}
