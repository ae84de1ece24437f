package adamscope.model;

import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A network with batch normalisations.
interface NormalisedNetwork extends Network {

    /// The outputs, with what the normalisations do.
    Tensor output(Tensor theta, Tensor inputs, Normalising how);

    @Override
    default Tensor output(Tensor theta, Tensor inputs) {
        return output(theta, inputs, Normalising.BY_BATCH);
    }

    @Override
    default Network moving(RunningStatistics statistics) {
        return statistics.isEmpty() ? this : new Pass(this, new Normalising.Moving(statistics));
    }

    @Override
    default Network evaluated(RunningStatistics statistics) {
        return statistics.isEmpty() ? this : new Pass(this, new Normalising.ByRunning(statistics));
    }

    /// The network in passes of one kind.
    record Pass(NormalisedNetwork whole, Normalising how) implements Network {
        @Override
        public List<Block> blocks() {
            return whole.blocks();
        }

        @Override
        public Tensor initial(long seed, Place place) {
            return whole.initial(seed, place);
        }

        @Override
        public Tensor output(Tensor theta, Tensor inputs) {
            return whole.output(theta, inputs, how);
        }

        @Override
        public boolean separable() {
            return how instanceof Normalising.ByRunning || whole.separable();
        }
    }
}
