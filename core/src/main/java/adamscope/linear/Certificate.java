package adamscope.linear;

/// What an independent Lanczos process from a random vector says about the eigenvalues that a search did not return.
///
/// The process runs in the complement of the vectors found and takes no hint from them. After `products` products its
/// largest Ritz value θ is below the largest eigenvalue λ of the complement by more than ε·(λ − λ_min) with a
/// probability of at most 1.648·√n·exp(−√ε·(2·products − 1)) [Kuczyński & Woźniakowski 1992, theorem 4.2], whatever the
/// operator.
///
/// @param largest    θ, the largest Ritz value in the complement; −∞ if the complement is empty
/// @param residual   of that Ritz pair
/// @param smallest   the smallest Ritz value seen anywhere, in place of λ_min
/// @param products   spent on it
/// @param dimensions n, of the complement
public record Certificate(double largest, double residual, double smallest, int products, long dimensions) {

    /// A number that the largest eigenvalue of the complement exceeds with at most this probability; ∞ where so few
    /// products allow no statement.
    public double upperBound(double probability) {
        if (products >= dimensions) {
            return largest;
        }
        double root = Math.log(1.648 * Math.sqrt(dimensions) / probability) / (2 * products - 1);
        double epsilon = root * root;
        return epsilon >= 1 ? Double.POSITIVE_INFINITY : (largest - epsilon * smallest) / (1 - epsilon);
    }

    /// A bound on the probability that the complement has an eigenvalue above `limit`.
    public double probabilityAbove(double limit) {
        if (products >= dimensions) {
            return largest > limit ? 1 : 0;
        }
        double epsilon = (limit - largest) / (limit - smallest);
        return epsilon > 0
                ? Math.min(1, 1.648 * Math.sqrt(dimensions) * Math.exp(-Math.sqrt(epsilon) * (2 * products - 1)))
                : 1;
    }
}
