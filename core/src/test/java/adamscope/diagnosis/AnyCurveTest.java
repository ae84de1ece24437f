package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AnyCurveTest {
    private static final double[] ODD = {
        0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, 5e-324, 1, 1, 2
    };

    @Test
    void whateverTheNumbersAreADiagnosisSaysSomething() {
        saysSomething(0, 40);
    }

    @Tag("slow")
    @Test
    void whateverManyNumbersAreADiagnosisSaysSomething() {
        saysSomething(40, 120);
    }

    private static void saysSomething(int from, int to) {
        for (int seed = from; seed < to; seed++) {
            RunLog log = log(new SplittableRandom(seed));
            Diagnosis diagnosis = Diagnosis.of(log, Circumstances.of(log));
            assertThat(diagnosis.outcome().sentence("row")).as("seed " + seed).isNotBlank();
            diagnosis
                    .shapes()
                    .forEach(shape -> assertThat(shape.sentence("row")).isNotBlank());
            diagnosis
                    .others()
                    .forEach(series -> assertThat(series.sentence("row")).isNotBlank());
        }
    }

    private static RunLog log(SplittableRandom random) {
        int rows = random.nextInt(random.nextInt(8) == 0 ? 2000 : 140);
        long[] steps = new long[rows];
        for (int i = 0; i < rows; i++) {
            steps[i] = (i == 0 ? -3 : steps[i - 1]) + 1 + (random.nextInt(20) == 0 ? random.nextInt(1000) : 0);
        }
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers(Quantity.STEP, "steps", steps));
        for (String name : List.of(
                Quantity.LOSS, Quantity.GRADIENT_NORM, Quantity.LR, Quantity.LOSS_SCALE, Quantity.EPOCH, "loss/a")) {
            if (name.equals(Quantity.LOSS) || random.nextBoolean()) {
                columns.add(new Column.Numbers(name, "", values(random, rows)));
            }
        }
        return RunLog.of("any", new Table("any", columns), Map.of());
    }

    private static double[] values(SplittableRandom random, int rows) {
        int odd = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
        int period = 1 + random.nextInt(50);
        int kind = random.nextInt(4);
        return IntStream.range(0, rows)
                .mapToDouble(i -> random.nextInt(odd) == 0
                        ? ODD[random.nextInt(ODD.length)]
                        : switch (kind) {
                            case 0 -> 1;
                            case 1 -> Math.exp(3 * random.nextGaussian());
                            case 2 -> 2 + Math.sin(i * 6.28 / period) + 0.01 * random.nextGaussian();
                            default -> Math.exp(-i / 30.0) * (i % period == 0 ? 3 : 1);
                        })
                .toArray();
    }
}
