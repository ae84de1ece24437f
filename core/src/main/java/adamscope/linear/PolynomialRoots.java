package adamscope.linear;

/// All roots of a real monic polynomial p(z) = q(z + σ) at once, each in a disc that holds it.
///
/// Aberth's iteration in double leads near them; from there with p in wide arithmetic zᵢ ← zᵢ − Wᵢ,
/// Wᵢ = p(zᵢ)/Π(zᵢ − zⱼ) [Durand 1960, Kerner 1966]. For any distinct zᵢ the roots lie in the discs around zᵢ of radius
/// n·|Wᵢ|, and a component of k discs holds exactly k of them [Smith 1970]. The points are doubles; only p(zᵢ) is wide.
final class PolynomialRoots<N> {
    private static final int MOST_WIDE_SWEEPS = 600;
    private static final int MOST_SWEEPS = 60;
    private static final double ROUNDING = 0x1p-51;

    /// A root of this magnitude beside coefficients near 1 is as good as 0.
    private static final double NOTHING = 1e-30;

    private final CharacteristicPolynomial<N> p;
    private final WideNumbers<N> numbers;
    private final int n;
    private final double shift;
    private final double[] coefficients;
    private final double[] re;
    private final double[] im;

    private PolynomialRoots(CharacteristicPolynomial<N> p, double shift) {
        this.p = p;
        this.shift = shift;
        this.numbers = p.numbers();
        this.n = p.coefficients().size() - 1;
        this.coefficients =
                p.coefficients().stream().mapToDouble(numbers::value).toArray();
        this.re = new double[n];
        this.im = new double[n];
    }

    /// The roots of q.
    ///
    /// @param reach how far the component of each disc reaches
    record Roots(double[] re, double[] im, double[] reach) {}

    /// The roots of q, none of whose discs reaches farther than `resolution` times the largest magnitude; null if the
    /// coefficients do not tell them as well.
    static <N> Roots of(CharacteristicPolynomial<N> p, double shift, double resolution) {
        return new PolynomialRoots<>(p, shift).run(resolution);
    }

    private Roots run(double resolution) {
        begin();
        for (int sweep = 0; sweep < MOST_SWEEPS && sweep(); sweep++) {}
        for (int sweep = 0; sweep < MOST_WIDE_SWEEPS; sweep++) {
            separate();
            double[] radius = new double[n];
            boolean moving = wideSweep(radius);
            double[] reach = new Discs(re, im, radius).reach();
            if (small(reach, resolution)) {
                return rooted(reach);
            }
            if (!moving) {
                return null;
            }
        }
        return null;
    }

