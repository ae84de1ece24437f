package adamscope.linear;

/// A dense symmetric matrix, of which only the lower triangle is read.
public record SymmetricMatrix(double[][] rows) implements LinearOperator<double[]> {

    public SymmetricMatrix {
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != rows.length) {
                throw new IllegalArgumentException("row " + row + " of a symmetric matrix of " + rows.length
                        + " rows has " + rows[row].length + " columns");
            }
        }
    }

    @Override
    public DoubleVectors space() {
        return new DoubleVectors(rows.length);
    }

    @Override
    public double[] apply(double[] vector) {
        double[] product = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows.length; column++) {
                product[row] += rows[Math.max(row, column)][Math.min(row, column)] * vector[column];
            }
        }
        return product;
    }
}
