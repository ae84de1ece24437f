package adamscope.training;

import adamscope.curvature.LossSurface;
import adamscope.linear.CountedNormal;
import adamscope.linear.CountedUniform;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.tensor.TensorVectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// The gradient that a step uses: of its batch, by exact accumulation over micro-batches, with the changes of a run.
///
/// L = Σ (nᵢ/n)·Lᵢ over micro-batches of nᵢ of the n samples. With k of them the loss, summed in double, and each
/// coordinate of the gradient, summed in the precision u of the place, differ from the sum in one piece by at most
/// (k + 1)·u·Σ (nᵢ/n)·|gᵢ| beyond what the order of summation within a micro-batch does anyway. Memory holds the graph
/// of one micro-batch.
final class StepGradient {
    private final BatchLoss loss;
    private final Batching.Batches batches;
    private final GradientChanges changes;
    private final long seed;
    private final TensorVectors space;

    StepGradient(BatchLoss loss, Batching batching, GradientChanges changes, long seed) {
        batching.refuseFor(loss);
        this.loss = loss;
        this.batches = batching.of(loss);
        this.changes = changes;
        this.seed = CountedUniform.bits(seed, NOISE);
        this.space = new TensorVectors(loss.parameters(), loss.place());
    }

    /// Where among the streams of a seed that of the noise lies.
    private static final long NOISE = 0x4e4f495345L;

    /// Writes the gradient of the batch of step t into `gradient` and returns its loss.
    double of(Tensor theta, long step, Tensor gradient) {
        var pieces = batches.pieces(step);
        if (pieces.size() == 1) {
            return piece(theta, pieces.getFirst(), gradient);
        }
        double samples = pieces.stream().mapToDouble(Batch::count).sum();
        double sum = 0;
        try (PointerScope _ = new PointerScope()) {
            Tensor part = loss.place().zeros(loss.parameters());
            gradient.zero_();
            for (Batch piece : pieces) {
                double share = piece.count() / samples;
                sum += share * piece(theta, piece, part);
                space.add(gradient, share, part);
            }
        }
        return sum;
    }

    /// Whether the gradient of step t is that over all samples in one piece, as a probe computes it too.
    boolean wholeInOnePiece(long step) {
        return batches.pieces(step).equals(java.util.List.of(Batch.all(loss)));
    }

    private double piece(Tensor theta, Batch batch, Tensor gradient) {
        return new LossSurface(loss, batch).gradient(theta, gradient);
    }

    /// Adds noise, clips and adds the coupled weight decay, or shrinks θ by the decoupled one.
    ///
    /// @param lr of this step
    void change(Tensor theta, long step, Tensor gradient, double lr) {
        if (changes.noise() > 0) {
            addNoise(step, gradient);
        }
        if (changes.clip() < Double.POSITIVE_INFINITY) {
            double norm = space.norm(gradient);
            double factor = changes.clip() / (norm + 1e-6);
            if (factor < 1) {
                scale(gradient, factor);
            }
        }
        if (changes.weightDecay() > 0) {
            if (changes.decoupled()) {
                scale(theta, 1 - lr * changes.weightDecay());
            } else {
                space.add(gradient, changes.weightDecay(), theta);
            }
        }
    }

    private static void scale(Tensor tensor, double factor) {
        try (Scalar scalar = new Scalar(factor)) {
            tensor.mul_(scalar);
        }
    }

    private void addNoise(long step, Tensor gradient) {
        double[] noise = new double[Math.toIntExact(loss.parameters())];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = CountedNormal.number(seed, step * noise.length + i);
        }
        try (PointerScope _ = new PointerScope()) {
            space.add(gradient, changes.noise(), loss.place().tensor(noise, noise.length));
        }
    }
}
