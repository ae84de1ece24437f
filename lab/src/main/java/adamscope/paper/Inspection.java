package adamscope.paper;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.DataShape;
import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.model.PoissonProblem;
import adamscope.training.DirectionsProbe;
import adamscope.training.HeldOutProbe;
import adamscope.training.Probe;
import adamscope.training.SharpnessProbe;
import adamscope.training.SolutionErrorProbe;
import adamscope.training.SpectrumProbe;
import java.util.Arrays;
import java.util.List;

/// What is looked at along a training, and when: as data, so that two figures can see that they ask for the same.
sealed interface Inspection {

    /// The probe.
    Probe.Source source(long seed);

    /// Top eigenvalues of P⁻¹H and H, the threshold of the rule; columns as in [SharpnessProbe].
    record Sharpness(ProbeSchedule schedule) implements Inspection {
        /// To so many parts, both eigenvalues.
        static Sharpness every(int steps) {
            return new Sharpness(new ProbeSchedule(steps, TOLERANCE, MOST_PRODUCTS, true));
        }

        /// The same at every step from one to another.
        Sharpness zoomed(long from, long to) {
            ProbeSchedule.Dense dense = new ProbeSchedule.Dense(
                    java.util.List.of(new ProbeSchedule.Window(from, to, 1)),
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    0);
            return new Sharpness(new ProbeSchedule(schedule.every(), TOLERANCE, MOST_PRODUCTS, schedule.raw(), dense));
        }

        @Override
        public Probe.Source source(long seed) {
            return SharpnessProbe.source(schedule, seed);
        }
    }

    /// Several eigenvalues, and how gradient and update lie to their eigenvectors; columns as in [DirectionsProbe].
    record Directions(ProbeSchedule schedule, int top) implements Inspection {
        @Override
        public Probe.Source source(long seed) {
            return DirectionsProbe.source(schedule, new DirectionsProbe.Choice(top, 0, 1), seed);
        }
    }

    /// Loss and share of wrong classes on the shipped images `from` to `to` − 1; columns as in [HeldOutProbe].
    record HeldOut(int every, int from, int to) implements Inspection {
        @Override
        public Probe.Source source(long seed) {
            LabelledImages all = FashionMnist.shipped(to);
            DataShape.Images shape = all.shape();
            return HeldOutProbe.source(
                    every,
                    new LabelledImages(
                            shape,
                            Arrays.copyOfRange(all.values(), from * shape.pixels(), to * shape.pixels()),
                            Arrays.copyOfRange(all.labels(), from, to)));
        }
    }

    /// The spectrum of H after these steps; columns as in [SpectrumProbe].
    record Spectrum(List<Long> at, SpectrumProbe.Resolution resolution) implements Inspection {
        public Spectrum {
            at = List.copyOf(at);
        }

        @Override
        public Probe.Source source(long seed) {
            return SpectrumProbe.source(at, resolution);
        }
    }

    /// The error of the solution of a Poisson problem; columns as in [SolutionErrorProbe].
    record SolutionError(PoissonProblem problem, int every, int points) implements Inspection {
        @Override
        public Probe.Source source(long seed) {
            return SolutionErrorProbe.source(problem, new SolutionErrorProbe.Sampling(every, points, ~seed));
        }
    }

    /// One part in a thousand: a figure shows less.
    double TOLERANCE = 1e-3;

    /// At most so many products a measurement and eigenvalue.
    int MOST_PRODUCTS = 100;
}
