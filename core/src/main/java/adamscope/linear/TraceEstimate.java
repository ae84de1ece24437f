package adamscope.linear;

import adamscope.linear.SpectralDensity.Estimate;
import java.util.ArrayList;
import java.util.List;

/// The trace of a symmetric operator from few products: Hutch++ (Meyer, Musco, Musco & Woodruff 2021).
///
/// A third of the products makes an orthonormal basis Q of A·S for random S, a third gives tr(QᵀAQ) without error, and
/// a third estimates the trace on the complement of Q by random vectors (Hutchinson 1989). Its variance falls like
/// products⁻² for a positive operator, where Hutchinson's falls like products⁻¹.
///
/// @param value         the estimate
/// @param standardError of the part that is random; 0 where Q spans the whole space
/// @param products      spent
public record TraceEstimate(double value, double standardError, int products) {

    /// Measures it.
    ///
    /// @param products at most so many, at least 6
    public static <V> TraceEstimate of(LinearOperator<V> operator, int products, long seed) {
        if (products < 6) {
            throw new IllegalArgumentException("products = " + products + " is outside [6, inf)");
        }
        VectorSpace<V> space = operator.space();
        int third = (int) Math.min(products / 3, space.dimension());
        List<V> basis = basis(operator, third, seed);
        double inside = 0;
        for (V direction : basis) {
            inside += quadraticForm(operator, direction);
        }
        int spent = third + basis.size();
        if (basis.size() >= space.dimension()) {
            basis.forEach(space::release);
            return new TraceEstimate(inside, 0, spent);
        }
        Complement<V> rest = new Complement<>(operator, basis);
        int samples = Math.max(2, products - spent);
        double[] outside = new double[samples];
        for (int i = 0; i < samples; i++) {
            V random = rest.space().random(seed + third + i);
            outside[i] = quadraticForm(operator, random);
            space.release(random);
        }
        basis.forEach(space::release);
        Estimate estimate = Estimate.of(outside);
        return new TraceEstimate(inside + estimate.value(), estimate.standardError(), spent + samples);
    }

    private static <V> List<V> basis(LinearOperator<V> operator, int size, long seed) {
        VectorSpace<V> space = operator.space();
        List<V> basis = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            V random = space.random(seed + i);
            V image = operator.apply(random);
            space.release(random);
            double before = space.norm(image);
            for (int pass = 0; pass < 2; pass++) {
                for (V direction : basis) {
                    space.add(image, -space.dot(image, direction), direction);
                }
            }
            double norm = space.norm(image);
            if (norm > 64 * space.roundoff() * before) {
                basis.add(space.scaled(1 / norm, image));
            }
            space.release(image);
        }
        return basis;
    }

    private static <V> double quadraticForm(LinearOperator<V> operator, V vector) {
        V image = operator.apply(vector);
        double form = operator.space().dot(vector, image);
        operator.space().release(image);
        return form;
    }
}
