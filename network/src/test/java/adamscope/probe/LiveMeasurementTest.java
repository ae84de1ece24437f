package adamscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import adamscope.curvature.LossSurface;
import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.dynamics.ClosedMap;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.rule.TensorRule;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import adamscope.tensor.Precision;
import adamscope.training.Batching;
import adamscope.training.GradientChanges;
import adamscope.training.Training;
import adamscope.training.TrainingSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LiveMeasurementTest {
    private static final LabelledImages IMAGES = FashionMnist.shipped(30);
    private static final double LR = 1e-3;
    private static final int STEPS = 4;

    /// From 50,000 parameters on, so with 80 neurons, a generated kernel goes through θ stretch by stretch.
    @ParameterizedTest
    @CsvSource({"6, 0", "80, 0", "80, 0.1"})
    void normsAreThoseOfTheVectorsOfTheStepAlsoByLayer(int neurons, double decay) {
        FullyConnected network = FullyConnected.of(784, neurons, 1, 10, Activation.TANH);
        List<Map<String, Double>> rows = measured(network, decay);
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = NetworkLoss.halfSquared(network, IMAGES.toSamples(Place.CPU_FLOAT32));
            Tensor theta = loss.initial(0);
            Tensor gradient = Place.CPU_FLOAT32.zeros(loss.parameters());
            LossSurface.of(loss).gradient(theta, gradient);
            TensorRule rule = TensorRule.start(
                    Catalogue.shipped("adam"),
                    Map.of("lr", LR),
                    loss.blocks(),
                    ClosedMap.Start.ZERO,
                    new Point(theta, gradient, Place.CPU_FLOAT32));
            for (int step = 1; step <= STEPS; step++) {
                Tensor before = theta.clone();
                theta.mul_(new Scalar(1 - LR * decay));
                rule.advance(theta, gradient);
                LossSurface.of(loss).gradient(theta, gradient);
                Map<String, Double> row = rows.get(step);
                Tensor root = rule.state("v").sqrt();
                same(row, "stepNorm", theta.sub(before), loss.blocks());
                same(row, "averageGradientNorm", rule.state("m"), loss.blocks());
                same(row, "rootSecondMomentNorm", root, loss.blocks());
                same(row, "gradientNorm", gradient, loss.blocks());
            }
        }
    }

    /// A measurement that keeps all of θ adds up after the step, one that does not has the loop of the rule do it.
    @ParameterizedTest
    @EnumSource(Precision.class)
    void whatTheLoopOfTheRuleAddsUpHasTheBitsOfWhatIsAddedUpAfterIt(Precision precision) {
        try (PointerScope _ = new PointerScope()) {
            Run whole = Run.of(new Place("cpu", precision));
            Run stretches = Run.of(new Place("cpu", precision));
            for (int step = 1; step <= STEPS; step++) {
                assertThat(stretches.row(step, false)).isEqualTo(whole.row(step, true));
            }
        }
    }

    /// Layers of 70,560, 90, 900 and 10 parameters: two end within a vector.
    private record Run(NetworkLoss loss, Tensor theta, Tensor gradient, TensorRule rule, LiveMeasurement live) {
        static Run of(Place place) {
            NetworkLoss loss = NetworkLoss.halfSquared(
                    FullyConnected.of(784, 90, 1, 10, Activation.TANH), IMAGES.toSamples(place));
            Tensor theta = loss.initial(0);
            Tensor gradient = place.zeros(loss.parameters());
            LossSurface.of(loss).gradient(theta, gradient);
            TensorRule rule = TensorRule.start(
                    Catalogue.shipped("adam"),
                    Map.of("lr", LR),
                    loss.blocks(),
                    ClosedMap.Start.ZERO,
                    new Point(theta, gradient, place));
            Tensor before = place.zeros(loss.parameters());
            return new Run(
                    loss,
                    theta,
                    gradient,
                    rule,
                    new LiveMeasurement(rule, loss.blocks(), theta, gradient, before, new LiveCost(64, 1)));
        }

        double[] row(long step, boolean keeps) {
            live.before(keeps);
            rule.advance(theta, gradient, live);
            live.stepped(step);
            return live.row(LossSurface.of(loss).gradient(theta, live::take), LR)
                    .clone();
        }
    }

    /// Sums in single precision within 2,048 numbers, differences rounded once, √v rounded before it is squared here:
    /// less than 1e-5.
    private static void same(Map<String, Double> row, String name, Tensor vector, List<Block> blocks) {
        Tensor wide = vector.to(ScalarType.Double);
        assertThat(row.get(name)).as(name).isCloseTo(wide.norm().item_double(), withinPercentage(1e-3));
        for (Block block : blocks) {
            assertThat(row.get(name + "/" + block.name()))
                    .as(name + " of " + block.name())
                    .isCloseTo(block.of(wide).norm().item_double(), withinPercentage(1e-3));
        }
    }

    private static List<Map<String, Double>> measured(FullyConnected network, double decay) {
        List<Map<String, Double>> rows = new ArrayList<>();
        TrainingSink sink = new TrainingSink() {
            private List<Measured> columns;

            @Override
            public void begin(List<Measured> live, List<Measured> probed) {
                columns = live;
            }

            @Override
            public void live(long step, double[] values) {
                Map<String, Double> row = new HashMap<>();
                for (int i = 0; i < values.length; i++) {
                    row.put(columns.get(i).name(), values[i]);
                }
                rows.add(row);
            }

            @Override
            public void probed(long step, double[] row) {}
        };
        Training training = new Training(
                TunedSchedule.constant(Catalogue.shipped("adam"), Map.of("lr", LR)),
                Training.StopRule.after(STEPS),
                Batching.FULL,
                new GradientChanges(0, Double.POSITIVE_INFINITY, decay, true),
                List.of(),
                Training.Conditions.DEFAULT);
        training.run(
                place -> NetworkLoss.halfSquared(network, IMAGES.toSamples(place)),
                new Training.Watch(List.of(), 1, List.of(sink), (_, _) -> true, Optional.empty()));
        return rows;
    }
}
