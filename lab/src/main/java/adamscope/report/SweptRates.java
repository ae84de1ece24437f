package adamscope.report;

import adamscope.diagnosis.SideBySide.Rates;
import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.regime.Quantity;
import adamscope.statistics.RateCurve;
import adamscope.sweep.Coordinate;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Learning-rate curves of a sweep with an axis `lr`: one for each point of the axes beside it and the seeds.
public final class SweptRates {
    /// Points beyond this many are a map, not curves.
    public static final long MOST_POINTS = 100_000;

    private static final String OPTIMIZER = "optimizer";
    private static final List<String> OF_TRAININGS = List.of("finalLoss", "minLoss");
    private static final List<String> OF_SIMULATIONS =
            List.of("finalLog10Loss", "sustainedMinLog10Loss", "minLog10Loss");

    private SweptRates() {}

    /// The column that tells the loss reached; empty where a sweep has no learning rates or too many points.
    public static Optional<String> column(Sweep sweep) {
        boolean swept = sweep.space().coordinates().stream()
                .anyMatch(axis -> axis.name().equals(Quantity.LR));
        return swept && sweep.space().points() <= MOST_POINTS && sweep.refine().equals(Sweep.EVERYWHERE)
                ? (sweep.base() instanceof Simulation ? OF_SIMULATIONS : OF_TRAININGS)
                        .stream().filter(sweep.keep()::contains).findFirst()
                : Optional.empty();
    }

    /// The curves; a single learning rate is none, as where the rates are sampled.
    ///
    /// @param rows of the sweep, all or those that are there
    public static List<Rates> of(Sweep sweep, Table rows) {
        String column = column(sweep).orElseThrow();
        boolean logarithm = sweep.base() instanceof Simulation;
        List<String> beside = sweep.space().coordinates().stream()
                .map(Coordinate::name)
                .filter(name -> !name.equals(Quantity.LR) && !name.equals(Sweep.SEED))
                .toList();
        double[] losses = rows.numbers(column);
        double[] rates = rows.numbers(Quantity.LR);
        double[] seeds = rows.columns().stream().anyMatch(c -> c.name().equals(Sweep.SEED))
                ? rows.numbers(Sweep.SEED)
                : new double[rows.rows()];
        List<String> outcomes = sweep.keep().contains("outcome") ? rows.words("outcome") : List.of();
        List<IntFunction<String>> values =
                beside.stream().map(name -> values(rows, name)).toList();
        Map<String, List<RateCurve.Trial>> curves = new LinkedHashMap<>();
        for (int row = 0; row < rows.rows(); row++) {
            int at = row;
            double loss = losses[row];
            boolean diverged = !outcomes.isEmpty() && outcomes.get(row).equals("diverged");
            String label = Stream.concat(
                            beside.contains(OPTIMIZER)
                                    ? Stream.empty()
                                    : Stream.of(sweep.rules().getFirst().name()),
                            values.stream().map(value -> value.apply(at)))
                    .collect(Collectors.joining(", "));
            curves.computeIfAbsent(label, _ -> new ArrayList<>())
                    .add(new RateCurve.Trial(
                            rates[row], seeds[row], diverged ? Double.NaN : logarithm ? Math.pow(10, loss) : loss));
        }
        return curves.entrySet().stream()
                .filter(curve -> curve.getValue().stream()
                                .mapToDouble(RateCurve.Trial::rate)
                                .distinct()
                                .count()
                        > 1)
                .map(curve -> new Rates(curve.getKey(), RateCurve.of(curve.getValue())))
                .toList();
    }

    /// What a coordinate is called in each row.
    private static IntFunction<String> values(Table rows, String name) {
        if (rows.column(name) instanceof Column.Words(var _, List<String> words)) {
            return words::get;
        }
        double[] values = rows.numbers(name);
        return row -> name + " = " + ShortNumber.of(values[row], 6);
    }
}
