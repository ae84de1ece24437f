package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The Hessian at one θ by one gradient a product, with a measured error: (∇L(θ + h·u) − ∇L(θ))/h.
///
/// The error is ½h·∇³L[u,u] and rounding of order ‖∇L‖·2⁻²⁴/h. The step h·‖u‖ = √(roundoff)/128·max(‖θ‖, 1) lies where,
/// on networks of some hundred thousand parameters, the two are alike. How large both are together is measured, not
/// supposed: ‖p(2h) − p(h)‖ is the error of p(h) where it grows with h, and √5 times it where it is noise of the
/// rounding. Three times that counts as the [#uncertainty]. Where it is too much for the tolerance, products are exact.
///
/// Made for one measurement; [Trust] carries what is known from one to the next.
public final class CheapHessian implements LinearOperator<Tensor> {
    private static final double SHARE_OF_ROOT = 1.0 / 128;
    private static final double SAFETY = 3;
    private static final double LEAST_ALONG = 0.15;

    /// After so many exact products a cheap one is tried beside the exact one: a search that goes on is dear.
    private static final int TRIED_AFTER = 8;

    private final LossSurface surface;
    private final Tensor theta;
    private final Slope slope;
    private final Supplier<? extends LinearOperator<Tensor>> exact;
    private final double distance;
    private final Trust trust;
    private final Tensor metric;
    private boolean exactly;
    private boolean check;
    private int exactProducts;
    /// The largest |uᵀHu| of the exact products
    private double largest;

    /// @param site   the point
    /// @param metric P^(−1/2), by which products are multiplied before their error is taken; null for 1
    /// @param first  whether a due check is made with the first vector that is multiplied
    CheapHessian(CurvatureSite site, Tensor metric, Trust trust, boolean first) {
        this.surface = site.surface();
        this.theta = site.theta();
        this.slope = site.slope();
        this.exact = site.exact();
        this.metric = metric;
        this.trust = trust;
        VectorSpace<Tensor> space = surface.space();
        this.distance = SHARE_OF_ROOT * Math.sqrt(space.roundoff()) * Math.max(space.norm(theta), 1);
        this.check = first && trust.checkDue();
        this.exactly = !check && trust.refused();
    }

    /// What earlier measurements found out about the error of cheap products; its numbers stay in their place, so that
    /// a checkpoint can hold them.
    ///
    /// @param numbers   relative error of a product, of its quotient, measurements since they were measured
    /// @param tolerance of the eigenvalues
    record Trust(Tensor numbers, double tolerance) {
        private static final int CHECKED_EVERY = 12;
        private static final int AFTER_REFUSAL = 3;
        private static final int JUMP_AGES = 4;
        private static final double USUAL_PRODUCT = 3e-4;
        private static final double USUAL_QUOTIENT = 5e-5;

        /// Before the first check: errors as they usually are.
        static Trust none(double tolerance) {
            Trust trust = new Trust(Place.CPU_FLOAT64.zeros(3), tolerance);
            trust.set(USUAL_PRODUCT, USUAL_QUOTIENT, 0);
            return trust;
        }

        private double number(int i) {
            return numbers.data_ptr_double().get(i);
        }

        private void set(double product, double quotient, double age) {
            numbers.data_ptr_double().put(0, product).put(1, quotient).put(2, age);
        }

        boolean checkDue() {
            return number(2) == 0;
        }

        /// Too much for residual²/gap with gaps of a tenth, or for the value itself.
        boolean refused() {
            return !(SAFETY * number(0) <= 0.2 * Math.sqrt(tolerance) && SAFETY * number(1) <= 0.5 * tolerance);
        }

        /// After a measurement; a jump of the spectrum makes what is known older than it is.
        void aged(boolean jumped) {
            double age = number(2) + (jumped ? JUMP_AGES : 1);
            int until = refused() ? AFTER_REFUSAL : CHECKED_EVERY;
            set(number(0), number(1), age > until ? 0 : age);
        }
    }

    @Override
    public VectorSpace<Tensor> space() {
        return surface.space();
    }

    @Override
    public Uncertainty uncertainty() {
        return exactly ? Uncertainty.NONE : new Uncertainty(SAFETY * trust.number(0), SAFETY * trust.number(1));
    }

    @Override
    public Tensor apply(Tensor vector) {
        if (exactly) {
            Tensor product = exact.get().apply(vector);
            largest = Math.max(largest, quotient(vector, product));
            if (++exactProducts == TRIED_AFTER) {
                try (PointerScope _ = new PointerScope()) {
                    Tensor cheap = along(vector, distance / surface.space().norm(vector));
                    measureError(vector, product, cheap, largest);
                }
                exactly = trust.refused();
            }
            return product;
        }
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            VectorSpace<Tensor> space = surface.space();
            double norm = space.norm(vector);
            if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
                return Scopes.kept(outer, space.scaled(norm, vector));
            }
            Tensor product = along(vector, distance / norm);
            if (check) {
                check = false;
                measureError(vector, product, along(vector, 2 * distance / norm), quotient(vector, product));
                exactly = trust.refused();
            }
            return Scopes.kept(outer, exactly ? exact.get().apply(vector) : product);
        }
    }

    /// Measures the error along a vector that was found, two gradients; false if products should have been exact.
    boolean holdsAlong(Tensor vector) {
        if (exactly) {
            return true;
        }
        try (PointerScope _ = new PointerScope()) {
            double norm = surface.space().norm(vector);
            Tensor once = along(vector, distance / norm);
            measureError(vector, once, along(vector, 2 * distance / norm), quotient(vector, once));
        }
        return !trust.refused();
    }

    private Tensor along(Tensor vector, double h) {
        Tensor there = theta.detach().add(vector, Place.scalar(h, vector));
        Tensor product = surface.slope(there).gradient();
        return product.sub_(slope.gradient()).mul_(Place.scalar(1 / h, product));
    }

    private double quotient(Tensor vector, Tensor product) {
        return Math.abs(surface.space().dot(vector, product));
    }

    /// @param twice changed by this
    /// @param quotient the eigenvalue that the error is relative to
    private void measureError(Tensor vector, Tensor once, Tensor twice, double quotient) {
        VectorSpace<Tensor> space = surface.space();
        space.add(twice, -1, once);
        double along = Math.abs(space.dot(vector, twice)) / quotient;
        double whole = space.norm(metric == null ? twice : twice.mul(metric)) / quotient;
        trust.set(whole, Math.max(along, leastAlong(vector.numel()) * whole), 1);
    }

    /// What counts along the vector of the length of an error in n dimensions at least: the number itself may be small
    /// by chance. Noise without a direction has 1/√n of its length there; it counts ten times, since P^(−1/2) gives
    /// some coordinates most of it.
    private static double leastAlong(long dimension) {
        return Math.clamp(10 / Math.sqrt(dimension), LEAST_ALONG, 1);
    }
}
