package adamscope.report;

import adamscope.experiment.NetworkTraining;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.stability.Threshold;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// The training of a network as a figure: loss, curvature against its threshold, coupling ratios.
final class NetworkFigure {
    private NetworkFigure() {}

    static Figure of(String id, NetworkTraining training, Table losses, Table probes) {
        double[] steps = probes.numbers("step");
        List<Panel> panels = new ArrayList<>();
        panels.add(Panel.of(
                "Training loss",
                Axis.linear("step t"),
                Axis.log10("loss ½·mean squared error"),
                Mark.line("loss", losses.numbers("step"), losses.numbers("loss"))));
        panels.add(preconditioned(training, probes));
        panels.add(Panel.of(
                "Sharpness",
                Axis.linear("step t"),
                Axis.log10("λ₁(H)"),
                Mark.line("top eigenvalue of H", steps, probes.numbers("sharpness"))));
        if (probes.columns().stream().map(Column::name).anyMatch("couplingRatio50"::equals)) {
            panels.add(Panel.of(
                    "Coupling ratio v/g² over the parameters",
                    Axis.linear("step t"),
                    Axis.log10("v/g²"),
                    Mark.band(
                            "1 % to 99 %", steps, probes.numbers("couplingRatio01"), probes.numbers("couplingRatio99")),
                    Mark.band(
                            "10 % to 90 %",
                            steps, probes.numbers("couplingRatio10"), probes.numbers("couplingRatio90")),
                    Mark.line("median", steps, probes.numbers("couplingRatio50"))));
        }
        return new Figure(id, "", "Loss, curvature and coupling during training", 2, panels);
    }

    private static Panel preconditioned(NetworkTraining training, Table probes) {
        double[] steps = probes.numbers("step");
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.line("preconditioned sharpness", steps, probes.numbers("preconditionedSharpness")));
        OptionalDouble threshold = threshold(training);
        threshold.ifPresent(level -> marks.add(new Mark.HorizontalReference(
                String.format(
                        Locale.ROOT,
                        "%s/η",
                        trimmed(level * training.optimizer().values().get("lr"))),
                level)));
        Axis axis = Axis.linear("λ₁(P⁻¹H)");
        double largest = Arrays.stream(probes.numbers("preconditionedSharpness"))
                .skip(1)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double top = 1.1 * Math.max(largest, threshold.orElse(0));
        return new Panel("Preconditioned sharpness", Axis.linear("step t"), axis.from(0, top), marks);
    }

    static OptionalDouble threshold(NetworkTraining training) {
        return Threshold.curvature(
                training.optimizer().rule(), training.optimizer().values());
    }

    private static String trimmed(double value) {
        return String.format(Locale.ROOT, "%.4g", value).replaceAll("\\.?0+$", "");
    }
}
