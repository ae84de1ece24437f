package adamscope.probe;

import adamscope.curvature.BatchSharpness;
import adamscope.curvature.CriticalStep;
import adamscope.curvature.Curvature;
import adamscope.curvature.CurvaturePoint;
import adamscope.curvature.CurvatureProbe;
import adamscope.curvature.Directions;
import adamscope.curvature.LossSurface;
import adamscope.curvature.ProbeSchedule;
import adamscope.linear.EigenTracker;
import adamscope.linear.TrackedSpectrum;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.rule.RuleThreshold;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.TensorVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Several eigenvalues along a training, how gradient and update lie to their eigenvectors, the curvature along them,
/// batch sharpness, and the critical step.
///
/// Columns `topK` (λ_K of P^(−1/2)·H·P^(−1/2)) and `rawTopK` (of H), `bottom` (the smallest of P^(−1/2)·H·P^(−1/2)),
/// the least `…Standing` of each, those of [Directions], `semiGradientNorm` ‖P^(−1/2)·g‖, `batchSharpness` and
/// `criticalStep` in multiples of the update that comes next.
public final class DirectionsProbe implements Probe {
    /// What it can answer.
    public static final List<CurvatureQuestion> ANSWERED = List.of(
            CurvatureQuestion.SPECTRUM,
            CurvatureQuestion.DIRECTIONS,
            CurvatureQuestion.BATCH_SHARPNESS,
            CurvatureQuestion.CRITICAL_STEP);

    private static final double CRITICAL_TOLERANCE = 0.02;
    private static final double NEAR = 0.9;

    /// How much is measured.
    ///
    /// @param top       how many eigenvalues, and eigenvectors for the alignments
    /// @param most      how many at most: one more while the smallest tracked one is within a tenth of the threshold
    /// @param batches   how many batches for the batch sharpness; 0: not measured
    /// @param batchSize samples of each
    public record Choice(int top, int most, int batches, long batchSize) {
        /// 4 eigenvalues, 16 batches of 32 samples.
        public static final Choice DEFAULT = new Choice(4, 4, 16, 32);

        public Choice {
            if (top < 1 || most < top || batches < 0 || batchSize < 1) {
                throw new IllegalArgumentException("top = " + top + " must be at least 1, most = " + most
                        + " at least top, batches = " + batches + " not negative, batch_size = " + batchSize
                        + " positive");
            }
        }

        /// A number of eigenvalues that stays.
        public Choice(int top, int batches, long batchSize) {
            this(top, top, batches, batchSize);
        }
    }

    private final ProbeSchedule schedule;
    private final Choice choice;
    private final List<CurvatureQuestion> questions;
    private final CurvatureProbe eigenvalues;
    private final RuleThreshold threshold;

    private DirectionsProbe(
            ProbeSchedule schedule,
            Choice choice,
            List<CurvatureQuestion> questions,
            CurvatureProbe eigenvalues,
            RuleThreshold threshold) {
        this.schedule = schedule;
        this.choice = choice;
        this.questions = questions;
        this.eigenvalues = eigenvalues;
        this.threshold = threshold;
    }

    /// A probe of everything it can answer, whose searches begin from `seed`.
    public static Probe.Source source(ProbeSchedule schedule, Choice choice, long seed) {
        return source(schedule, choice, ANSWERED, seed);
    }

    /// A probe of some of it.
    public static Probe.Source source(
            ProbeSchedule schedule, Choice choice, List<CurvatureQuestion> questions, long seed) {
        EigenTracker.Tracking settings = new EigenTracker.Tracking(
                choice.top(), choice.most(), NEAR, schedule.tolerance(), schedule.maxProducts(), seed);
        return (BatchLoss loss, TunedSchedule tuned) -> new DirectionsProbe(
                schedule,
                choice,
                List.copyOf(questions),
                new CurvatureProbe(
                        settings,
                        new TensorVectors(loss.parameters(), loss.place()),
                        new CurvatureProbe.Parts(schedule.raw(), questions.contains(CurvatureQuestion.SPECTRUM))),
                new RuleThreshold(tuned.rule()));
    }

    /// Those of the questions that it answers.
    static List<CurvatureQuestion> answered(List<CurvatureQuestion> questions) {
        return questions.stream().filter(ANSWERED::contains).toList();
    }

    private boolean asked(CurvatureQuestion... any) {
        return List.of(any).stream().anyMatch(questions::contains);
    }

    private boolean tracked() {
        return asked(CurvatureQuestion.SPECTRUM, CurvatureQuestion.DIRECTIONS);
    }

