package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.CurveOutcome;
import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logs of PyTorch 1.13.1 trainings that know nothing of Adamscope; made by tools/train_and_log.py.
class RealLogsTest {
    private static final Path LOGS = Path.of("src/test/resources/adamscope/log/torch-1.13.1");

    private static RunLog read(String name) {
        List<RunLog> runs = LogReader.read(LOGS.resolve(name), NameMap.byDefault());
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"steady", "spiking", "exploding", "badbatch"})
    void theEventFileAndTheTableOfARunAgree(String run) throws IOException {
        RunLog events = read(run);
        RunLog table = read(run + ".csv");
        assertThat(events.steps()).isEqualTo(table.steps());
        assertThat(table.steps())
                .hasSize((int) Files.lines(LOGS.resolve(run + ".csv")).count() - 1);
        for (String quantity : List.of(Quantity.LOSS, Quantity.GRADIENT_NORM)) {
            double[] one = events.numbers(quantity).orElseThrow();
            double[] other = table.numbers(quantity).orElseThrow();
            for (int row = 0; row < one.length; row++) {
                // Six digits in the table.
                assertThat(one[row]).isCloseTo(other[row], org.assertj.core.data.Offset.offset(1e-5 * other[row]));
            }
        }
        assertThat(events.remarks()).noneMatch(remark -> remark.contains("lost") || remark.contains("damaged"));
    }

    @Test
    void theRateThatWasLoggedEveryTenthStepIsThereEveryTenthStep() {
        double[] lr = read("steady").numbers(Quantity.LR).orElseThrow();
        assertThat(lr[8]).isNaN();
        assertThat(lr[9]).isEqualTo((double) 1e-3f);
    }

    @Test
    void theRunThatRisesBy37TimesWithin50StepsAgainAndAgainSwingsWithoutAPeriod() {
        LossCurve curve = LossCurve.of(read("spiking.csv"));
        // Between steps 731 and 736 the loss goes from 1.1e-4 to 4e-3, but it always swings by several times.
        assertThat(CurveOutcome.of(curve, SpikeSearch.events(curve)))
                .isInstanceOfSatisfying(CurveOutcome.Oscillating.class, swing -> {
                    assertThat(swing.period()).isNaN();
                    assertThat(swing.decades()).isGreaterThan(CurveOutcome.FACTOR_2);
                });
        LossCurve noisy = LossCurve.of(read("steady.csv"));
        assertThat(CurveOutcome.of(noisy, SpikeSearch.events(noisy))).isInstanceOf(CurveOutcome.Smooth.class);
    }

    @Test
    void theProbeHasTheMomentsAndTheHyperParameters() {
        RunLog log = read("spiking.jsonl");
        assertThat(log.hyper())
                .containsEntry("lr", 1e-2)
                .containsEntry("beta1", 0.9)
                .containsEntry("beta2", 0.9)
                .containsEntry("eps", 1e-8)
                .containsEntry("significandBits", 24.0);
        for (String quantity : List.of(
                Quantity.LOSS,
                Quantity.LR,
                Quantity.GRADIENT_NORM,
                Quantity.AVERAGE_GRADIENT_NORM,
                Quantity.ROOT_SECOND_MOMENT_NORM,
                Quantity.STEP_NORM,
                Quantity.couplingRatio(50),
                Quantity.stepRatio(99))) {
            assertThat(log.has(quantity)).as(quantity).isTrue();
        }
        // After the first step m = (1-beta1) g and v = (1-beta2) g^2, so v/g^2 = 0.1 and |m|/sqrt(v) = 0.1/sqrt(0.1).
        assertThat(log.numbers(Quantity.couplingRatio(50)).orElseThrow()[0])
                .isCloseTo(0.1, org.assertj.core.data.Offset.offset(1e-6)); // float32
        assertThat(log.numbers(Quantity.stepRatio(50)).orElseThrow()[0])
                .isCloseTo(Math.sqrt(0.1), org.assertj.core.data.Offset.offset(1e-6));
    }
}
