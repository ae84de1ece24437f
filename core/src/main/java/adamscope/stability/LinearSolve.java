package adamscope.stability;

/// Gaussian elimination with row exchanges, for the small systems of Newton steps.
final class LinearSolve {
    private LinearSolve() {}

    /// The solution of the system whose augmented rows are given and overwritten; null if it is singular or not finite.
    static double[] of(double[][] rows) {
        int n = rows.length;
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                pivot = Math.abs(rows[r][c]) > Math.abs(rows[pivot][c]) ? r : pivot;
            }
            double[] head = rows[pivot];
            rows[pivot] = rows[c];
            rows[c] = head;
            if (!(Math.abs(head[c]) > 0) || Double.isInfinite(head[c])) {
                return null;
            }
            for (int r = c + 1; r < n; r++) {
                double factor = rows[r][c] / head[c];
                for (int j = c; j <= n; j++) {
                    rows[r][j] -= factor * head[j];
                }
            }
        }
        double[] solution = new double[n];
        for (int r = n - 1; r >= 0; r--) {
            double sum = rows[r][n];
            for (int j = r + 1; j < n; j++) {
                sum -= rows[r][j] * solution[j];
            }
            solution[r] = sum / rows[r][r];
            if (!Double.isFinite(solution[r])) {
                return null;
            }
        }
        return solution;
    }
}
