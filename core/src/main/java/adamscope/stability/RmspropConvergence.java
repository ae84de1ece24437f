package adamscope.stability;

/// RMSProp with ε = 0 on |x|^k/k: where it converges linearly, from which starts, and what else it may do.
///
/// Theorem 5.7 holds from starts with u₀ = η|x₀|^(k−2)/√v₀ < 1, v₀ holding g₀. From other starts the oscillation
/// x = ±η/2 may take over, which is stable for β₂ < 1/(2k−3).
/// [Adam on degenerate polynomials, Theorem 5.7, Lemmas B.1–B.3; the coexisting cycle derived here.]
public record RmspropConvergence(double degree, double beta2) {

    public RmspropConvergence {
        new PowerLawTheory(degree, 0, beta2);
    }

    /// Whether the rate is reached from every start with u₀ < 1: β₂ > ((k−2)/k)^(2(k−2)). [Eq. 20]
    public boolean convergesFromSmallStarts() {
        return beta2 > new PowerLawTheory(degree, 0, beta2).flipFreeBeta2();
    }

    /// u₀ = η|x₀|^(k−2)/√v₀, which Theorem 5.7 needs below 1.
    public double startRatio(double lr, double x0, double v0) {
        return lr * Math.pow(Math.abs(x0), degree - 2) / Math.sqrt(v0);
    }

    /// Whether the oscillation x = ±η/2 attracts too.
    public boolean cycleCoexists() {
        return beta2 < TwoCycle.rmspropStableBelow(degree);
    }

    /// β₂ above which u₀ < 1 makes |x| fall at every step, ((k−2)^(k−2)/(k−1)^(k−1))². [Lemma B.1]
    public static double monotoneAbove(double degree) {
        double confined = ExponentialRateMap.confinedGamma(degree);
        return 1 / (confined * confined);
    }
}
