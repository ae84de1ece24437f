package adamscope.rule;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.tensor.Place;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The operations of the formula language on tensors, each rounded once as in double arithmetic.
///
/// On the processor in double precision + − × ÷ √ abs sign min max and the reductions have the bits of the same
/// operations on numbers, for every coordinate, and NaN goes through all of them. exp, log and powers differ from
/// `StrictMath` by at most 2 units in the last place; of two zeros min and max may give either. Sums run from the first
/// coordinate to the last, row by row (`cumsum`); a device other than the processor may order them otherwise.
final class TensorArithmetic {
    private TensorArithmetic() {}

    /// out ← operation a; `out` may be `a`.
    static void apply(UnaryOperation operation, Tensor a, Tensor out) {
        switch (operation) {
            case NEGATE -> torch.neg_out(out, a);
            case SQRT -> torch.sqrt_out(out, a);
            case ABS -> torch.abs_out(out, a);
            case SIGN -> sign(a, out);
            case EXP -> torch.exp_out(out, a);
            case LOG -> torch.log_out(out, a);
            case SIN -> torch.sin_out(out, a);
            case COS -> torch.cos_out(out, a);
            case TANH -> torch.tanh_out(out, a);
        }
    }

    /// libtorch's sign of NaN is 0; here it is NaN.
    private static void sign(Tensor a, Tensor out) {
        Tensor undefined = torch.isnan(a);
        torch.sign_out(out, a);
        out.masked_fill_(undefined, new Scalar(Double.NaN));
    }

    /// out ← a operation b, with the shapes stretched over each other; `out` may be `a` or `b`.
    static void apply(BinaryOperation operation, Tensor a, Tensor b, Tensor out) {
        switch (operation) {
            case ADD -> torch.add_out(out, a, b);
            case SUBTRACT -> torch.sub_out(out, a, b);
            case MULTIPLY -> torch.mul_out(out, a, b);
            case DIVIDE -> torch.div_out(out, a, b);
            case POWER -> torch.pow_out(out, a, b);
            case MIN -> torch.minimum_out(out, a, b);
            case MAX -> torch.maximum_out(out, a, b);
        }
    }

    /// The reduction of a block: one number, one for each row (rows × 1) or column (1 × columns), or a matrix.
    static Tensor reduced(ReductionKind kind, Tensor a) {
        long count = a.numel();
        return switch (kind) {
            case SUM -> sum(a);
            case MEAN -> sum(a).div_(number(count, a));
            case NORM -> count == 1 ? a.abs() : sum(a.mul(a)).sqrt_();
            case RMS ->
                count == 1 ? a.abs() : sum(a.mul(a)).div_(number(count, a)).sqrt_();
            case ROW_MEAN -> a.cumsum(1).narrow(1, a.size(1) - 1, 1).div(number(a.size(1), a));
            case COLUMN_MEAN -> a.cumsum(0).narrow(0, a.size(0) - 1, 1).div(number(a.size(0), a));
            case ORTHOGONALIZE -> {
                T_TensorTensorTensor_T factors =
                        torch.linalg_svd(a, false, new org.bytedeco.pytorch.StringViewOptional());
                yield factors.get0().matmul(factors.get2());
            }
        };
    }

    private static Tensor sum(Tensor a) {
        return a.reshape(-1)
                .cumsum(0)
                .narrow(0, a.numel() - 1, 1)
                .view(a.dim() == 1 ? new long[] {1} : new long[] {1, 1});
    }

    private static Tensor number(double value, Tensor like) {
        return torch.scalar_tensor(Place.scalar(value, like), new org.bytedeco.pytorch.TensorOptions(like.dtype()));
    }
}
