package adamscope.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The floor of a step of Adam: what the divider of the processor needs for one square root and one division of one
/// lane, eight vectors at work side by side.
final class Divider {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int TIMES = 500_000;

    private Divider() {}

    /// Nanoseconds of processor time a lane.
    static double nanoseconds() {
        double[] numbers = new double[8 * SPECIES.length()];
        Arrays.setAll(numbers, i -> 1.5 + 0.01 * i);
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        rootAndDivide(numbers);
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (!(numbers[0] > 0)) {
            throw new IllegalStateException("the divider gave " + numbers[0]);
        }
        return (end - begin) / ((double) TIMES * numbers.length);
    }

    /// xᵢ ← 2/√xᵢ.
    private static void rootAndDivide(double[] numbers) {
        int n = SPECIES.length();
        DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
        DoubleVector a = DoubleVector.fromArray(SPECIES, numbers, 0);
        DoubleVector b = DoubleVector.fromArray(SPECIES, numbers, n);
        DoubleVector c = DoubleVector.fromArray(SPECIES, numbers, 2 * n);
        DoubleVector d = DoubleVector.fromArray(SPECIES, numbers, 3 * n);
        DoubleVector e = DoubleVector.fromArray(SPECIES, numbers, 4 * n);
        DoubleVector f = DoubleVector.fromArray(SPECIES, numbers, 5 * n);
        DoubleVector g = DoubleVector.fromArray(SPECIES, numbers, 6 * n);
        DoubleVector h = DoubleVector.fromArray(SPECIES, numbers, 7 * n);
        for (int i = 0; i < TIMES; i++) {
            a = two.div(a.sqrt());
            b = two.div(b.sqrt());
            c = two.div(c.sqrt());
            d = two.div(d.sqrt());
            e = two.div(e.sqrt());
            f = two.div(f.sqrt());
            g = two.div(g.sqrt());
            h = two.div(h.sqrt());
        }
        a.intoArray(numbers, 0);
        b.intoArray(numbers, n);
        c.intoArray(numbers, 2 * n);
        d.intoArray(numbers, 3 * n);
        e.intoArray(numbers, 4 * n);
        f.intoArray(numbers, 5 * n);
        g.intoArray(numbers, 6 * n);
        h.intoArray(numbers, 7 * n);
    }
}
