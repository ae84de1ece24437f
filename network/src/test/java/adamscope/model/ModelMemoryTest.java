package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.curvature.Curvature;
import adamscope.curvature.LossSurface;
import adamscope.tensor.LibTorch;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ModelMemoryTest {

    /// A tensor that is not freed keeps at least its header and a memory page's share: some 500 bytes for each of the
    /// 100 and more operations of a forward pass, so 100 MB over 2,000 steps.
    @Test
    @Tag("slow")
    void twoThousandStepsOfATransformerLeaveTheMemoryFlat() {
        LibTorch.require();
        LibTorch.useThreads(1);
        try (PointerScope _ = new PointerScope()) {
            LossSurface loss = LossSurface.of(
                    ModelCases.ALL.get("transformer, norm before").get());
            steps(loss, 200);
            long before = Pointer.physicalBytes();
            steps(loss, 2000);
            assertThat(Pointer.physicalBytes() - before).isLessThan(30L << 20);
        }
    }

    /// Gradients, and every tenth time a Hessian-vector product.
    private static void steps(LossSurface loss, int count) {
        Tensor theta = loss.loss().initial(1);
        Tensor gradient = loss.loss().place().zeros(theta.numel());
        Tensor direction = loss.space().random(1);
        for (int step = 0; step < count; step++) {
            loss.gradient(theta, gradient);
            if (step % 10 == 0) {
                try (PointerScope _ = new PointerScope()) {
                    Curvature curvature = loss.curvature(theta);
                    curvature.apply(direction);
                }
            }
        }
    }
}
