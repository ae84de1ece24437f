package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;
import java.util.List;

/// A tensor whose numbers stay in their file until they are asked for.
public interface TensorNumbers {
    /// The name in its file.
    String name();

    /// Extents, row by row; empty for a single number.
    List<Long> shape();

    /// How the file keeps each number.
    FloatFormat format();

    /// So many numbers from `first` on, row by row.
    double[] read(long first, int count);

    /// How many numbers there are.
    default long count() {
        return shape().stream().reduce(1L, Math::multiplyExact);
    }
}
