package adamscope.curvature;

import adamscope.linear.Degeneracy;
import adamscope.linear.SpectralDensity;
import adamscope.tensor.Block;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// How flat the loss is around θ in the directions of one parameter tensor: the part of the block's spectrum near zero,
/// and the power of |x − x*| that the loss follows along the block's gradient.
///
/// The exponent comes from three derivatives along the unit vector d of the block's gradient: slope and curvature at θ,
/// and the central difference of curvatures at θ ± h·d with h = ∛u·‖block‖, u the roundoff of the storage.
public final class BlockDegeneracy {
    private BlockDegeneracy() {}

    /// Of one block: `vectors`·`steps` products for the density, and two gradients and two products for the exponent.
    public static Degeneracy of(CurvaturePoint point, Block block, Quadrature quadrature) {
        try (PointerScope _ = new PointerScope()) {
            BlockOperator operator = new BlockOperator(
                    point.curvature(), block, point.surface().loss().place());
            int steps = (int) Math.min(quadrature.steps(), block.size());
            SpectralDensity density = SpectralDensity.of(operator, quadrature.vectors(), steps, quadrature.seed());
            return Degeneracy.of(density, quadrature.nearZero(), exponent(point, block));
        }
    }

    /// How the density is measured.
    ///
    /// @param vectors  random vectors
    /// @param steps    Lanczos steps from each
    /// @param nearZero what counts as zero, relative to the largest magnitude
    /// @param seed     of the random vectors
    public record Quadrature(int vectors, int steps, double nearZero, long seed) {
        /// 3 vectors, 25 steps, a thousandth.
        public static final Quadrature DEFAULT = new Quadrature(3, 25, 1e-3, 0);
    }

    private static double exponent(CurvaturePoint point, Block block) {
        var space = point.surface().space();
        Tensor direction = point.surface().loss().place().zeros(space.dimension());
        Tensor part = point.curvature().gradient().narrow(0, block.offset(), block.size());
        direction.narrow(0, block.offset(), block.size()).copy_(part);
        double slope = space.norm(direction);
        if (!(slope > 0)) {
            return Double.NaN;
        }
        Tensor unit = space.scaled(1 / slope, direction);
        double size = space.norm(point.theta().narrow(0, block.offset(), block.size()));
        double h = Math.cbrt(space.roundoff()) * Math.max(size, 1e-3);
        double here = CurvaturePoint.along(point.curvature(), unit);
        double third = (curvatureAt(point, unit, h) - curvatureAt(point, unit, -h)) / (2 * h);
        return Degeneracy.localExponent(slope, here, third);
    }

    private static double curvatureAt(CurvaturePoint point, Tensor unit, double h) {
        try (PointerScope _ = new PointerScope()) {
            Tensor there = point.theta().detach().clone();
            point.surface().space().add(there, h, unit);
            return CurvaturePoint.along(point.surface().curvature(there), unit);
        }
    }
}
