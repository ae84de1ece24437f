package adamscope.model;

import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A network whose affine maps and convolutions have no bias: θ is that of the whole network without them, and they are
/// 0 wherever it is computed. Scales and shifts of normalisations stay.
///
/// The weights start from the same numbers as with biases.
///
/// @param whole the network with biases
record WithoutBias(Network whole) implements Network {

    private static boolean isBias(Block block) {
        return block.name().matches("(.* )?bias( \\d+)?");
    }

    @Override
    public List<Block> blocks() {
        List<Block> kept = new ArrayList<>();
        long length = 0;
        for (Block block : whole.blocks()) {
            if (!isBias(block)) {
                kept.add(new Block(block.name(), length, block.shape()));
                length += block.size();
            }
        }
        return kept;
    }

    @Override
    public Tensor initial(long seed, Place place) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = whole.initial(seed, place);
            TensorVector parts = new TensorVector();
            whole.blocks().stream()
                    .filter(block -> !isBias(block))
                    .forEach(block -> parts.push_back(theta.narrow(0, block.offset(), block.size())));
            return Scopes.kept(outer, torch.cat(parts, 0));
        }
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            TensorVector parts = new TensorVector();
            long from = 0;
            for (Block block : whole.blocks()) {
                if (isBias(block)) {
                    parts.push_back(torch.zeros(new long[] {block.size()}, theta.options()));
                } else {
                    parts.push_back(theta.narrow(0, from, block.size()));
                    from += block.size();
                }
            }
            return Scopes.kept(outer, whole.output(torch.cat(parts, 0), inputs));
        }
    }

    @Override
    public boolean separable() {
        return whole.separable();
    }

    @Override
    public RunningStatistics statistics(Place place) {
        return whole.statistics(place);
    }

    @Override
    public Network moving(RunningStatistics statistics) {
        return new WithoutBias(whole.moving(statistics));
    }

    @Override
    public Network evaluated(RunningStatistics statistics) {
        return new WithoutBias(whole.evaluated(statistics));
    }
}
