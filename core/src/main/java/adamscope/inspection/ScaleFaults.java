package adamscope.inspection;

import adamscope.diagnosis.Inequality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/// What shows only beside the other tensors: scales that stand apart, ε, the length of the next step.
///
/// The limits of the hints come from trainings of multilayer, convolutional and attention networks on full batches,
/// minibatches and random labels: ratios m̂/√v̂ of healthy tensors lie within 1.3 decades of their median, medians of
/// √v̂ of weight matrices within two, and the next step within 1.1 times lr·√n.
final class ScaleFaults {
    private static final double RATIO_BELOW = 0.025;
    private static final double RATIO_ABOVE = 100;
    private static final double ROOT_APART = 1000;
    /// From here on down, where the ratio is that of m and ⁴√v besides.
    private static final double AS_ROOT = 0.125;

    private static final double LONG_STEP = 2;
    private static final double ALL_FLOORED = 0.1;
    private static final double ONE_FLOORED = 0.5;
    private static final int FEWEST = 3;
    private static final int FEW_COORDINATES = 8;

    private ScaleFaults() {}

    static List<Fault> of(List<ParameterReading> readings) {
        List<ParameterReading> counted =
                readings.stream().filter(each -> each.moments().isPresent()).toList();
        List<Fault> faults = new ArrayList<>();
        floored(counted, faults);
        ratios(counted, faults);
        roots(counted, faults);
        counted.forEach(each -> longStep(each).ifPresent(faults::add));
        return faults;
    }

    /// ε rules in many coordinates, or in a weight matrix; biases before a normalisation have no gradient but rounding.
    private static void floored(List<ParameterReading> counted, List<Fault> faults) {
        long positive = 0;
        long floored = 0;
        for (ParameterReading each : counted) {
            positive += each.moments().orElseThrow().positive();
            floored += each.moments().orElseThrow().floored();
        }
        boolean everywhere = floored > ALL_FLOORED * positive;
        for (ParameterReading each : counted) {
            MomentCount count = each.moments().orElseThrow();
            double eps = each.state().rule().or("eps", 0);
            double median = count.roots().median();
            boolean matrix =
                    each.state().tensor(Role.SECOND).orElseThrow().shape().size() > 1;
            if (count.floored() > ONE_FLOORED * count.positive() && (everywhere || matrix) && eps > 0) {
                faults.add(new Fault(
                        FaultKind.EPS_RULES,
                        each.name(),
                        "v",
                        new Inequality(
                                "share of coordinates with eps ≥ √v̂",
                                (double) count.floored() / count.positive(),
                                ">",
                                "from which on it is told",
                                ONE_FLOORED,
                                "step lr·m̂/(√v̂+eps)"),
                        count.floored(),
                        count.positive(),
                        OptionalLong.empty(),
                        "eps = " + ValueFaults.shown(eps) + " beside a median √v̂ of " + ValueFaults.shown(median)
                                + ": the rule is momentum with learning rate lr/eps there, not scaled by v"
                                + each.state().rule().proviso("eps")));
            }
        }
    }

    private static void ratios(List<ParameterReading> counted, List<Fault> faults) {
        List<ParameterReading> known = counted.stream()
                .filter(each -> each.moments().orElseThrow().meanRatio() > 0)
                .toList();
        if (known.size() < FEWEST) {
            return;
        }
        double usual = median(known, each -> each.moments().orElseThrow().meanRatio());
        for (ParameterReading each : known) {
            MomentCount count = each.moments().orElseThrow();
            double ratio = count.meanRatio();
            double decades = Math.log10(ratio / usual);
            boolean below = ratio < usual * RATIO_BELOW;
            boolean above = ratio > usual * RATIO_ABOVE;
            boolean asRoot = ratio < usual * AS_ROOT
                    && Math.abs(decades - Math.log10(count.roots().median() * count.rootCorrection())) < 0.5;
            if (below || above || asRoot) {
                double times = below ? RATIO_BELOW : above ? RATIO_ABOVE : AS_ROOT;
                faults.add(new Fault(
                        FaultKind.SCALE_APART,
                        each.name(),
                        "v",
                        new Inequality(
                                "root mean square of m̂/√v̂",
                                ratio,
                                above ? ">" : "<",
                                ValueFaults.shown(times) + " times the median of all tensors",
                                usual * times,
                                "gradients of one run, measured on healthy ones"),
                        count.positive(),
                        count.count(),
                        OptionalLong.empty(),
                        "v is about " + ValueFaults.shown(Math.pow(10, -2 * decades))
                                + " times what m suggests beside the others"
                                + (asRoot ? ", as if √v had been stored for v" : "")));
            }
        }
    }

    private static void roots(List<ParameterReading> counted, List<Fault> faults) {
        List<ParameterReading> matrices = counted.stream()
                .filter(each ->
                        each.state().tensor(Role.SECOND).orElseThrow().shape().size() > 1)
                .filter(each -> each.moments().orElseThrow().roots().median() > 0)
                .toList();
        if (matrices.size() < FEWEST) {
            return;
        }
        double usual =
                median(matrices, each -> each.moments().orElseThrow().roots().median());
        for (ParameterReading each : matrices) {
            double own = each.moments().orElseThrow().roots().median();
            boolean above = own > usual * ROOT_APART;
            if (above || own < usual * (1 / ROOT_APART)) {
                faults.add(new Fault(
                        FaultKind.PRECONDITIONER_APART,
                        each.name(),
                        "v",
                        new Inequality(
                                "median √v̂",
                                own,
                                above ? ">" : "<",
                                "median of all weight matrices, times " + (above ? "1000" : "0.001"),
                                usual * (above ? ROOT_APART : 1 / ROOT_APART),
                                "measured on healthy runs"),
                        each.moments().orElseThrow().positive(),
                        each.moments().orElseThrow().count(),
                        OptionalLong.empty(),
                        "gradients of this layer are far " + (above ? "larger" : "smaller")
                                + " than those of the others, or v was scaled"));
            }
        }
    }

    private static Optional<Fault> longStep(ParameterReading reading) {
        MomentCount count = reading.moments().orElseThrow();
        long n = count.count();
        double length = Math.sqrt(count.steps() / Math.max(1, n));
        if (n < FEW_COORDINATES || !(length > LONG_STEP)) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                FaultKind.FIRST_STEP,
                reading.name(),
                "θ",
                new Inequality(
                        "‖Δθ‖/(lr·√n) of the step from these m and v",
                        length,
                        ">",
                        "twice that of gradients that keep their size",
                        LONG_STEP,
                        "|m̂| ≤ √v̂ where g² does not grow"),
                n,
                n,
                OptionalLong.empty(),
                "v is young or too small for m: the next step is " + ValueFaults.shown(length)
                        + " times the usual length of this rule"));
    }

    static double median(List<ParameterReading> readings, ToDoubleFunction<ParameterReading> of) {
        double[] sorted = readings.stream()
                .mapToDouble(of)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
