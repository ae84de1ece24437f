package adamscope.exchange;

import adamscope.checkpoint.StoredTensor;
import adamscope.diagnosis.FloatFormat;
import adamscope.inspection.TensorNumbers;
import java.util.List;
import java.util.Optional;

/// A tensor of an open file, or a part of one.
///
/// @param first of its numbers within the tensor
record StoredNumbers(String name, List<Long> shape, FloatFormat format, StoredTensor tensor, long first)
        implements TensorNumbers {

    /// A whole tensor; empty if it holds no floating-point numbers.
    static Optional<TensorNumbers> of(String name, StoredTensor tensor) {
        return format(tensor).map(format -> new StoredNumbers(name, tensor.shape(), format, tensor, 0));
    }

    /// The format of its numbers; empty if they are integers.
    static Optional<FloatFormat> format(StoredTensor tensor) {
        return Optional.ofNullable(
                switch (tensor.format()) {
                    case F64 -> FloatFormat.FLOAT64;
                    case F32 -> FloatFormat.FLOAT32;
                    case F16 -> FloatFormat.FLOAT16;
                    case BF16 -> FloatFormat.BFLOAT16;
                    case F8_E4M3 -> FloatFormat.FLOAT8_E4M3;
                    case F8_E5M2 -> FloatFormat.FLOAT8_E5M2;
                    case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> null;
                });
    }

    @Override
    public double[] read(long from, int count) {
        return tensor.doubles(first + from, count);
    }
}
