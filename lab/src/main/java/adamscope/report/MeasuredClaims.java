package adamscope.report;

import adamscope.experiment.Phase;
import adamscope.experiment.Simulation;
import adamscope.experiment.Train;
import adamscope.report.Claim.Verdict;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.Threshold;
import adamscope.sweep.Agreement;
import adamscope.table.Table;
import adamscope.training.Schedule;
import adamscope.training.TunedSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the papers claim about a run, held against what the run measured.
final class MeasuredClaims {
    /// Rows of a trajectory, and steps of a phase diagram, below which a run decides nothing.
    private static final int FEWEST_ROWS = 100;

    private static final int FEWEST_STEPS = 5000;
    private static final double BORDER_MISSES = 0.005;
    private static final double SLOPE_TOLERANCE = 1e-3;
    private static final double SPIKE_DEPTH = 10;
    private static final double COUPLED_DECADES = 2;
    private static final double THRESHOLD_TOLERANCE = 0.1;

    private MeasuredClaims() {}

    static List<Claim> of(Phase phase, Table table) {
        Optional<Agreement> agreement = Agreement.of(table);
        return agreement.stream()
                .map(a -> new Claim(
                        "P1-12",
                        "Degenerate polynomials, Theorems 4.1 and 6.1",
                        "The loss converges linearly in Regime I and only there",
                        String.format(
                                Locale.ROOT, "%d cells, %d steps, %s", a.cells(), phase.steps(), phase.objective()),
                        "100 % of the cells",
                        "0.5 %: escapes next to the border take longer than the run",
                        text("%.2f %%", 100 * a.share()),
                        a.share() >= 1 - BORDER_MISSES
                                ? Verdict.AGREES
                                : phase.steps() < FEWEST_STEPS || a.decidedShare() >= 1 - BORDER_MISSES
                                        ? Verdict.INCONCLUSIVE
                                        : Verdict.DISAGREES,
                        a.open().cells() > 0
                                ? a.open().words(phase.steps()) + "; more steps would decide them."
                                : phase.steps() < FEWEST_STEPS
                                        ? String.format(Locale.ROOT, "Fewer than %d steps decide little.", FEWEST_STEPS)
                                        : "The border between II and III is gradual in runs and is not judged."))
                .toList();
    }

    static List<Claim> of(Simulation run, Table trajectory) {
        return SimulationFigure.theory(run).stream()
                .filter(_ -> trajectory.rows() >= FEWEST_ROWS)
                .flatMap(theory -> switch (theory.regime()) {
                    case I -> Stream.of(slope(run, theory, trajectory));
                    case II -> Stream.of(spike(run, theory, trajectory));
                    case III -> coupled(run, trajectory).stream();
                })
                .toList();
    }

    private static String setup(Simulation run) {
        return String.format(
                Locale.ROOT,
                "%s, β₁ = %s, β₂ = %s, %d steps",
                run.objective(),
                run.optimizer().values().getOrDefault("beta1", 0.0),
                run.optimizer().values().get("beta2"),
                run.steps());
    }

    private static Claim slope(Simulation run, PowerLawTheory theory, Table trajectory) {
        double[] steps = trajectory.numbers("step");
        double[] loss = trajectory.numbers("log10Loss");
        int last = steps.length - 1;
        int half = last / 2;
        double measured = (loss[last] - loss[half]) / (steps[last] - steps[half]) * Math.log(10);
        double error = Math.abs(measured / theory.lossRatePerStep() - 1);
        return new Claim(
                "P1-28",
                "Degenerate polynomials, Eq. 10 and Fig. 6 (a, d, g)",
                "In Regime I ln L falls by k·ln β₂/(2(k−2)) per step",
                setup(run),
                text("%.6f", theory.lossRatePerStep()),
                "0.1 %: what is left of the approach to the fixed point",
                text("%.6f", measured),
                error <= SLOPE_TOLERANCE ? Verdict.AGREES : Verdict.DISAGREES,
                "Mean slope over the second half of the run.");
    }

