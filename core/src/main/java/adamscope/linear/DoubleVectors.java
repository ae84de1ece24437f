package adamscope.linear;

/// Vectors as arrays of double.
public record DoubleVectors(int length) implements VectorSpace<double[]> {

    @Override
    public long dimension() {
        return length;
    }

    @Override
    public double roundoff() {
        return 0x1p-53;
    }

    @Override
    public double[] random(long seed) {
        double[] vector = new double[length];
        for (int coordinate = 0; coordinate < length; coordinate++) {
            vector[coordinate] = CountedNormal.number(seed, coordinate);
        }
        return vector;
    }

    @Override
    public double[] scaled(double factor, double[] a) {
        double[] result = new double[length];
        for (int coordinate = 0; coordinate < length; coordinate++) {
            result[coordinate] = factor * a[coordinate];
        }
        return result;
    }

    @Override
    public void scale(double[] target, double factor) {
        for (int coordinate = 0; coordinate < length; coordinate++) {
            target[coordinate] *= factor;
        }
    }

    @Override
    public void add(double[] target, double factor, double[] a) {
        for (int coordinate = 0; coordinate < length; coordinate++) {
            target[coordinate] += factor * a[coordinate];
        }
    }

    @Override
    public double dot(double[] a, double[] b) {
        double sum = 0;
        for (int coordinate = 0; coordinate < length; coordinate++) {
            sum += a[coordinate] * b[coordinate];
        }
        return sum;
    }
}
