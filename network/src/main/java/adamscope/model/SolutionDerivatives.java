package adamscope.model;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A network as a function u of the coordinates, with its derivatives at points by automatic differentiation, each made
/// when it is asked for, on the graph of θ.
final class SolutionDerivatives {
    private final Network network;
    private final Tensor theta;
    private final Tensor points;
    private final Optional<Tensor> normals;
    private final Tensor leaf;
    private Tensor solution;
    private Tensor gradient;

    SolutionDerivatives(Network network, Tensor theta, Tensor points, Optional<Tensor> normals) {
        this.network = network;
        this.theta = theta;
        this.points = points;
        this.leaf = points.detach().requires_grad_(true);
        this.normals = normals;
    }

    /// What a name of an equation stands for.
    TensorFormula.FormulaValue value(String name) {
        int dimension = (int) points.size(1);
        int coordinate = Equation.coordinate(name, dimension);
        if (coordinate >= 0) {
            return new TensorFormula.Coordinates(points.narrow(1, coordinate, 1));
        }
        return switch (name) {
            case Equation.PI -> new TensorFormula.Number(Math.PI);
            case Equation.SOLUTION -> new TensorFormula.Coordinates(solution());
            case Equation.LAPLACIAN -> new TensorFormula.Coordinates(laplacian());
            case Equation.GRADIENT_SQUARED ->
                new TensorFormula.Coordinates(gradient().square().sum(1).unsqueeze(1));
            case Equation.NORMAL_DERIVATIVE ->
                new TensorFormula.Coordinates(
                        gradient().mul(normals.orElseThrow()).sum(1).unsqueeze(1));
            default -> {
                List<Integer> by = Equation.derivedBy(name, dimension);
                yield new TensorFormula.Coordinates(
                        by.size() == 1 ? gradient().narrow(1, by.getFirst(), 1) : second(by.get(0), by.get(1)));
            }
        };
    }

    /// u at each point, points × 1.
    private Tensor solution() {
        if (solution == null) {
            solution = network.output(theta, leaf);
        }
        return solution;
    }

    private Tensor gradient() {
        if (gradient == null) {
            gradient = derivative(solution().sum(), leaf);
        }
        return gradient;
    }

    private Tensor second(int first, int then) {
        return derivative(gradient().select(1, first).sum(), leaf).narrow(1, then, 1);
    }

    /// Δu at each point: the sum of ∂²u/∂xₖ², each the derivative of ∂u/∂xₖ.
    private Tensor laplacian() {
        Tensor laplacian = null;
        for (int k = 0; k < points.size(1); k++) {
            Tensor second = second(k, k);
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
