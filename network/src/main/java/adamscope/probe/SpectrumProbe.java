package adamscope.probe;

import adamscope.linear.SpectralDensity;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// The distribution of all eigenvalues of the Hessian over all samples, at chosen steps, as the nodes and weights of a
/// stochastic Lanczos quadrature ([SpectralDensity]).
///
/// Columns `node 1` … and `weight 1` …, the nodes of all random vectors together; the weights sum to 1. Places that a
/// quadrature did not need are NaN. A measurement costs `vectors`·`lanczos` products.
public final class SpectrumProbe implements Probe {
    private final List<Long> at;
    private final Resolution resolution;

    private SpectrumProbe(List<Long> at, Resolution resolution) {
        this.at = at;
        this.resolution = resolution;
    }

    /// When the spectrum is looked at, and how finely.
    ///
    /// @param at after these steps; empty: after the first and after the last
    public record Plan(List<Long> at, Resolution resolution) {
        /// As a mapping.
        public static final Shape<Plan> SHAPE = Shape.of(keys -> {
            var at = keys.add(
                    Key.of("at", Forms.list(Forms.whole(1, Long.MAX_VALUE), "steps"), "after these steps")
                            .orElse(in -> List.of(), "the first and the last")
                            .quiet(),
                    Plan::at);
            var vectors = keys.add(
                    Key.of("vectors", Forms.count(1, 1000), "random vectors").orElse(2),
                    plan -> plan.resolution().vectors());
            var lanczos = keys.add(
                    Key.of("lanczos", Forms.count(1, 1000), "Lanczos steps from each")
                            .orElse(30),
                    plan -> plan.resolution().lanczos());
            var seed = keys.add(
                    Key.of("seed", Forms.whole(Long.MIN_VALUE, Long.MAX_VALUE), "of the random vectors")
                            .orElse(0L),
                    plan -> plan.resolution().seed());
            return in -> new Plan(in.get(at), new Resolution(in.get(vectors), in.get(lanczos), in.get(seed)));
        });

        public Plan {
            at = List.copyOf(at);
        }

        /// The probe of a training of so many steps.
        public Probe.Source source(long steps) {
            return SpectrumProbe.source(at.isEmpty() ? List.of(1L, steps) : at, resolution);
        }
    }

    /// How finely the spectrum is seen.
    ///
    /// @param vectors random vectors
    /// @param lanczos Lanczos steps from each
    /// @param seed    of the random vectors
    public record Resolution(int vectors, int lanczos, long seed) {
        public Resolution {
            if (vectors < 1 || lanczos < 1) {
                throw new IllegalArgumentException(
                        "vectors = " + vectors + ", lanczos = " + lanczos + ": both must be at least 1");
            }
        }

        /// Nodes of a measurement, at most.
        public int nodes() {
            return vectors * lanczos;
        }
    }

    /// Looks after these steps.
    public static Probe.Source source(List<Long> at, Resolution resolution) {
        List<Long> steps = List.copyOf(at);
        return (_, _) -> new SpectrumProbe(steps, resolution);
    }

    @Override
    public List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        for (int i = 1; i <= resolution.nodes(); i++) {
            measured.add(Measured.number("node " + i));
        }
        for (int i = 1; i <= resolution.nodes(); i++) {
            measured.add(Measured.number("weight " + i));
        }
        return measured;
    }

    @Override
    public boolean includes(long step) {
        return at.contains(step);
    }

    @Override
    public double[] measure(Stepped stepped) {
        SpectralDensity density =
                SpectralDensity.of(stepped.curvature(), resolution.vectors(), resolution.lanczos(), resolution.seed());
        int nodes = resolution.nodes();
        double[] row = new double[2 * nodes];
        Arrays.fill(row, Double.NaN);
        int next = 0;
        for (SpectralDensity.Quadrature quadrature : density.quadratures()) {
            for (int i = 0; i < quadrature.nodes().length; i++) {
                row[next] = quadrature.nodes()[i];
                row[nodes + next++] = quadrature.weights()[i] / resolution.vectors();
            }
        }
        return row;
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of();
    }
}
