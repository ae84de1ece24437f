package adamscope.linear;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/// A small matrix whose eigenvalues lie above those of a large operator.
///
/// In the basis Q of a [RitzSpace] and its complement the operator is [[H, Bᵀ], [B, C]]. Where C ≤ D, the eigenvalues
/// of [[H, Bᵀ], [B, D]] bound those of the operator from above, one by one (Weyl), as those of H do from below
/// (Cauchy). With D = rest·I + Σⱼ(topⱼ − rest)yⱼyⱼᵀ all that matters has as many dimensions as Q, B and the known
/// vectors yⱼ have together. A single Ritz pair and no known vectors give value + residual²/(value − rest), as Kato and
/// Temple.
final class Majorant<V> {
    /// What of a known vector must lie outside the basis for it to count.
    private static final double OUTSIDE = 0.1;

    private final RitzSpace<V> space;
    private final VectorSpace<V> vectors;
    private final List<V> known;
    private final int size;
    private final int outside;
    /// Coordinates of the known vectors' parts in the complement: first outside, then beyond.
    private final double[][] unit;

    private final double[] length;
    private final double[] values;
    private final EigenDecompositionSymmetric eigen;
    private final int[] order;

    /// @param outlook its rivals are the known vectors, its rest bounds the operator in the complement of these and the
    ///                basis
    Majorant(RitzSpace<V> space, VectorSpace<V> vectors, Outlook<V> outlook) {
        this.space = space;
        this.vectors = vectors;
        this.known = outlook.rivals();
        double rest = outlook.rest();
        double[] tops = outlook.tops();
        this.size = space.size();
        double[][] coupling = space.coupling();
        boolean empty = rest == Double.NEGATIVE_INFINITY || space.complete();
        this.outside = empty ? 0 : coupling.length;
        int count = empty ? 0 : known.size();
        this.length = new double[count];
        this.unit = new double[count][outside + count];
        place();
        int all = size + outside + count;
        double[][] matrix = new double[all][all];
        for (int i = 0; i < size; i++) {
            System.arraycopy(space.projected()[i], 0, matrix[i], 0, size);
            for (int k = 0; k < outside; k++) {
                matrix[size + k][i] = coupling[k][i];
                matrix[i][size + k] = coupling[k][i];
            }
        }
        for (int i = size; i < all; i++) {
            matrix[i][i] = rest;
        }
        for (int j = 0; j < count; j++) {
            double above = length[j] == 0 ? 0 : Math.max(0, tops[j] - rest);
            for (int a = 0; a < outside + count; a++) {
                for (int b = 0; b < outside + count; b++) {
                    // the product of both first: so the matrix is symmetric to the bit
                    matrix[size + a][size + b] += above * (unit[j][a] * unit[j][b]);
                }
            }
        }
        this.eigen = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix, false), 0x1p-40, true);
        double[] found = eigen.getEigenvalues();
        this.order = IntStream.range(0, all)
                .boxed()
                .sorted((a, b) -> Double.compare(found[b], found[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.values = Arrays.stream(order).mapToDouble(i -> found[i]).toArray();
    }

    /// Gram & Schmidt by inner products alone: no vector is made.
    private void place() {
        int count = length.length;
        double[][] dots = new double[count][];
        for (int j = 0; j < count; j++) {
            dots[j] = space.coordinates(known.get(j));
            double inside = 0;
            for (int i = 0; i < size; i++) {
                inside += dots[j][i] * dots[j][i];
            }
            double square = vectors.dot(known.get(j), known.get(j)) - inside;
            if (!(square > OUTSIDE)) {
                continue;
            }
            length[j] = Math.sqrt(square);
            for (int k = 0; k < outside; k++) {
                unit[j][k] = dots[j][size + k] / length[j];
            }
            double left = 1;
            for (int l = 0; l < j; l++) {
                if (length[l] == 0) {
                    continue;
                }
                double dot = vectors.dot(known.get(j), known.get(l));
                for (int i = 0; i < size; i++) {
                    dot -= dots[j][i] * dots[l][i];
                }
                dot /= length[j] * length[l];
                for (int k = 0; k < outside + l; k++) {
                    dot -= unit[j][k] * unit[l][k];
                }
                unit[j][outside + l] = unit[l][outside + l] == 0 ? 0 : dot / unit[l][outside + l];
            }
            for (int k = 0; k < outside + j; k++) {
                left -= unit[j][k] * unit[j][k];
            }
            unit[j][outside + j] = left > 1e-6 ? Math.sqrt(left) : 0;
        }
    }

    /// The bound on the i-th largest eigenvalue.
    double value(int i) {
        return i < values.length ? values[i] : Double.NEGATIVE_INFINITY;
    }

    /// Whether most of what its eigenvector has outside the basis belongs to known vectors.
    boolean alongKnown(int i) {
        double[] vector = eigen.getEigenvector(order[i]).toArray();
        double whole = 0;
        for (int k = size; k < vector.length; k++) {
            whole += vector[k] * vector[k];
        }
        for (int j = 0; j < length.length; j++) {
            double dot = 0;
            for (int k = 0; k < unit[j].length; k++) {
                dot += unit[j][k] * vector[size + k];
            }
            if (2 * dot * dot > whole) {
                return true;
            }
        }
        return false;
    }

    /// Where its eigenvector points outside the basis: what to multiply next to lower it; a new vector, or null where
    /// that is nowhere.
    V direction(int i) {
        double[] vector = eigen.getEigenvector(order[i]).toArray();
        int count = length.length;
        double[] along = new double[outside];
        System.arraycopy(vector, size, along, 0, outside);
        double[] parts = new double[count];
        for (int l = count - 1; l >= 0; l--) {
            double sum = vector[size + outside + l];
            for (int j = l + 1; j < count; j++) {
                sum -= unit[j][outside + l] * parts[j];
            }
            parts[l] = unit[l][outside + l] == 0 ? 0 : sum / unit[l][outside + l];
        }
        V direction = null;
        for (int j = 0; j < count; j++) {
            if (parts[j] != 0) {
                direction = plus(direction, parts[j] / length[j], known.get(j));
                for (int k = 0; k < outside; k++) {
                    along[k] -= parts[j] * unit[j][k];
                }
            }
        }
        for (int k = 0; k < outside; k++) {
            if (direction == null) {
                direction = space.outsideTimes(along[k], k);
            } else {
                space.addOutside(direction, along[k], k);
            }
        }
        return direction;
    }

    private V plus(V sum, double factor, V vector) {
        if (sum == null) {
            return vectors.scaled(factor, vector);
        }
        vectors.add(sum, factor, vector);
        return sum;
    }
}
