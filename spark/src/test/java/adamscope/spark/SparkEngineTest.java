package adamscope.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.sweep.Axis;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.PhaseSweep;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SparkEngineTest {
    private static JavaSparkContext context;

    @BeforeAll
    static void start() {
        context = new JavaSparkContext(new SparkConf()
                .setMaster("local[2]")
                .setAppName("adamscope test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static FormulaSweep sweep() {
        return new PhaseSweep(
                        new Iteration(
                                Catalogue.shipped("adam-uncorrected"),
                                FormulaObjective.read("x^4/4"),
                                Map.of("lr", 1e-3, "eps", 0.0),
                                List.of(1.0),
                                ClosedMap.Start.GRADIENT,
                                Arithmetic.SCALED),
                        new Axis("beta1", 0.0123, 0.98, 41, Axis.Spacing.LINEAR),
                        new Axis("beta2", 0.0717, 0.985, 37, Axis.Spacing.ONE_MINUS_LOG),
                        1500)
                .toSweep();
    }

    @Test
    void executorsGiveTheTableOfTheLocalEngineBitForBit() {
        AtomicLong finished = new AtomicLong();
        Table distributed = new SparkEngine(context).table(sweep(), finished::addAndGet, () -> false);
        Table local = new LocalEngine(1).table(sweep(), _ -> {}, () -> false);
        assertThat(finished.get()).isEqualTo(41 * 37);
        for (Column column : local.columns()) {
            switch (column) {
                case Column.Numbers(String name, var _, double[] values) ->
                    assertThat(distributed.numbers(name)).as(name).isEqualTo(values);
                case Column.Integers(String name, var _, var _) ->
                    assertThat(distributed.numbers(name)).as(name).isEqualTo(local.numbers(name));
                case Column.Words(String name, List<String> words) ->
                    assertThat(distributed.words(name)).as(name).isEqualTo(words);
            }
        }
    }

    @Test
    void aStoppedSweepSaysSo() {
        assertThatThrownBy(() -> new SparkEngine(context).table(sweep(), _ -> {}, () -> true))
                .isInstanceOf(CancellationException.class);
    }
}