    private boolean small(double[] reach, double resolution) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.hypot(re[i] + shift, im[i]));
        }
        for (double r : reach) {
            if (!(r <= resolution * largest || r <= NOTHING)) {
                return false;
            }
        }
        return true;
    }

    /// Back to q; what may be real or 0 is.
    private Roots rooted(double[] reach) {
        for (int i = 0; i < n; i++) {
            re[i] += shift;
            im[i] = Math.abs(im[i]) <= 2 * reach[i] ? 0 : im[i];
            if (Math.hypot(re[i], im[i]) <= NOTHING) {
                re[i] = 0;
                im[i] = 0;
            }
        }
        return new Roots(re, im, reach);
    }

    /// Starts on circles whose radii are the slopes of the Newton polygon [Bini 1996].
    private void begin() {
        int from = 0;
        while (from < n && coefficients[from] == 0) {
            set(from, 1e-3 * NOTHING * (1 + from), 0.7 + from);
            from++;
        }
        double[] logs = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            logs[k] = Math.log(Math.abs(coefficients[k]));
        }
        while (from < n) {
            int to = from;
            double steepest = Double.NEGATIVE_INFINITY;
            for (int k = from + 1; k <= n; k++) {
                double slope = (logs[k] - logs[from]) / (k - from);
                if (slope >= steepest) {
                    steepest = slope;
                    to = k;
                }
            }
            for (int k = from; k < to; k++) {
                set(k, Math.exp(-steepest), 2 * Math.PI * (k - from) / (to - from) + 0.7 + from);
            }
            from = to;
        }
    }

    private void set(int i, double distance, double angle) {
        re[i] = distance * Math.cos(angle);
        im[i] = distance * Math.sin(angle);
    }

    /// One step of Aberth for every point whose p is above the rounding of double; false if none moved.
    ///
    /// With Newton's w = p/p' it is w/(1 − w·Σ 1/(zᵢ − zⱼ)).
    private boolean sweep() {
        boolean moved = false;
        for (int i = 0; i < n; i++) {
            double x = re[i];
            double y = im[i];
            double magnitude = Math.abs(x) + Math.abs(y);
            double valueRe = 1;
            double valueIm = 0;
            double slopeRe = 0;
            double slopeIm = 0;
            double bound = 0;
            for (int k = n - 1; k >= 0; k--) {
                double slope = slopeRe * x - slopeIm * y + valueRe;
                slopeIm = slopeRe * y + slopeIm * x + valueIm;
                slopeRe = slope;
                double real = valueRe * x - valueIm * y + coefficients[k];
                valueIm = valueRe * y + valueIm * x;
                valueRe = real;
                bound = bound * magnitude + Math.abs(valueRe) + Math.abs(valueIm);
            }
            if (Math.abs(valueRe) + Math.abs(valueIm) <= 0x1p-52 * bound) {
                continue;
            }
            double pullRe = 0;
            double pullIm = 0;
            for (int j = 0; j < n; j++) {
                double apartRe = x - re[j];
                double apartIm = y - im[j];
                double square = apartRe * apartRe + apartIm * apartIm;
                if (j != i && square > 0) {
                    pullRe += apartRe / square;
                    pullIm -= apartIm / square;
                }
            }
            // p/(p' − p·pull)
            double downRe = slopeRe - (valueRe * pullRe - valueIm * pullIm);
            double downIm = slopeIm - (valueRe * pullIm + valueIm * pullRe);
            double down = downRe * downRe + downIm * downIm;
            double stepRe = (valueRe * downRe + valueIm * downIm) / down;
            double stepIm = (valueIm * downRe - valueRe * downIm) / down;
            if (Double.isFinite(stepRe + stepIm)) {
                re[i] -= stepRe;
                im[i] -= stepIm;
                moved |= aboveRounding(i, stepRe, stepIm);
            }
        }
        return moved;
    }

    private boolean aboveRounding(int i, double stepRe, double stepIm) {
        double size = Math.max(Math.abs(re[i]) + Math.abs(im[i]), Math.abs(re[i] + shift));
        return Math.abs(stepRe) + Math.abs(stepIm) > ROUNDING * size;
    }

    /// zᵢ ← zᵢ − Wᵢ for all, and the radii of the discs around where they were, widened to hold where they are; false
    /// if no Wᵢ is above the rounding of p and of the points.
    private boolean wideSweep(double[] radius) {
        double[] stepRe = new double[n];
        double[] stepIm = new double[n];
        boolean moved = false;
        for (int i = 0; i < n; i++) {
            double x = re[i];
            double y = im[i];
            N wideRe = numbers.of(1);
            N wideIm = numbers.of(0);
            double magnitude = Math.hypot(x, y);
            double error = 0;
            double unit = 4 * numbers.unit();
            for (int k = n - 1; k >= 0; k--) {
                double size = Math.abs(numbers.value(wideRe)) + Math.abs(numbers.value(wideIm));
                N real = numbers.plus(numbers.times(wideRe, x), numbers.times(wideIm, -y));
                wideIm = numbers.plus(numbers.times(wideRe, y), numbers.times(wideIm, x));
                wideRe = numbers.plus(real, p.coefficients().get(k));
                error = error * magnitude + p.errors()[k] + unit * (size * magnitude + Math.abs(coefficients[k]));
            }
            double downRe = 1;
            double downIm = 0;
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    double apartRe = x - re[j];
                    double apartIm = y - im[j];
                    double real = downRe * apartRe - downIm * apartIm;
                    downIm = downRe * apartIm + downIm * apartRe;
                    downRe = real;
                }
            }
            double down = Math.hypot(downRe, downIm);
            double valueRe = numbers.value(wideRe) / down;
            double valueIm = numbers.value(wideIm) / down;
            stepRe[i] = (valueRe * downRe + valueIm * downIm) / down;
            stepIm[i] = (valueIm * downRe - valueRe * downIm) / down;
            double step = Math.hypot(valueRe, valueIm);
            radius[i] = n * (step + error / down) + step;
            moved |= step > error / down && aboveRounding(i, stepRe[i], stepIm[i]);
        }
        for (int i = 0; i < n; i++) {
            re[i] -= stepRe[i];
            im[i] -= stepIm[i];
        }
        return moved;
    }

    /// Moves points apart that have met: the discs need distinct ones.
    private void separate() {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double least = Math.max(4 * Math.ulp(Math.hypot(re[i], im[i])), 1e-3 * NOTHING);
                if (Math.hypot(re[i] - re[j], im[i] - im[j]) < least) {
                    re[i] += least * (i + 1) * Math.cos(i);
                    im[i] += least * (i + 1) * Math.sin(i);
                }
            }
        }
    }
}
