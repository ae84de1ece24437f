package adamscope.model;

import adamscope.data.Samples;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The loss of a network on samples: the criterion between its outputs and their targets, a mean over the batch.
///
/// @param held samples that the training does not see
public record NetworkLoss(Network network, Samples data, Criterion criterion, Optional<HeldOut> held)
        implements BatchLoss {

    /// Nothing is held out.
    public NetworkLoss(Network network, Samples data, Criterion criterion) {
        this(network, data, criterion, Optional.empty());
    }

    /// With half the squared distance.
    ///
    /// @throws IllegalArgumentException if the samples do not fit the widths of the network
    public static NetworkLoss halfSquared(FullyConnected network, Samples samples) {
        List<Integer> widths = network.widths();
        if (samples.inputs().size(1) != widths.getFirst() || samples.targets().size(1) != widths.getLast()) {
            throw new IllegalArgumentException("a network of widths " + widths + " does not fit samples with "
                    + samples.inputs().size(1) + " inputs and "
                    + samples.targets().size(1) + " targets");
        }
        return new NetworkLoss(network, samples, Criterion.HALF_SQUARED);
    }

    @Override
    public List<Block> blocks() {
        return network.blocks();
    }

    @Override
    public Tensor initial(long seed) {
        return network.initial(seed, place());
    }

    @Override
    public long samples() {
        return data.count();
    }

    @Override
    public Place place() {
        return data.place();
    }

    @Override
    public boolean separable() {
        return network.separable();
    }

    @Override
    public RunningStatistics statistics() {
        return network.statistics(place());
    }

    @Override
    public NetworkLoss moving(RunningStatistics statistics) {
        return new NetworkLoss(network.moving(statistics), data, criterion, held);
    }

    @Override
    public NetworkLoss evaluated(RunningStatistics statistics) {
        return new NetworkLoss(
                network,
                data,
                criterion,
                held.map(out -> new HeldOut(out.samples(), out.criterion(), network.evaluated(statistics))));
    }

    @Override
    public Tensor mean(Tensor theta, Batch batch) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor inputs = batch.of(data.inputs());
            Tensor targets = batch.of(data.targets());
            return Scopes.kept(outer, criterion.mean(network.output(theta, inputs), targets));
        }
    }

    @Override
    public Optional<String> fault(Tensor theta, Batch batch) {
        if (!(criterion instanceof FormulaCriterion formula)) {
            return Optional.empty();
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor outputs = network.output(theta.detach(), batch.of(data.inputs()));
            return formula.fault(outputs, batch.of(data.targets()));
        }
    }
}
