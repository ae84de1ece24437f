package adamscope.linear;

import java.util.ArrayList;
import java.util.List;

/// The diagonal blocks of a matrix after a permutation that makes it block triangular: sets of components each of which
/// influences each other, at once or through others. Each block balanced.
final class Blocks {
    private Blocks() {}

    /// The blocks, in no particular order.
    static List<double[][]> of(double[][] matrix) {
        boolean[][] reach = reach(matrix);
        int n = matrix.length;
        boolean[] taken = new boolean[n];
        List<double[][]> blocks = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (!taken[i]) {
                List<Integer> members = new ArrayList<>(List.of(i));
                for (int j = i + 1; j < n; j++) {
                    if (reach[i][j] && reach[j][i]) {
                        members.add(j);
                        taken[j] = true;
                    }
                }
                blocks.add(balanced(part(matrix, members)));
            }
        }
        return blocks;
    }

    /// Whether i influences j, at once or through others.
    private static boolean[][] reach(double[][] matrix) {
        int n = matrix.length;
        boolean[][] reach = new boolean[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                reach[i][j] = matrix[j][i] != 0;
            }
        }
        for (int through = 0; through < n; through++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n && reach[i][through]; j++) {
                    reach[i][j] |= reach[through][j];
                }
            }
        }
        return reach;
    }

    private static double[][] part(double[][] matrix, List<Integer> members) {
        double[][] part = new double[members.size()][members.size()];
        for (int i = 0; i < part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                part[i][j] = matrix[members.get(i)][members.get(j)];
            }
        }
        return part;
    }

    /// D⁻¹AD with powers of two that bring each row and its column to about the same norm [Parlett and Reinsch 1969].
    private static double[][] balanced(double[][] a) {
        int n = a.length;
        boolean changed = n > 2;
        for (int sweep = 0; changed && sweep < 20; sweep++) {
            changed = false;
            for (int i = 0; i < n; i++) {
                int row = -2000;
                int column = -2000;
                for (int j = 0; j < n; j++) {
                    row = j == i || a[i][j] == 0 ? row : Math.max(row, Math.getExponent(a[i][j]));
                    column = j == i || a[j][i] == 0 ? column : Math.max(column, Math.getExponent(a[j][i]));
                }
                int shift = (row - column) / 2;
                for (int j = 0; j < n && shift != 0; j++) {
                    if (j != i) {
                        a[i][j] = Math.scalb(a[i][j], -shift);
                        a[j][i] = Math.scalb(a[j][i], shift);
                    }
                }
                changed |= shift != 0;
            }
        }
        return a;
    }
}
