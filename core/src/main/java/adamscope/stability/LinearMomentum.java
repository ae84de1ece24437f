package adamscope.stability;

/// The non-adaptive methods on λx²/2: thresholds, growth beyond them.
///
/// x_{t+1} = a·x_t + b·x_{t−1}; with c = ηλ (times 1−β₁ for the EMA forms) heavy ball has a = 1+β₁−c, b = −β₁, Nesterov
/// a = (1+β₁)(1−c), b = −β₁(1−c). [Cohen et al. 2022, Table 1, Fig. 14 and appendix A; slopes derived here.]
public enum LinearMomentum {
    GRADIENT_DESCENT("GD", "gd"),
    STANDARD_HEAVY_BALL("standard heavy ball", "heavy-ball"),
    EMA_HEAVY_BALL("EMA heavy ball", "heavy-ball-ema"),
    STANDARD_NESTEROV("standard Nesterov", "nesterov"),
    EMA_NESTEROV("EMA Nesterov", "nesterov-ema");

    private final String words;
    private final String rule;

    LinearMomentum(String words, String rule) {
        this.words = words;
        this.rule = rule;
    }

    /// How the method is called in text.
    public String words() {
        return words;
    }

    /// Its rule in the catalogue.
    public String rule() {
        return rule;
    }

    /// η·λ at which the method loses stability. [Table 1]
    public double thresholdTimesLr(double beta1) {
        return switch (this) {
            case GRADIENT_DESCENT -> 2;
            case STANDARD_HEAVY_BALL -> 2 + 2 * beta1;
            case EMA_HEAVY_BALL -> (2 + 2 * beta1) / (1 - beta1);
            case STANDARD_NESTEROV -> (2 + 2 * beta1) / (1 + 2 * beta1);
            case EMA_NESTEROV -> (2 + 2 * beta1) / ((1 - beta1) * (1 + 2 * beta1));
        };
    }

    /// The factor by which x grows or shrinks per step in the long run: the larger root of z² − az − b.
    public double growthFactor(double beta1, double lrTimesCurvature) {
        double c = lrTimesCurvature;
        return switch (this) {
            case GRADIENT_DESCENT -> Math.abs(1 - c);
            case STANDARD_HEAVY_BALL -> root(1 + beta1 - c, -beta1);
            case EMA_HEAVY_BALL -> root(1 + beta1 - (1 - beta1) * c, -beta1);
            case STANDARD_NESTEROV -> root((1 + beta1) * (1 - c), -beta1 * (1 - c));
            case EMA_NESTEROV -> root((1 + beta1) * (1 - (1 - beta1) * c), -beta1 * (1 - (1 - beta1) * c));
        };
    }

    /// d growth factor/d(λ/threshold) just above the threshold.
    public double growthSlope(double beta1) {
        return switch (this) {
            case GRADIENT_DESCENT -> 2;
            case STANDARD_HEAVY_BALL, EMA_HEAVY_BALL -> 2 * (1 + beta1) / (1 - beta1);
            case STANDARD_NESTEROV, EMA_NESTEROV -> 2 * (1 + beta1) * (1 + 2 * beta1) / (1 + 3 * beta1);
        };
    }

    private static double root(double a, double b) {
        double discriminant = a * a / 4 + b;
        return discriminant < 0 ? Math.sqrt(-b) : Math.abs(a) / 2 + Math.sqrt(discriminant);
    }
}
