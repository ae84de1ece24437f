package adamscope.kernel;

/// Columns of rows of one number per lane, eight neighbours together: a cache line of each row is read once.
final class Gathered {
    private static final int TOGETHER = 8;

    private Gathered() {}

    /// Takes a lane and its column, in an array that holds other lanes later.
    @FunctionalInterface
    interface ColumnReader {
        /// The column may be changed.
        void accept(int lane, double[] column);
    }

    /// Shows the columns of the first `lanes`.
    static void forEach(double[][] rows, int lanes, ColumnReader look) {
        double[][] columns = new double[TOGETHER][rows.length];
        for (int first = 0; first < lanes; first += TOGETHER) {
            int count = Math.min(TOGETHER, lanes - first);
            if (count == TOGETHER) {
                gather(rows, first, columns);
            } else {
                gather(rows, first, columns, count);
            }
            for (int at = 0; at < count; at++) {
                look.accept(first + at, columns[at]);
            }
        }
    }

    private static void gather(double[][] rows, int first, double[][] columns, int count) {
        for (int r = 0; r < rows.length; r++) {
            for (int at = 0; at < count; at++) {
                columns[at][r] = rows[r][first + at];
            }
        }
    }

    /// A loop over the columns inside would look each of them up again for every number.
    private static void gather(double[][] rows, int first, double[][] columns) {
        double[] a = columns[0];
        double[] b = columns[1];
        double[] c = columns[2];
        double[] d = columns[3];
        double[] e = columns[4];
        double[] f = columns[5];
        double[] g = columns[6];
        double[] h = columns[7];
        for (int r = 0; r < rows.length; r++) {
            double[] row = rows[r];
            a[r] = row[first];
            b[r] = row[first + 1];
            c[r] = row[first + 2];
            d[r] = row[first + 3];
            e[r] = row[first + 4];
            f[r] = row[first + 5];
            g[r] = row[first + 6];
            h[r] = row[first + 7];
        }
    }
}
