package adamscope.linear;

import adamscope.formula.PlainText;
import adamscope.linear.RitzSpace.Ritz;
import java.util.ArrayList;
import java.util.List;

/// Several eigenpairs at both ends of the spectrum of a symmetric operator: Lanczos with full reorthogonalisation and
/// thick restart (Wu & Simon 2000).
///
/// A pair has converged when its residual is at most `tolerance`·|θ|, or when rounding allows no less. One vector sees
/// each multiple eigenvalue once; the certificate's independent vector finds further copies, and whatever else was
/// missed at the top, and the search goes on with what it found.
///
/// @param top          how many of the largest
/// @param bottom       how many of the smallest
/// @param tolerance    largest residual, relative to |value|
/// @param budget       products and vectors it may use
/// @param verification products of the certificate against a missed larger value; 0 for none
/// @param seed         of every random vector
public record RestartedLanczos(int top, int bottom, double tolerance, Budget budget, int verification, long seed) {

    /// What a search may use.
    ///
    /// @param products with the operator
    /// @param vectors  basis vectors in memory, at least two more than the pairs
    public record Budget(int products, int vectors) {
        public Budget {
            if (products < 1) {
                throw new IllegalArgumentException("products = " + products + " is outside [1, inf)");
            }
        }
    }

    public RestartedLanczos {
        if (top < 0 || bottom < 0 || top + bottom < 1) {
            throw new IllegalArgumentException(
                    "top = " + top + ", bottom = " + bottom + ": ask for at least one eigenvalue");
        }
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "tolerance = " + new PlainText().number(tolerance) + " is outside [0, inf)");
        }
        if (budget.vectors() < top + bottom + 2) {
            throw new IllegalArgumentException("vectors = " + budget.vectors() + " is outside [" + (top + bottom + 2)
                    + ", inf): two more than the " + (top + bottom) + " pairs");
        }
        if (verification < 0) {
            throw new IllegalArgumentException("verification = " + verification + " is outside [0, inf)");
        }
    }

    /// The largest eigenpairs, with a standard amount of memory and a certificate of 12 products.
    public static RestartedLanczos top(int count, double tolerance, int products, long seed) {
        return new RestartedLanczos(count, 0, tolerance, new Budget(products, 2 * count + 20), 12, seed);
    }

    /// The eigenpairs, from a random start.
    public <V> Eigenpairs<V> pairs(LinearOperator<V> operator) {
        return pairs(operator, List.of());
    }

    /// The eigenpairs, from vectors near them, such as those found at another point, and a random one.
    public <V> Eigenpairs<V> pairs(LinearOperator<V> operator, List<V> near) {
        if (operator.space().dimension() < 1) {
            throw new IllegalArgumentException("an operator of dimension 0 has no eigenvalue");
        }
        return new Search<>(this, operator).from(near);
    }

    private static final class Search<V> {
        private final RestartedLanczos settings;
        private final LinearOperator<V> operator;
        private final RitzSpace<V> space;
        private int certificateProducts;

        Search(RestartedLanczos settings, LinearOperator<V> operator) {
            this.settings = settings;
            this.operator = operator;
            this.space = new RitzSpace<>(operator);
        }

        Eigenpairs<V> from(List<V> near) {
            near.stream().limit(settings.budget.vectors() - 2).forEach(space::admit);
            V random = operator.space().random(settings.seed);
            space.admit(random);
            operator.space().release(random);
            while (true) {
                List<Ritz> ritz = converged();
                if (settings.verification == 0 || settings.top == 0 || !space.finite()) {
                    return result(ritz, null);
                }
                Certificate certificate = certificate(ritz);
                if (!missed(ritz, certificate) || spent() >= settings.budget.products()) {
                    return result(ritz, certificate);
                }
            }
        }

        /// Grows and restarts the space until the wanted pairs have converged or the budget is spent.
        private List<Ritz> converged() {
            while (space.finite()) {
                List<Ritz> ritz = space.ritz();
                Ritz worst = worst(ritz);
                if (space.complete() || worst == null || spent() >= settings.budget.products()) {
                    return ritz;
                }
                if (space.size() >= settings.budget.vectors()) {
                    space.restart(kept(ritz));
                    worst = worst(space.ritz());
                }
                if (!space.expand(worst.weights(), settings.seed + space.products())) {
                    return ritz;
                }
            }
            return List.of();
        }

        private int spent() {
            return space.products() + certificateProducts;
        }

        /// The first wanted pair that has not converged; the last of all where the space is still too small.
        private Ritz worst(List<Ritz> ritz) {
            int n = ritz.size();
            for (int i = 0; i < Math.min(settings.top, n); i++) {
                if (!met(ritz.get(i))) {
                    return ritz.get(i);
                }
            }
            for (int i = 0; i < Math.min(settings.bottom, n); i++) {
                if (!met(ritz.get(n - 1 - i))) {
                    return ritz.get(n - 1 - i);
                }
            }
            return n < settings.top + settings.bottom ? ritz.getFirst() : null;
        }

        private boolean met(Ritz pair) {
            return space.residual(pair) <= Math.max(settings.tolerance * Math.abs(pair.value()), space.rounding());
        }

        /// The wanted pairs and as many beside them as half of the free memory holds.
        private List<Ritz> kept(List<Ritz> ritz) {
            int wanted = settings.top + settings.bottom;
            int spare = Math.max(0, (settings.budget.vectors() - wanted) / 2 - 1);
            int high = settings.top == 0 ? 0 : settings.top + (settings.bottom == 0 ? spare : spare / 2);
            int low = settings.bottom == 0 ? 0 : settings.bottom + (settings.top == 0 ? spare : spare / 2);
            List<Ritz> kept = new ArrayList<>(ritz.subList(0, high));
            kept.addAll(ritz.subList(ritz.size() - low, ritz.size()));
            return kept;
        }

        /// Looks in the complement of the top pairs from an independent vector; takes a larger value into the space.
        private Certificate certificate(List<Ritz> ritz) {
            int found = Math.min(settings.top, ritz.size());
            List<V> vectors = ritz.subList(0, found).stream()
                    .map(pair -> space.vector(pair.weights()))
                    .toList();
            double smallest = ritz.getLast().value();
            Complement<V> rest = new Complement<>(operator, vectors);
            RitzSpace<V> complement = new RitzSpace<>(rest);
            V random = rest.space().random(settings.seed + 0x5DEECE66DL + certificateProducts);
            boolean any = complement.admit(random);
            operator.space().release(random);
            Ritz largest = null;
            while (any && complement.finite()) {
                List<Ritz> inside = complement.ritz();
                largest = inside.getFirst();
                smallest = Math.min(smallest, inside.getLast().value());
                if (complement.products() >= settings.verification || complement.complete()) {
                    break;
                }
                any = complement.expand(largest.weights(), settings.seed + 1 + complement.products());
            }
            certificateProducts += complement.products();
            double value = largest == null ? Double.NEGATIVE_INFINITY : largest.value();
            double residual = largest == null ? 0 : complement.residual(largest);
            Certificate certificate = new Certificate(
                    value,
                    residual,
                    smallest,
                    complement.products(),
                    operator.space().dimension() - found);
            if (missed(ritz, certificate) && spent() < settings.budget.products()) {
                space.admit(complement.vector(largest.weights()));
            }
            complement.release();
            vectors.forEach(operator.space()::release);
            return certificate;
        }

        /// Whether the complement holds more than the smallest of the top pairs.
        private boolean missed(List<Ritz> ritz, Certificate certificate) {
            double least = ritz.get(Math.min(settings.top, ritz.size()) - 1).value();
            double slack = Math.max(settings.tolerance * Math.abs(certificate.largest()), space.rounding());
            return certificate.largest() > least + slack;
        }

        private Eigenpairs<V> result(List<Ritz> ritz, Certificate certificate) {
            boolean trusted = certificate == null || !missed(ritz, certificate);
            List<Eigenpair<V>> high = new ArrayList<>();
            List<Eigenpair<V>> low = new ArrayList<>();
            long dimension = operator.space().dimension();
            for (int i = 0; i < Math.min(settings.top, dimension); i++) {
                high.add(pair(i < ritz.size() ? ritz.get(i) : null, trusted));
            }
            for (int i = 0; i < Math.min(settings.bottom, dimension); i++) {
                low.add(pair(i < ritz.size() ? ritz.get(ritz.size() - 1 - i) : null, true));
            }
            space.release();
            return new Eigenpairs<>(high, low, spent(), certificate);
        }

        private Eigenpair<V> pair(Ritz pair, boolean trusted) {
            if (pair == null) {
                return new Eigenpair<>(Double.NaN, null, Double.NaN, spent(), false);
            }
            boolean converged = trusted && (space.complete() || met(pair));
            double residual = space.roundingBound() + (space.complete() ? 0 : space.residual(pair));
            return new Eigenpair<>(pair.value(), space.vector(pair.weights()), residual, spent(), converged);
        }
    }
}
