package adamscope.curvature;

import java.util.Arrays;

/// Numbers at some places of the sorted order of many, without sorting them all: they are counted by their leading
/// bits, and only those that share these with a wanted one are sorted.
final class OrderStatistics {
    /// Sign, exponent and four bits of the mantissa.
    private static final int LEADING = 16;

    private final double[] numbers;
    private final int count;
    /// How many numbers lie below each cell.
    private final int[] below = new int[(1 << LEADING) + 1];

    /// @param numbers of which the first `count` are meant; NaN counts as the largest
    OrderStatistics(double[] numbers, int count) {
        this.numbers = numbers;
        this.count = count;
        for (int i = 0; i < count; i++) {
            below[cell(numbers[i]) + 1]++;
        }
        for (int c = 0; c < 1 << LEADING; c++) {
            below[c + 1] += below[c];
        }
    }

    /// As [Double#compare] orders: negative numbers count down in their bits.
    private static int cell(double number) {
        long bits = Double.doubleToLongBits(number);
        long ascending = bits ^ (bits >> 63 & Long.MAX_VALUE);
        return (int) (ascending >> Long.SIZE - LEADING) + (1 << LEADING - 1);
    }

    /// The numbers at these places, the smallest at 0.
    double[] at(int... places) {
        double[] found = new double[places.length];
        boolean[] known = new boolean[places.length];
        for (int p = 0; p < places.length; p++) {
            if (known[p]) {
                continue;
            }
            int cell = cellOf(places[p]);
            double[] inside = sorted(cell);
            for (int q = p; q < places.length; q++) {
                if (places[q] >= below[cell] && places[q] < below[cell + 1]) {
                    found[q] = inside[places[q] - below[cell]];
                    known[q] = true;
                }
            }
        }
        return found;
    }

    /// The cell that holds the number at a place.
    private int cellOf(int place) {
        int low = 0;
        int high = below.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (below[middle] <= place) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double[] sorted(int cell) {
        double[] inside = new double[below[cell + 1] - below[cell]];
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (cell(numbers[i]) == cell) {
                inside[n++] = numbers[i];
            }
        }
        Arrays.sort(inside);
        return inside;
    }
}
