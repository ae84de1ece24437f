package adamscope.model;

import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The loss of the deep Galerkin method (Sirignano & Spiliopoulos 2018): the mean of (Δu + f)² over points inside plus
/// the mean of (u − g)² over points on the boundary [Ma, Wu & E 2022, equation 13].
///
/// u is a fully connected network, Δu comes by automatic differentiation. A sample is one point inside and one on the
/// boundary, so the loss is a mean over samples.
///
/// @param inside   points inside with f there
/// @param boundary points on the boundary with g there, as many
public record GalerkinLoss(FullyConnected network, Points inside, Points boundary, Place place) implements BatchLoss {

    /// Points and what a function is there.
    ///
    /// @param x      points × dimension
    /// @param values points × 1
    public record Points(Tensor x, Tensor values) {}

    /// On `samples` random points, a function of the seed.
    public static GalerkinLoss of(FullyConnected network, PoissonProblem problem, int samples, long seed, Place place) {
        double[][] inside = new double[samples][];
        double[][] boundary = new double[samples][];
        for (int i = 0; i < samples; i++) {
            inside[i] = problem.inside(seed, i);
            boundary[i] = problem.onBoundary(seed, (long) samples + i);
        }
        return new GalerkinLoss(
                network, points(inside, problem::source, place), points(boundary, problem::solution, place), place);
    }

    /// E\[(u − u*)²\], the mean over `points` random points inside: the error of figure 10, whose square the paper does
    /// not print.
    public double testError(PoissonProblem problem, Tensor theta, int points, long seed) {
        try (PointerScope _ = new PointerScope()) {
            double[][] drawn = new double[points][];
            Arrays.setAll(drawn, i -> problem.inside(seed, i));
            Points test = points(drawn, problem::solution, place);
            return network.output(theta, test.x())
                    .sub(test.values())
                    .square()
                    .mean()
                    .item_double();
        }
    }

    private static Points points(double[][] points, ToDoubleFunction<double[]> function, Place place) {
        int dimension = points[0].length;
        double[] x = new double[points.length * dimension];
        double[] values = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            System.arraycopy(points[i], 0, x, i * dimension, dimension);
            values[i] = function.applyAsDouble(points[i]);
        }
        return new Points(place.tensor(x, points.length, dimension), place.tensor(values, points.length, 1));
    }

    public GalerkinLoss {
        if (network.widths().getFirst() != inside.x().size(1)
                || network.widths().getLast() != 1) {
            throw new IllegalArgumentException("a network of widths " + network.widths()
                    + " is no function of a point in " + inside.x().size(1) + " dimensions");
        }
    }

    @Override
    public List<Block> blocks() {
        return network.blocks();
    }

    @Override
    public Tensor initial(long seed) {
        return network.initial(seed, place);
    }

    @Override
    public long samples() {
        return inside.x().size(0);
    }

    @Override
    public boolean separable() {
        return true;
    }

    @Override
    public Tensor mean(Tensor theta, Batch batch) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor residual = laplacian(theta, batch.of(inside.x())).add(batch.of(inside.values()));
            Tensor distance = network.output(theta, batch.of(boundary.x())).sub(batch.of(boundary.values()));
            return Scopes.kept(
                    outer, residual.square().mean().add(distance.square().mean()));
        }
    }

    /// Δu at each point: the sum of ∂²u/∂xₖ², each the derivative of ∂u/∂xₖ.
    private Tensor laplacian(Tensor theta, Tensor points) {
        Tensor x = points.detach().requires_grad_(true);
        Tensor first = derivative(network.output(theta, x).sum(), x);
        Tensor laplacian = null;
        for (int k = 0; k < x.size(1); k++) {
            Tensor second = derivative(first.select(1, k).sum(), x).narrow(1, k, 1);
            laplacian = laplacian == null ? second : laplacian.add(second);
        }
        return laplacian;
    }

    /// 0 where the value does not depend on x, as the slope of an affine function.
    private static Tensor derivative(Tensor value, Tensor x) {
        if (!value.requires_grad()) {
            return torch.zeros_like(x);
        }
        Tensor derivative = torch.grad(
                        new TensorVector(value),
                        new TensorVector(x),
                        new TensorVector(),
                        new BoolOptional(true),
                        true,
                        true)
                .get(0);
        return derivative.defined() ? derivative : torch.zeros_like(x);
    }
}
