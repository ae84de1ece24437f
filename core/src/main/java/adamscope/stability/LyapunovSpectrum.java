package adamscope.stability;

import java.util.Arrays;
import java.util.Map;

/// Lyapunov exponents of an orbit: the mean rates, in nats per step, at which deviations in orthogonal directions grow.
///
/// A frame of orthonormal deviations is carried by the Jacobian and made orthonormal again after each step (modified
/// Gram–Schmidt, the QR method of Benettin et al. 1980); the exponents are the means of ln of what each lost in length.
///
/// @param exponents the largest first; NaN if the orbit escaped
/// @param steps     steps that were averaged over
/// @param escaped   whether the orbit left every bound, and the exponents mean nothing
public record LyapunovSpectrum(double[] exponents, long steps, boolean escaped) {

    /// The exponents of the orbit from `start`.
    ///
    /// @param parameters every parameter of the map
    /// @param discarded steps left out at the beginning
    public static LyapunovSpectrum of(
            SmoothMap map, Map<String, Double> parameters, double[] start, long discarded, long steps) {
        int n = map.dimension();
        SmoothMap.LaneBlock block = map.block(1);
        block.parameters(parameters);
        for (int i = 0; i < n; i++) {
            block.state()[i][0] = start[i];
        }
        double[][] frame = new double[n][n];
        for (int i = 0; i < n; i++) {
            frame[i][i] = 1;
        }
        double[] sums = new double[n];
        for (long t = 0; t < discarded + steps; t++) {
            block.linearise();
            carry(frame, block.jacobian(0), t < discarded ? new double[n] : sums);
            block.advance();
            for (int i = 0; i < n; i++) {
                if (!(Math.abs(block.state()[i][0]) < OrbitDiagram.ESCAPED)) {
                    double[] none = new double[n];
                    Arrays.fill(none, Double.NaN);
                    return new LyapunovSpectrum(none, t, true);
                }
            }
        }
        double[] exponents = Arrays.stream(sums).map(s -> s / steps).sorted().toArray();
        double[] descending = new double[n];
        Arrays.setAll(descending, i -> exponents[n - 1 - i]);
        return new LyapunovSpectrum(descending, steps, false);
    }

    /// Moves the frame by J and makes it orthonormal; adds ln of the lengths to the sums.
    private static void carry(double[][] frame, double[][] jacobian, double[] sums) {
        int n = frame.length;
        for (int j = 0; j < n; j++) {
            double[] moved = new double[n];
            for (int i = 0; i < n; i++) {
                for (int l = 0; l < n; l++) {
                    moved[i] += jacobian[i][l] * frame[j][l];
                }
            }
            for (int before = 0; before < j; before++) {
                double[] axis = frame[before];
                double along = dot(moved, axis);
                for (int i = 0; i < n; i++) {
                    moved[i] -= along * axis[i];
                }
            }
            double length = Math.sqrt(dot(moved, moved));
            sums[j] += Math.log(length);
            for (int i = 0; i < n && length > 0; i++) {
                moved[i] /= length;
            }
            frame[j] = length > 0 ? moved : frame[j];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
