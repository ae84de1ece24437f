package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;
import adamscope.stability.StepBound;

/// A parameter held against what it was so many steps before, counted as it passes.
///
/// v ≥ β₂^Δ·v₀, since each step adds a square; |m − β₁^Δ·m₀| ≤ R_Δ·√(v − β₂^Δ·v₀), since both differences are averages
/// of the Δ gradients in between [Cauchy–Schwarz, adamscope.stability.StepBound]. What rounding can do is left to it.
final class ChangeCount {
    private final double floor;
    private final double decay1;
    private final double decay2;
    private final double bound;
    private final double smallest;
    private final double relativeSecond;
    private final double relativeFirst;
    private long count;
    private long fell;
    private double fellFurthest = Double.POSITIVE_INFINITY;
    private long fellAt = -1;
    private long jumped;
    private double jumpedFurthest;
    private long jumpedAt = -1;
    private double pushed;
    private double grown;
    private final double expected;
    private long changedFirst;
    private long changedSecond;
    private long maximumFell;

    /// @param steps Δ; 0 is allowed
    ChangeCount(StateRule rule, long steps, FloatFormat first, FloatFormat second) {
        // Without it nothing can be said of m.
        double beta1 = rule.or("beta1", Double.NaN);
        double beta2 = rule.or("beta2", Double.NaN);
        double unit = Math.scalb(1.0, -second.digits());
        decay1 = beta1 == 0 ? 0 : Math.exp(steps * Math.log(beta1));
        decay2 = Math.exp(steps * Math.log(beta2));
        floor = Math.exp(steps * (Math.log(beta2) - 2 * unit));
        bound = steps < 1 || !(beta1 >= 0) || rule.averages() != StateRule.Averages.BOTH
                ? Double.POSITIVE_INFINITY
                : new StepBound(beta1, beta2).after(steps);
        expected = steps < 1 ? 0 : (1 - beta1) * (1 - beta1) * Math.pow(beta1, 2.0 * (steps - 1)) / (1 - beta2);
        smallest = RatioBound.smallest(second) / (1 - beta2);
        relativeSecond = 8 * unit * Math.min(steps, 1 / (1 - beta2)) + 4 * unit;
        relativeFirst = 8 * Math.scalb(1.0, -first.digits()) * Math.min(steps, 1 / (1 - beta1)) + 4 * unit;
    }

    void second(double[] now, double[] before) {
        for (int i = 0; i < now.length; i++) {
            changedSecond += now[i] == before[i] || Double.isNaN(now[i]) && Double.isNaN(before[i]) ? 0 : 1;
            if (now[i] < before[i] * floor - smallest) {
                fell++;
                double ratio = now[i] / before[i];
                if (ratio < fellFurthest) {
                    fellFurthest = ratio;
                    fellAt = count + i;
                }
            }
        }
    }

    void first(double[] now, double[] before, double[] second, double[] secondBefore) {
        for (int i = 0; i < now.length; i++) {
            changedFirst += now[i] == before[i] || Double.isNaN(now[i]) && Double.isNaN(before[i]) ? 0 : 1;
            double growth = Math.max(0, second[i] - decay2 * secondBefore[i]);
            double push = now[i] - decay1 * before[i];
            if (Double.isFinite(push) && Double.isFinite(growth)) {
                pushed += push * push;
                grown += growth;
            }
            double allowed =
                    bound * Math.sqrt(growth + relativeSecond * Math.max(second[i], secondBefore[i]) + smallest);
            double off = Math.abs(push) - relativeFirst * Math.max(Math.abs(now[i]), Math.abs(before[i]));
            if (off > allowed) {
                jumped++;
                if (off / allowed > jumpedFurthest) {
                    jumpedFurthest = off / allowed;
                    jumpedAt = count + i;
                }
            }
        }
    }

    void maximum(double[] now, double[] before) {
        for (int i = 0; i < now.length; i++) {
            maximumFell += now[i] < before[i] ? 1 : 0;
        }
    }

    void passed(int length) {
        count += length;
    }

    long count() {
        return count;
    }

    /// The least v/v₀ that the decay allows, β₂^Δ.
    double decay2() {
        return decay2;
    }

    /// Coordinates whose v fell further.
    long fell() {
        return fell;
    }

    /// The least v/v₀ among them.
    double fellFurthest() {
        return fellFurthest;
    }

    long fellAt() {
        return fellAt;
    }

    /// Coordinates whose m moved further than the gradients in v allow.
    long jumped() {
        return jumped;
    }

    /// The largest |m − β₁^Δ·m₀| over what is allowed.
    double jumpedFurthest() {
        return jumpedFurthest;
    }

    long jumpedAt() {
        return jumpedAt;
    }

    /// Σ(m − β₁^Δ·m₀)² over Σ(v − β₂^Δ·v₀); NaN if nothing was added to v.
    double pushOverGrowth() {
        return grown > 0 ? pushed / grown : Double.NaN;
    }

    /// The least that is to be expected of it for gradients of independent signs: (1−β₁)²·β₁^(2Δ−2)/(1−β₂), since the
    /// oldest of the Δ gradients has the least weight in m, and the newest the largest in v.
    double expectedPush() {
        return expected;
    }

    /// Coordinates whose m is another number than before.
    long changedFirst() {
        return changedFirst;
    }

    /// Coordinates whose v is another number than before.
    long changedSecond() {
        return changedSecond;
    }

    /// Coordinates whose vmax is smaller than before.
    long maximumFell() {
        return maximumFell;
    }
}
