package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.linear.CountedNormal;
import org.junit.jupiter.api.Test;

class FloatFormatTest {

    @Test
    void halfPrecisionRoundsAsTheJdkDoes() {
        for (int i = 0; i < 10_000; i++) {
            float value = (float) (CountedNormal.number(1, i) * Math.pow(10, i % 13 - 8));
            assertThat(FloatFormat.FLOAT16.round(value, false))
                    .isEqualTo(Float.float16ToFloat(Float.floatToFloat16(value)));
        }
    }

    @Test
    void singlePrecisionRoundsAsTheCastDoes() {
        for (int i = 0; i < 10_000; i++) {
            double value = CountedNormal.number(1, i) * Math.pow(10, i % 90 - 46);
            assertThat(FloatFormat.FLOAT32.round(value, false)).isEqualTo((double) (float) value);
        }
    }

    @Test
    void smallNumbersAreFlushedWhereThatIsAsked() {
        assertThat(FloatFormat.FLOAT16.round(6e-5, true)).isZero();
        assertThat(FloatFormat.FLOAT16.round(6.2e-5, true)).isPositive();
    }

    @Test
    void anUnknownFormatIsRefusedWithTheNames() {
        assertThatThrownBy(() -> FloatFormat.of("fp8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dtype 'fp8' is not one of float64, float32, bfloat16, float16, float8_e4m3, float8_e5m2");
    }
}