    @Override
    public List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        if (tracked()) {
            for (int i = 1; i <= choice.most(); i++) {
                measured.add(Measured.number("top" + i));
                measured.add(Measured.number("rawTop" + i));
            }
            measured.add(Measured.count("topProducts"));
            measured.add(Measured.count("topStanding"));
            measured.add(Measured.count("rawTopStanding"));
        }
        if (asked(CurvatureQuestion.SPECTRUM)) {
            measured.add(Measured.number("bottom"));
            measured.add(Measured.count("bottomStanding"));
        }
        List<String> names = new ArrayList<>();
        if (asked(CurvatureQuestion.DIRECTIONS)) {
            names.addAll(List.of(
                    "gradientOnTop",
                    "semiGradientNorm",
                    "semiGradientOnTop",
                    "updateOnTop",
                    "curvatureAlongGradient",
                    "curvatureAlongSemiGradient",
                    "curvatureAlongUpdate"));
        }
        if (asked(CurvatureQuestion.BATCH_SHARPNESS)) {
            names.add("batchSharpness");
        }
        if (asked(CurvatureQuestion.CRITICAL_STEP)) {
            names.add("criticalStep");
        }
        names.forEach(name -> measured.add(Measured.number(name)));
        return measured;
    }

    @Override
    public boolean includes(long step) {
        return schedule.includes(step);
    }

    @Override
    public double[] measure(Stepped stepped) {
        try (PointerScope _ = new PointerScope()) {
            LossSurface surface = stepped.end().surface();
            DoubleStream.Builder row = DoubleStream.builder();
            if (tracked()) {
                eigenvalues(stepped, surface, row);
            }
            if (asked(CurvatureQuestion.BATCH_SHARPNESS)) {
                row.add(batchSharpness(surface, stepped.theta()));
            }
            if (asked(CurvatureQuestion.CRITICAL_STEP)) {
                row.add(CriticalStep.of(surface, stepped.theta(), stepped.end().next(), CRITICAL_TOLERANCE)
                        .multiple());
            }
            return row.build().toArray();
        }
    }

    private void eigenvalues(Stepped stepped, LossSurface surface, DoubleStream.Builder row) {
        Curvature curvature = stepped.curvature();
        CurvaturePoint point = new CurvaturePoint(
                surface,
                stepped.theta(),
                curvature,
                stepped.preconditioner(),
                stepped.end().update());
        double limit = threshold.at(stepped.end().hyper());
        CurvatureProbe.MeasuredCurvature reading = eigenvalues.measure(
                curvature, point.preconditioned(), Double.isNaN(limit) ? Double.POSITIVE_INFINITY : limit);
        for (int i = 0; i < choice.most(); i++) {
            row.add(value(reading.preconditioned(), i)).add(value(reading.raw(), i));
        }
        row.add(reading.products()).add(standing(reading.preconditioned())).add(standing(reading.raw()));
        if (asked(CurvatureQuestion.SPECTRUM)) {
            row.add(-value(reading.bottom(), 0)).add(standing(reading.bottom()));
        }
        if (asked(CurvatureQuestion.DIRECTIONS)) {
            Directions directions = Directions.of(point, vectors(reading.raw()), vectors(reading.preconditioned()));
            row.add(directions.gradientOnTop())
                    .add(curvature.space().norm(point.preconditioned().scaled(curvature.gradient())))
                    .add(directions.semiGradientOnTop())
                    .add(directions.updateOnTop())
                    .add(directions.alongGradient())
                    .add(directions.alongSemiGradient())
                    .add(directions.alongUpdate());
        }
    }

    private double batchSharpness(LossSurface surface, Tensor theta) {
        long size = Math.min(choice.batchSize(), surface.loss().samples());
        List<Batch> batches = LongStream.range(0, choice.batches())
                .filter(i -> (i + 1) * size <= surface.loss().samples())
                .mapToObj(i -> (Batch) new Batch.Consecutive(i * size, (i + 1) * size))
                .toList();
        return batches.isEmpty()
                ? Double.NaN
                : BatchSharpness.of(surface, batches, theta).value();
    }

    private static double value(TrackedSpectrum<Tensor> found, int i) {
        return found == null || i >= found.values().size()
                ? Double.NaN
                : found.values().get(i).value();
    }

    /// The least of all of them.
    private static double standing(TrackedSpectrum<Tensor> found) {
        return found == null
                ? 0
                : found.values().stream()
                        .mapToInt(value -> value.standing().ordinal())
                        .min()
                        .orElse(0);
    }

    private static List<Tensor> vectors(TrackedSpectrum<Tensor> found) {
        return found == null
                ? List.of()
                : found.values().stream()
                        .map(TrackedSpectrum.Tracked::vector)
                        .filter(java.util.Objects::nonNull)
                        .toList();
    }

    @Override
    public Map<String, Tensor> memory() {
        return eigenvalues.memory();
    }
}
