package adamscope.model;

import adamscope.formula.Expression;
import adamscope.tensor.Place;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// An equation at points, each a sample: what of it does not depend on the solution is computed once, in double
/// precision.
///
/// @param x       points × coordinates
/// @param normals as many; empty inside
/// @param left    the left side, points × 1, where it is given
/// @param right   the right side, points × 1, where it is given
record EquationAtPoints(
        Equation equation, Tensor x, Optional<Tensor> normals, Optional<Tensor> left, Optional<Tensor> right) {

    /// At points inside.
    static EquationAtPoints inside(Equation equation, double[][] points, Place place) {
        return at(equation, points, Optional.empty(), place);
    }

    /// At points of the boundary.
    static EquationAtPoints boundary(Equation equation, List<Region.Edge> edges, Place place) {
        double[][] points = edges.stream().map(Region.Edge::point).toArray(double[][]::new);
        double[][] normals = edges.stream().map(Region.Edge::normal).toArray(double[][]::new);
        return at(equation, points, Optional.of(rows(normals, place)), place);
    }

    private static EquationAtPoints at(Equation equation, double[][] points, Optional<Tensor> normals, Place place) {
        return new EquationAtPoints(
                equation,
                rows(points, place),
                normals,
                given(equation.left(), points, place),
                given(equation.right(), points, place));
    }

    private static Optional<Tensor> given(Expression side, double[][] points, Place place) {
        return Equation.isGiven(side, points[0].length) ? Optional.of(values(side, points, place)) : Optional.empty();
    }

    /// A function of the coordinates at points, points × 1.
    static Tensor values(Expression function, double[][] points, Place place) {
        double[] values = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            values[i] = Equation.at(function, points[i]);
        }
        return place.tensor(values, points.length, 1);
    }

    /// Points × coordinates.
    static Tensor rows(double[][] points, Place place) {
        int dimension = points[0].length;
        double[] x = new double[points.length * dimension];
        for (int i = 0; i < points.length; i++) {
            System.arraycopy(points[i], 0, x, i * dimension, dimension);
        }
        return place.tensor(x, points.length, dimension);
    }

    long count() {
        return x.size(0);
    }

    /// Left side less right side at each point of a batch, on the graph of θ.
    Tensor residual(Network network, Tensor theta, Batch batch) {
        Function on = on(network, theta, batch);
        return on.side(equation.left(), left).sub(on.side(equation.right(), right));
    }

    /// Why a side is no number at some point though all that goes into it is.
    Optional<String> fault(Network network, Tensor theta, Batch batch) {
        try (PointerScope _ = new PointerScope()) {
            Function on = on(network, theta.detach().requires_grad_(true), batch);
            return on.formula.fault(equation.left()).or(() -> on.formula.fault(equation.right()));
        }
    }

    private Function on(Network network, Tensor theta, Batch batch) {
        Tensor points = batch.of(x);
        SolutionDerivatives solution = new SolutionDerivatives(network, theta, points, normals.map(batch::of));
        return new Function(new TensorFormula(solution::value), points.narrow(1, 0, 1), batch);
    }

    /// The sides of the equation over a batch.
    private record Function(TensorFormula formula, Tensor column, Batch batch) {
        Tensor side(Expression side, Optional<Tensor> given) {
            return given.map(batch::of).orElseGet(() -> formula.value(side, column));
        }
    }
}
