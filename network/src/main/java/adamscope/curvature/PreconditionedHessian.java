package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import adamscope.tensor.Scopes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// The operator P^(−1/2)·H·P^(−1/2): symmetric, with the eigenvalues of P⁻¹H, whose top decides the stability of a rule
/// with the preconditioner P (Cohen et al. 2022, section 2). H may be any operator: the Hessian, Gauss–Newton, the
/// gradient covariance, over all samples or a batch.
///
/// Where P is not a positive finite number (0: the gradient of a dead unit was always 0 under a rule with ε = 0) the
/// coordinate has never moved; it is projected out, and counted. The space is that of the others: vectors that are 0
/// there.
public final class PreconditionedHessian implements LinearOperator<Tensor> {
    private final LinearOperator<Tensor> hessian;
    private final Tensor scale;
    private final long excluded;

    private PreconditionedHessian(LinearOperator<Tensor> hessian, Tensor scale, long excluded) {
        this.hessian = hessian;
        this.scale = scale;
        this.excluded = excluded;
    }

    /// The operator for a diagonal preconditioner P, given as a vector; it belongs to the caller's scope.
    public static PreconditionedHessian of(LinearOperator<Tensor> hessian, Tensor preconditioner) {
        return scaledBy(hessian, scale(preconditioner));
    }

    /// The operator for P^(−1/2), as [#scale] gives it.
    static PreconditionedHessian scaledBy(LinearOperator<Tensor> hessian, Tensor scale) {
        try (PointerScope _ = new PointerScope()) {
            return new PreconditionedHessian(
                    hessian, scale, scale.eq(new Scalar(0.0)).sum().item_long());
        }
    }

    /// P^(−1/2), 0 where P is not a positive finite number; it belongs to the caller's scope.
    static Tensor scale(Tensor preconditioner) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor used = preconditioner.gt(new Scalar(0.0)).logical_and(preconditioner.isfinite());
            return Scopes.kept(outer, preconditioner.rsqrt().masked_fill_(used.logical_not(), new Scalar(0.0)));
        }
    }

    /// How many coordinates were projected out.
    public long excludedCoordinates() {
        return excluded;
    }

    @Override
    public VectorSpace<Tensor> space() {
        return new Remaining(hessian.space(), scale, excluded);
    }

    /// The vectors that are 0 where `scale` is.
    private record Remaining(VectorSpace<Tensor> whole, Tensor scale, long excluded) implements VectorSpace<Tensor> {
        @Override
        public long dimension() {
            return whole.dimension() - excluded;
        }

        @Override
        public double roundoff() {
            return whole.roundoff();
        }

        @Override
        public Tensor random(long seed) {
            try (Scalar zero = new Scalar(0.0)) {
                return whole.random(seed).mul_(scale.ne(zero));
            }
        }

        @Override
        public Tensor scaled(double factor, Tensor a) {
            return whole.scaled(factor, a);
        }

        @Override
        public void scale(Tensor target, double factor) {
            whole.scale(target, factor);
        }

        @Override
        public void add(Tensor target, double factor, Tensor a) {
            whole.add(target, factor, a);
        }

        @Override
        public double dot(Tensor a, Tensor b) {
            return whole.dot(a, b);
        }

        @Override
        public void release(Tensor a) {
            whole.release(a);
        }
    }

    /// P^(−1/2)·vector, 0 where coordinates are projected out: gradients and eigenvectors' directions in θ.
    public Tensor scaled(Tensor vector) {
        return vector.mul(scale);
    }

    @Override
    public Uncertainty uncertainty() {
        return hessian.uncertainty();
    }

    @Override
    public Tensor apply(Tensor vector) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            return Scopes.kept(outer, hessian.apply(vector.mul(scale)).mul_(scale));
        }
    }
}
