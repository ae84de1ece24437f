package adamscope.training;

import adamscope.curvature.CouplingRatio;
import adamscope.curvature.CurvatureProbe;
import adamscope.linear.Eigenpair;
import adamscope.optimizer.OptimizerRule;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/// Collects the rows of a [TrainingResult].
final class TrainingLog {
    private static final String LOSS_UNIT = "loss";

    private final boolean coupled;
    private final DoubleStream.Builder losses = DoubleStream.builder();
    private int rows;
    private final LongStream.Builder probedSteps = LongStream.builder();
    private final Map<String, DoubleStream.Builder> numbers = new LinkedHashMap<>();
    private final Map<String, LongStream.Builder> counts = new LinkedHashMap<>();

    TrainingLog(OptimizerRule rule) {
        coupled = rule.states().stream().anyMatch(state -> state.name().equals(CouplingRatio.STATE));
        for (String name : List.of("loss", "gradientNorm", "stepNorm")) {
            numbers.put(name, DoubleStream.builder());
        }
        for (String name : List.of("preconditionedSharpness", "sharpness")) {
            numbers.put(name, DoubleStream.builder());
            numbers.put(name + "Residual", DoubleStream.builder());
            counts.put(name + "Products", LongStream.builder());
        }
        counts.put("excludedCoordinates", LongStream.builder());
        if (coupled) {
            for (int level : CouplingRatio.LEVELS) {
                numbers.put("couplingRatio%02d".formatted(level), DoubleStream.builder());
            }
            counts.put("zeroGradients", LongStream.builder());
        }
    }

    void loss(double loss) {
        losses.add(loss);
        rows++;
    }

    /// @param plain loss, norm of the gradient, norm of the step
    void probe(int step, double[] plain, CurvatureProbe.Reading reading, CouplingRatio coupling) {
        probedSteps.add(step);
        numbers.get("loss").add(plain[0]);
        numbers.get("gradientNorm").add(plain[1]);
        numbers.get("stepNorm").add(plain[2]);
        eigenvalue("preconditionedSharpness", reading.preconditioned());
        eigenvalue("sharpness", reading.raw());
        counts.get("excludedCoordinates").add(reading.excludedCoordinates());
        if (coupled) {
            for (int i = 0; i < CouplingRatio.LEVELS.length; i++) {
                numbers.get("couplingRatio%02d".formatted(CouplingRatio.LEVELS[i]))
                        .add(coupling.quantiles()[i]);
            }
            counts.get("zeroGradients").add(coupling.zeroGradients());
        }
    }

    private void eigenvalue(String name, Eigenpair<?> pair) {
        numbers.get(name).add(pair == null ? Double.NaN : pair.value());
        numbers.get(name + "Residual").add(pair == null ? Double.NaN : pair.residual());
        counts.get(name + "Products").add(pair == null ? 0 : pair.products());
    }

    TrainingResult result(TrainingOutcome outcome) {
        Table byStep = new Table(
                "losses",
                List.of(
                        new Column.Integers(
                                "step", "steps", LongStream.range(0, rows).toArray()),
                        new Column.Numbers("loss", LOSS_UNIT, losses.build().toArray())));
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers("step", "steps", probedSteps.build().toArray()));
        numbers.forEach((name, values) ->
                columns.add(new Column.Numbers(name, unit(name), values.build().toArray())));
        counts.forEach((name, values) ->
                columns.add(new Column.Integers(name, "", values.build().toArray())));
        return new TrainingResult(outcome, byStep, new Table("probes", columns));
    }

    private static String unit(String name) {
        return switch (name) {
            case "loss" -> LOSS_UNIT;
            case "gradientNorm" -> "loss per parameter";
            case "stepNorm" -> "parameter";
            case "sharpness", "sharpnessResidual" -> "loss per parameter²";
            case "preconditionedSharpness", "preconditionedSharpnessResidual" -> "1/learning rate";
            default -> "";
        };
    }
}
