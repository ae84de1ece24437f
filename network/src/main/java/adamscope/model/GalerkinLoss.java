package adamscope.model;

import adamscope.formula.Expression;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The loss of the deep Galerkin method (Sirignano & Spiliopoulos 2018): the mean of (left − right)² of the equation
/// over points inside plus that of the boundary's over points there [Ma, Wu & E 2022, equation 13].
///
/// u is a network, its derivatives come by automatic differentiation. A sample is one point inside and one on the
/// boundary, so the loss is a mean over samples.
///
/// @param inside   the equation at points inside
/// @param boundary that of the boundary, at as many points
public record GalerkinLoss(Network network, EquationAtPoints inside, EquationAtPoints boundary, Place place)
        implements BatchLoss {

    /// On `samples` random points, a function of the seed.
    ///
    /// @throws IllegalArgumentException where a side has no value at a point
    public static GalerkinLoss of(Network network, GalerkinProblem problem, int samples, long seed, Place place) {
        double[][] points = new double[samples][];
        List<Region.Edge> edges = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            points[i] = problem.region().inside(seed, i);
            edges.add(problem.region().onBoundary(seed, (long) samples + i));
        }
        return new GalerkinLoss(
                network,
                EquationAtPoints.inside(problem.equation(), points, place),
                EquationAtPoints.boundary(problem.boundary(), edges, place),
                place);
    }

    /// E\[(u − u*)²\], the mean over `points` random points inside: the error of figure 10, whose square the paper does
    /// not print.
    public double testError(GalerkinProblem problem, Tensor theta, int points, long seed) {
        try (PointerScope _ = new PointerScope()) {
            double[][] drawn = new double[points][];
            Arrays.setAll(drawn, i -> problem.region().inside(seed, i));
            Expression exact = Equation.function(problem.exact().orElseThrow(), problem.dimension());
            return network.output(theta, EquationAtPoints.rows(drawn, place))
                    .sub(EquationAtPoints.values(exact, drawn, place))
                    .square()
                    .mean()
                    .item_double();
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
        return inside.count();
    }

    @Override
    public boolean separable() {
        return true;
    }

    @Override
    public Tensor mean(Tensor theta, Batch batch) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor residual = inside.residual(network, theta, batch);
            Tensor distance = boundary.residual(network, theta, batch);
            return Scopes.kept(
                    outer, residual.square().mean().add(distance.square().mean()));
        }
    }

    @Override
    public Optional<String> fault(Tensor theta, Batch batch) {
        return inside.fault(network, theta, batch)
                .map(fault -> "equation: " + fault)
                .or(() -> boundary.fault(network, theta, batch).map(fault -> "boundary: " + fault));
    }
}
