package adamscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.data.DataShape;
import adamscope.data.LabelledImages;
import adamscope.data.Scaling;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Place;
import adamscope.training.Training;
import adamscope.training.TrainingResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldOutProbeTest {
    /// Two pixels; a scaling of each set by itself makes them ±1.
    private static LabelledImages images(int... labels) {
        byte[] pixels = new byte[2 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            pixels[2 * i + labels[i]] = (byte) 200;
        }
        return new LabelledImages(new DataShape.Images(1, 1, 2, 2), pixels, labels);
    }

    private static TrainingResult trained(LabelledImages seen, LabelledImages held) {
        Training training = Training.of(Catalogue.shipped("gd"), Map.of("lr", 0.5), 60);
        FullyConnected linear = FullyConnected.between(2, List.of(), 2, Activation.IDENTITY);
        return training.run(
                place -> new NetworkLoss(linear, seen.toSamples(place), Criterion.HALF_SQUARED),
                Training.Watch.of(
                        List.of(HeldOutProbe.source(30, place -> held.toSamples(place, Scaling.STANDARD), true)),
                        (_, _) -> true));
    }

    @Test
    void aLearnedRuleIsRightOnOtherImagesOfItAndWrongOnItsOpposite() {
        // class i has the bright pixel i; gradient descent on this linear problem contracts by 1 − 0.5·(eigenvalue 1 or
        // 2) a step, so after 60 steps outputs are one-hot to 2^−60
        TrainingResult right = trained(images(0, 1, 0, 1), images(1, 0));
        assertThat(right.probes().numbers("step")).containsExactly(1, 30, 60);
        assertThat(right.probes().numbers("heldOutError")[2]).isZero();
        assertThat(right.probes().numbers("heldOutLoss")[2]).isLessThan(1e-10); // single precision, squared

        LabelledImages opposite =
                new LabelledImages(images(0, 1).shape(), images(0, 1).values(), new int[] {1, 0});
        TrainingResult wrong = trained(images(0, 1, 0, 1), opposite);
        assertThat(wrong.probes().numbers("heldOutError")[2]).isEqualTo(1);
        // outputs (1, 0) for the target (0, 1): ½(1 + 1); exact but for single precision
        assertThat(wrong.probes().numbers("heldOutLoss")[2]).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
    }

    @Test
    void aLossWithoutANetworkIsRefused() {
        Probe.Source source = HeldOutProbe.source(1, place -> images(0, 1).toSamples(place, Scaling.STANDARD), true);
        assertThatThrownBy(() -> source.of(
                        adamscope.model.GalerkinLoss.of(
                                FullyConnected.between(4, List.of(3), 1, Activation.TANH),
                                adamscope.model.GalerkinProblem.CUBE,
                                4,
                                1,
                                Place.CPU_FLOAT64),
                        TunedSchedule.constant(Catalogue.shipped("gd"), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("held-out");
    }
}
