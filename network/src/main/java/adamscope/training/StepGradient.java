package adamscope.training;

import adamscope.curvature.LossSurface;
import adamscope.linear.CountedNormal;
import adamscope.linear.CountedUniform;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.model.RunningStatistics;
import adamscope.tensor.Place;
import adamscope.tensor.TensorVectors;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// The gradient that a step uses: of its batch, by exact accumulation over micro-batches ([LossSurface]), with the
/// changes of a run.
final class StepGradient {
    private final BatchLoss loss;
    private final Batching.Batches batches;
    private final GradientChanges changes;
    private final long seed;
    private final long micro;
    private final TensorVectors space;
    private final RunningStatistics running;
    private final RunningStatistics next;
    private final BatchLoss moving;

    StepGradient(BatchLoss loss, Batching batching, GradientChanges changes, long seed) {
        batching.refuseFor(loss);
        this.loss = loss;
        this.batches = batching.of(loss);
        this.micro = batching.micro();
        this.changes = changes;
        this.seed = CountedUniform.bits(seed, NOISE);
        this.space = new TensorVectors(loss.parameters(), loss.place());
        this.running = loss.statistics();
        this.next = running.copy();
        this.moving = loss.moving(next);
    }

    /// Where among the streams of a seed that of the noise lies.
    private static final long NOISE = 0x4e4f495345L;

    /// Hands the gradient of the batch of step t, which lives no longer than that, to `taker` and returns its loss.
    double of(Tensor theta, long step, Consumer<Tensor> taker) {
        next.set(running);
        return new LossSurface(moving, batches.batch(step), micro).gradient(theta, taker);
    }

    /// Where the gradient of step t is known already: what else [#of] does.
    void pass(Tensor theta, long step) {
        if (!running.isEmpty()) {
            next.set(running);
            new LossSurface(moving, batches.batch(step), micro).value(theta);
        }
    }

    /// Running means and variances of batch normalisations, up to the step that was made last.
    RunningStatistics running() {
        return running;
    }

    /// The step whose gradient was taken last is made: its batch counts in [#running].
    void made() {
        running.set(next);
    }

    /// All samples, in the pieces of the steps.
    LossSurface whole() {
        return new LossSurface(loss, Batch.all(loss), micro);
    }

    /// Whether the gradient of step t is that over all samples, as a probe computes it too.
    boolean ofAll(long step) {
        return batches.batch(step).equals(Batch.all(loss));
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
        try (Scalar scalar = Place.scalar(factor, tensor)) {
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
