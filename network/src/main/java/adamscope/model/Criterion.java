package adamscope.model;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How far outputs are from targets, as a mean over the samples of a batch.
public enum Criterion {
    /// ½·Σ (output − target)², summed over the outputs of a sample (Cohen et al. 2022, appendix G.1).
    HALF_SQUARED {
        @Override
        public Tensor mean(Tensor outputs, Tensor targets) {
            Tensor difference = outputs.sub(targets);
            return difference.mul(difference).sum().mul(new Scalar(0.5 / outputs.size(0)));
        }
    },
    /// −Σ target·log softmax(output), over the classes of a sample; targets are shares of the classes, such as one-hot.
    CROSS_ENTROPY {
        @Override
        public Tensor mean(Tensor outputs, Tensor targets) {
            return torch.log_softmax(outputs, -1).mul(targets).sum().mul(new Scalar(-1.0 / outputs.size(0)));
        }
    };

    /// The mean over the rows of `outputs`, a tensor of one number.
    public abstract Tensor mean(Tensor outputs, Tensor targets);
}
