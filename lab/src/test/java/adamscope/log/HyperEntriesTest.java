package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.HyperSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HyperEntriesTest {
    private static HyperEntries entries(String... keysAndValues) {
        HyperEntries entries = new HyperEntries();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.take("config.yaml", keysAndValues[i], keysAndValues[i + 1]);
        }
        return entries;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "diffusion/betas/1",
                "model/diffusion/betas/1",
                "noise_schedule/betas/1",
                "ema/beta2",
                "ema_model/beta2",
                "loss/beta2",
                "some_section/beta2",
                "vae.beta2"
            })
    void aBetaOfSomethingElseNeverCounts(String key) {
        assertThat(entries(key, "0.02").values()).isEmpty();
        assertThat(entries(key, "0.02", "optim/beta2", "0.999").values()).containsExactly(Map.entry("beta2", 0.999));
        assertThat(entries("optim/beta2", "0.999", key, "0.02").values()).containsExactly(Map.entry("beta2", 0.999));
    }

    @Test
    void theNormAtWhichGradientsAreClippedIsTakenUnderItsManyNamesAndNoughtIsNone() {
        for (String key : List.of("max_grad_norm", "trainer/gradient_clip_val", "train.grad_clip", "clip_grad")) {
            assertThat(entries(key, "1.0").values()).containsExactly(Map.entry("clipNorm", 1.0));
            assertThat(entries(key, "0").values()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"warmup/lr", "lr_scheduler/warmup/lr", "ema.lr", "swa/lr"})
    void aRateOfSomethingElseNeverCounts(String key) {
        assertThat(entries(key, "1e-7").values()).isEmpty();
    }

    @Test
    void sectionsOfTheOptimizerWinAndTheOthersAreTold() {
        HyperEntries entries = entries("lr", "0.1", "optimizer/lr", "0.001", "generator/lr", "0.5");
        assertThat(entries.values()).containsEntry("lr", 0.001);
        assertThat(entries.sources().get("lr"))
                .isEqualTo(new HyperSource(
                        "config.yaml: optimizer.lr",
                        List.of("0.1 (config.yaml: lr)", "0.5 (config.yaml: generator.lr)")));
    }

    @Test
    void aListOfBetasGivesBoth() {
        HyperEntries entries = entries("/optimizer/params/betas/0", "0.9", "/optimizer/params/betas/1", "0.95");
        assertThat(entries.values()).containsEntry("beta1", 0.9).containsEntry("beta2", 0.95);
        assertThat(entries.sources().get("beta2").place()).isEqualTo("config.yaml: optimizer.params.betas");
    }

    @ParameterizedTest
    @CsvSource({
        "fp16, true, computeSignificandBits, 11",
        "bf16, True, computeSignificandBits, 8",
        "amp, true, computeSignificandBits, 11",
        "mixed_precision, bf16, computeSignificandBits, 8",
        "trainer/precision, 16-mixed, computeSignificandBits, 11",
        "trainer/precision, bf16, computeSignificandBits, 8",
        "trainer/precision, 16, computeSignificandBits, 11",
        "trainer/precision, bf16-true, significandBits, 8",
        "trainer/precision, 32, significandBits, 24",
        "dtype, bfloat16, computeSignificandBits, 8",
        "dtype, float32, significandBits, 24",
        "state_dtype, float16, significandBits, 11",
        "fp16/enabled, true, computeSignificandBits, 11",
    })
    void autocastIsTheFormatOfComputingNotOfStates(String key, String value, String name, double bits) {
        assertThat(entries(key, value).values()).containsExactly(Map.entry(name, bits));
    }

    @Test
    void aComplementIsTurnedRound() {
        assertThat(entries("one_minus_beta1", "0.25").values()).containsExactly(Map.entry("beta1", 0.75));
    }
}