    private static Claim spike(Simulation run, PowerLawTheory theory, Table trajectory) {
        double[] loss = trajectory.numbers("log10Loss");
        double level = log10LossAtHalfStep(run, theory);
        int lowest = IntStream.range(0, loss.length)
                .reduce((a, b) -> loss[b] < loss[a] ? b : a)
                .orElse(0);
        double after = Arrays.stream(loss, lowest, loss.length).max().orElse(Double.NaN);
        boolean spikes = loss[lowest] < level - SPIKE_DEPTH && after > loss[lowest] + SPIKE_DEPTH;
        return new Claim(
                "P1-29",
                "Degenerate polynomials, Theorem 6.1 and Fig. 6 (b, e, h)",
                "In Regime II the loss falls far below L(η/2) and spikes back to about that level",
                setup(run),
                text("minimum far below 1e%.1f, then a rise to about it", level),
                "10 decades of fall and of rise",
                text(
                        "minimum 1e%.0f at step %.0f, then up to 1e%.1f",
                        loss[lowest], trajectory.numbers("step")[lowest], after),
                spikes ? Verdict.AGREES : Verdict.DISAGREES,
                "");
    }

    private static List<Claim> coupled(Simulation run, Table trajectory) {
        double[] all = trajectory.numbers("log10Coupling");
        double[] coupling = Arrays.stream(all, all.length / 2, all.length)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        if (coupling.length == 0) {
            return List.of();
        }
        double median = coupling[coupling.length / 2];
        return List.of(new Claim(
                "P1-33",
                "Degenerate polynomials, Fig. 6 (c, f, i) and Fig. 7 (d)",
                "In Regime III v stays coupled to g²: v/g² is about 1",
                setup(run),
                "median over the second half about 1",
                "2 decades; the paper draws it on an axis of hundreds and gives no number",
                text("%.1f", Math.pow(10, median)),
                Math.abs(median) <= COUPLED_DECADES ? Verdict.CONDITIONAL : Verdict.DISAGREES,
                text(
                        "True of the median only: where g passes through zero the ratio reaches 1e%.0f.",
                        coupling[coupling.length - 1])));
    }

    private static double log10LossAtHalfStep(Simulation run, PowerLawTheory theory) {
        double halfStep = run.optimizer().values().get("lr") / 2;
        return theory.degree() * Math.log10(halfStep) - Math.log10(theory.degree());
    }

    /// Of a full-batch training with constant hyper-parameters whose rule has a threshold.
    static List<Claim> of(Train train, Table probes) {
        TunedSchedule tuned = train.training().tuned();
        if (train.training().batching().size() > 0
                || !train.training().changes().isEmpty()
                || !tuned.schedules().values().stream().allMatch(Schedule.Constant.class::isInstance)) {
            return List.of();
        }
        OptionalDouble threshold = Threshold.curvature(tuned.rule(), tuned.at(1));
        if (threshold.isEmpty() || probes.rows() == 0) {
            return List.of();
        }
        double[] steps = probes.numbers("step");
        double[] ratio = Arrays.stream(probes.numbers("preconditionedSharpness"))
                .map(v -> v / threshold.getAsDouble())
                .toArray();
        List<Claim> claims = new ArrayList<>();
        int reached = firstCrossing(steps, ratio);
        double[] settled = Arrays.copyOfRange(ratio, ratio.length - Math.max(1, ratio.length / 3), ratio.length);
        double mean = Arrays.stream(settled).average().orElse(Double.NaN);
        double spread = Math.sqrt(Arrays.stream(settled)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(Double.NaN));
        String rule = tuned.rule().name();
        claims.add(new Claim(
                "P3-06",
                "Adaptive Edge of Stability, Fig. 1 (a)",
                "During full-batch training the preconditioned sharpness rises to the threshold of the frozen optimizer"
                        + " and stays near it",
                String.format(
                        Locale.ROOT,
                        "%s%s, %d steps",
                        rule,
                        train.task()
                                .data()
                                .map(data -> ", " + Train.words(data))
                                .orElse(""),
                        train.training().ending().steps()),
                text("1 × %.4g/η", threshold.getAsDouble() * tuned.at(1).getOrDefault("lr", 1.0)),
                "10 %, mean over the last third",
                text("%.2f ± %.2f", mean, spread)
                        + (reached < 0 ? ", not reached" : text(", first reached at step %.0f", steps[reached])),
                reached < 0
                        ? Verdict.INCONCLUSIVE
                        : Math.abs(mean - 1) <= THRESHOLD_TOLERANCE ? Verdict.AGREES : Verdict.DISAGREES,
                "Smaller data set than the paper's CIFAR-10; the first 20 steps do not count, v is still filling."));
        return claims;
    }

    private static int firstCrossing(double[] steps, double[] ratio) {
        for (int i = 0; i < ratio.length; i++) {
            if (steps[i] >= 20 && ratio[i] >= 1) {
                return i;
            }
        }
        return -1;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
