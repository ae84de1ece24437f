package adamscope.training;

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
import adamscope.tensor.TensorVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Several top eigenvalues along a training, how gradient and update lie to their eigenvectors, the curvature along
/// them, batch sharpness, and the critical step.
///
/// Columns `topK` (λ_K of P^(−1/2)·H·P^(−1/2)) and `rawTopK` (of H), those of [Directions], `semiGradientNorm`
/// ‖P^(−1/2)·g‖, `batchSharpness` and
/// `criticalStep` in multiples of the update just made.
public final class DirectionsProbe implements Probe {
    private static final double CRITICAL_TOLERANCE = 0.02;

    /// What is measured.
    ///
    /// @param top       how many eigenvalues, and eigenvectors for the alignments
    /// @param batches   how many batches for the batch sharpness; 0: not measured
    /// @param batchSize samples of each
    public record Choice(int top, int batches, long batchSize) {}

    private final ProbeSchedule schedule;
    private final Choice choice;
    private final CurvatureProbe eigenvalues;

    private DirectionsProbe(ProbeSchedule schedule, Choice choice, CurvatureProbe eigenvalues) {
        this.schedule = schedule;
        this.choice = choice;
        this.eigenvalues = eigenvalues;
    }

    /// A probe whose searches begin from `seed`.
    public static Probe.Source source(ProbeSchedule schedule, Choice choice, long seed) {
        EigenTracker.Settings settings =
                EigenTracker.Settings.of(choice.top(), schedule.tolerance(), schedule.maxProducts(), seed);
        return (BatchLoss loss, TunedSchedule _) -> new DirectionsProbe(
                schedule,
                choice,
                new CurvatureProbe(settings, new TensorVectors(loss.parameters(), loss.place()), schedule.raw()));
    }

    @Override
    public List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        for (int i = 1; i <= choice.top(); i++) {
            measured.add(Measured.number("top" + i));
            measured.add(Measured.number("rawTop" + i));
        }
        for (String name : List.of(
                "gradientOnTop",
                "semiGradientNorm",
                "semiGradientOnTop",
                "updateOnTop",
                "curvatureAlongGradient",
                "curvatureAlongSemiGradient",
                "curvatureAlongUpdate",
                "batchSharpness",
                "criticalStep")) {
            measured.add(Measured.number(name));
        }
        measured.add(Measured.count("topProducts"));
        return measured;
    }

    @Override
    public boolean includes(long step) {
        return schedule.includes(step);
    }

    @Override
    public double[] measure(Stepped stepped) {
        try (PointerScope _ = new PointerScope()) {
            Curvature curvature = stepped.curvature();
            LossSurface surface = LossSurface.of(stepped.loss());
            CurvaturePoint point = new CurvaturePoint(
                    surface,
                    stepped.theta(),
                    curvature,
                    stepped.preconditioner(),
                    stepped.end().update());
            CurvatureProbe.Reading reading =
                    eigenvalues.measure(curvature, point.preconditioned(), Double.POSITIVE_INFINITY);
            DoubleStream.Builder row = DoubleStream.builder();
            for (int i = 0; i < choice.top(); i++) {
                row.add(value(reading.preconditioned(), i)).add(value(reading.raw(), i));
            }
            Directions directions = Directions.of(point, vectors(reading.raw()), vectors(reading.preconditioned()));
            row.add(directions.gradientOnTop())
                    .add(curvature.space().norm(point.preconditioned().scaled(curvature.gradient())))
                    .add(directions.semiGradientOnTop())
                    .add(directions.updateOnTop())
                    .add(directions.alongGradient())
                    .add(directions.alongSemiGradient())
                    .add(directions.alongUpdate());
            row.add(batchSharpness(surface, stepped.theta()));
            row.add(CriticalStep.of(surface, stepped.theta(), stepped.end().update(), CRITICAL_TOLERANCE)
                    .multiple());
            row.add(reading.preconditioned().products()
                    + (reading.raw() == null ? 0 : reading.raw().products()));
            return row.build().toArray();
        }
    }

    private double batchSharpness(LossSurface surface, Tensor theta) {
        long size = Math.min(choice.batchSize(), surface.loss().samples());
        List<Batch> batches = LongStream.range(0, choice.batches())
                .filter(i -> (i + 1) * size <= surface.loss().samples())
                .mapToObj(i -> (Batch) new Batch.Range(i * size, (i + 1) * size))
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
