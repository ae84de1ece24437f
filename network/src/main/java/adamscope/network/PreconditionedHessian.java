package adamscope.network;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// The operator P^(−1/2)·H·P^(−1/2): symmetric, with the eigenvalues of P⁻¹H, whose top decides the stability of a rule
/// with the preconditioner P (Cohen et al. 2022, section 2).
///
/// Where P is 0, negative or NaN (a unit whose gradient was always 0 under a rule with ε = 0) the coordinate has never
/// moved; it is projected out, and counted.
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
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor excluded = preconditioner.gt(new Scalar(0.0)).logical_not();
            Tensor scale = preconditioner.rsqrt().masked_fill_(excluded, new Scalar(0.0));
            return new PreconditionedHessian(
                    hessian, Scopes.kept(outer, scale), excluded.sum().item_long());
        }
    }

    /// How many coordinates were projected out.
    public long excludedCoordinates() {
        return excluded;
    }

    @Override
    public VectorSpace<Tensor> space() {
        return hessian.space();
    }

    @Override
    public Tensor apply(Tensor vector) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            return Scopes.kept(outer, hessian.apply(vector.mul(scale)).mul_(scale));
        }
    }
}
