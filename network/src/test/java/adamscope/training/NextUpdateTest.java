package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.FashionMnist;
import adamscope.dynamics.ClosedMap;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.probe.Measured;
import adamscope.probe.Probe;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextUpdateTest {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 6, 2, 10, Activation.TANH);

    /// What each step foresees of the next, and what it was itself.
    private static final class Foresight implements Probe {
        private final List<double[]> foreseen = new ArrayList<>();
        private final List<double[]> made = new ArrayList<>();

        @Override
        public List<Measured> measured() {
            return List.of();
        }

        @Override
        public boolean includes(long step) {
            return true;
        }

        @Override
        public double[] measure(Stepped stepped) {
            try (PointerScope _ = new PointerScope()) {
                foreseen.add(Place.numbers(stepped.end().next()));
                made.add(Place.numbers(stepped.end().update()));
            }
            return new double[0];
        }

        @Override
        public Map<String, Tensor> memory() {
            return Map.of();
        }
    }

    private static TrainingResult trained(String rule, List<Probe.Source> probes) {
        TunedSchedule constant = TunedSchedule.constant(Catalogue.shipped(rule), Map.of());
        Map<String, Schedule> schedules = new LinkedHashMap<>(constant.schedules());
        schedules.put("lr", new Schedule.Linear(1e-3, 1e-4, 12));
        Training training = new Training(
                new TunedSchedule(constant.rule(), schedules),
                Training.StopRule.after(12),
                new Batching(7, 0, 3),
                new GradientChanges(1e-4, 0.5, 0.1, true),
                List.of(new Change.Retune(6, Map.of("lr", new Schedule.Constant(5e-3)))),
                new Training.Conditions(1, ClosedMap.Start.ZERO, Place.CPU_FLOAT64, 1));
        return training.run(
                place -> NetworkLoss.halfSquared(
                        NETWORK, FashionMnist.shipped(20).toSamples(place)),
                Training.Watch.of(probes, (_, _) -> true));
    }

    /// With minibatches, noise, clipping, decoupled decay, a schedule and a change of it; bit by bit.
    @ParameterizedTest
    @ValueSource(strings = {"adam", "nadam", "amsgrad", "adafactor", "heavy-ball"})
    void whatIsForeseenIsWhatTheNextStepMakesAndTheRunIsTheSameWithoutIt(String rule) {
        Foresight foresight = new Foresight();
        double[] with = trained(rule, List.of((_, _) -> foresight)).losses().numbers("loss");
        assertThat(foresight.made).hasSize(12);
        for (int t = 0; t + 1 < 12; t++) {
            assertThat(foresight.foreseen.get(t)).isEqualTo(foresight.made.get(t + 1));
            assertThat(foresight.foreseen.get(t)).isNotEqualTo(foresight.made.get(t));
        }
        assertThat(trained(rule, List.of()).losses().numbers("loss")).isEqualTo(with);
    }
}
