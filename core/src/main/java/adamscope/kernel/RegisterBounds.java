package adamscope.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How far registers may drift so that no product of them leaves the range of double.
///
/// A register with degrees dᵢ in the chosen exponents' registers lies within 2^±Σdᵢ·boundᵢ of its invariants. The
/// bounds are the largest, shared out by degree, with every such sum at most [#BITS].
final class RegisterBounds {
    /// Bits that products of registers may span. The rest up to 1022 is for the invariants and for the 55 bits by which
    /// an addend that underflows must be below the sum.
    static final double BITS = 900;

    private final int count;
    private final List<int[]> needs = new ArrayList<>();

    RegisterBounds(int count) {
        this.count = count;
    }

    int[] none() {
        return new int[count];
    }

    static int[] sum(int[] a, int[] b) {
        int[] sum = a.clone();
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    /// Demands that a register with these degrees, in units, stays in range.
    void need(int[] degrees) {
        needs.add(degrees);
    }

    /// The bound of each chosen exponent's register, in bits.
    double[] bits(int unit) {
        double[] largest = new double[count];
        for (int[] need : needs) {
            for (int i = 0; i < count; i++) {
                largest[i] = Math.max(largest[i], need[i] / (double) unit);
            }
        }
        double shares = 1;
        for (int[] need : needs) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += need[i] == 0 ? 0 : need[i] / (double) unit / largest[i];
            }
            shares = Math.max(shares, sum);
        }
        double[] bits = new double[count];
        for (int i = 0; i < count; i++) {
            bits[i] = BITS / shares / Math.max(1, largest[i]);
        }
        return bits;
    }
}
