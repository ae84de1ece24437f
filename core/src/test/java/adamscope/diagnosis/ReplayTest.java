package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.regime.LossCurve;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeSearch;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplayTest {

    @Test
    void onAQuadraticHoldingVRemovesTheSpikeAndResettingMDoesNot() {
        // x²/2, ε = 0: no stable regime, because lr/√v grows by β₂^(−1/2) a step until it passes 2(1+β₁)/(1−β₁).
        SingleRun plan = new SingleRun(
                new Iteration(
                        Catalogue.shipped("adam"),
                        FormulaObjective.read("x^2/2"),
                        Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.95, "eps", 0.0),
                        List.of(1.00037),
                        ClosedMap.Start.ZERO,
                        Arithmetic.DOUBLE),
                4000,
                1);
        Table table = plan.run().table();
        List<SpikeEvent> all = SpikeSearch.events(
                LossCurve.ofLogarithms(((Column.Integers) table.column("step")).values(), table.numbers("log10Loss")));
        SpikeEvent highest =
                all.stream().max(Comparator.comparingDouble(SpikeEvent::height)).orElseThrow();
        Map<Replay.Variation, Replay.Result> results = SimulationReplay.of(plan, highest, all).results().stream()
                .collect(Collectors.toMap(Replay.Result::change, result -> result));
        // the rerun without change rises as the run did; its level is a lowest sustained loss, not a middle
        assertThat(results.get(Replay.Variation.NOTHING).rise()).isGreaterThan(0.8 * highest.height());
        assertThat(results.get(Replay.Variation.V_FLOORED).removed()).isTrue();
        assertThat(results.get(Replay.Variation.PRECONDITIONER_FROZEN).removed())
                .isTrue();
        assertThat(results.get(Replay.Variation.M_RESET).removed()).isFalse();
    }
}
