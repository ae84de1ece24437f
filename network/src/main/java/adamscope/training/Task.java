package adamscope.training;

import adamscope.data.DataSet;
import adamscope.data.DataShape;
import adamscope.data.DataSource;
import adamscope.data.Samples;
import adamscope.model.BatchLoss;
import adamscope.model.Criterion;
import adamscope.model.HeldOut;
import adamscope.model.ModelSource;
import adamscope.model.Network;
import adamscope.model.NetworkLoss;
import adamscope.probe.Validation;
import adamscope.tensor.Place;
import adamscope.tensor.TensorScope;
import java.util.Locale;
import java.util.Optional;

/// What is to be learned: a model, its data and the loss between them.
///
/// Texts have the cross-entropy of their tokens; padding in translations (token 0) does not count.
///
/// @param data empty for a model that makes its own points
/// @param loss       empty where data or model leave no choice
/// @param validation samples that the training does not see
public record Task(
        ModelSource model, Optional<DataSource> data, Optional<Criterion> loss, Optional<Validation> validation) {
    private static final long PADDING = 0;
    private static final long MOST = Integer.MAX_VALUE - 8;

    public Task {
        switch (model) {
            case ModelSource.OfSamples _ -> {
                if (data.isEmpty()) {
                    throw new IllegalArgumentException("the model " + model.kind() + " needs data");
                }
            }
            case ModelSource.Galerkin _ -> {
                if (validation.isPresent()) {
                    throw new IllegalArgumentException("validation: the model " + model.kind()
                            + " learns from no data; evaluate measures the error of its solution");
                }
                if (data.isPresent() || loss.isPresent()) {
                    throw new IllegalArgumentException("the model " + model.kind()
                            + " makes its own points and has its own loss; leave data and loss out");
                }
            }
        }
    }

    /// Nothing is held out.
    public Task(ModelSource model, Optional<DataSource> data, Optional<Criterion> loss) {
        this(model, data, loss, Optional.empty());
    }

    /// The loss at a place.
    ///
    /// @param seed of points that the model makes
    /// @throws IllegalArgumentException if model, data and loss do not fit together
    public BatchLoss at(Place place, long seed) {
        BatchLoss loss = made(place, seed);
        if (loss.parameters() > MOST) {
            throw new IllegalArgumentException("the model " + model.kind() + " has " + loss.parameters()
                    + " parameters on these data, more than " + MOST);
        }
        return loss;
    }

    private BatchLoss made(Place place, long seed) {
        return switch (model) {
            case ModelSource.Galerkin galerkin -> galerkin.loss(place, seed);
            case ModelSource.OfSamples source -> {
                DataSet set = data.orElseThrow().read(place);
                Network network = source.network(set.shape());
                if (validation.isEmpty()) {
                    yield new NetworkLoss(network, set.samples(), criterion(set.shape(), set.samples()));
                }
                Validation.Split split = validation.get().split(set, place);
                HeldOut held = new HeldOut(split.held(), criterion(set.shape(), split.held()), network);
                yield new NetworkLoss(network, split.seen(), criterion(set.shape(), split.seen()), Optional.of(held));
            }
        };
    }

    private Criterion criterion(DataShape shape, Samples samples) {
        return switch (shape) {
            case DataShape.Vectors _ -> {
                Criterion chosen = loss.orElse(Criterion.MEAN_SQUARED);
                if (chosen instanceof Criterion.CrossEntropy) {
                    refuseNoShares(samples);
                }
                yield chosen;
            }
            case DataShape.Images _ -> loss.orElse(Criterion.CROSS_ENTROPY);
            case DataShape.Tokens _ -> {
                refuseLoss();
                yield Criterion.tokens(samples);
            }
            case DataShape.Pairs _ -> {
                refuseLoss();
                yield Criterion.tokensWithPadding(samples, PADDING);
            }
        };
    }

    /// A cross-entropy needs a share of each class, such as 1 at the class of the sample and 0 elsewhere.
    private static void refuseNoShares(Samples samples) {
        try (TensorScope _ = new TensorScope()) {
            double least = samples.targets().min().item_double();
            double each = samples.targets().sum().item_double() / samples.count();
            if (!(least >= 0) || !(Math.abs(each - 1) < 1e-3)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "loss = cross-entropy: the targets of a sample have to be shares of the classes, none below 0,"
                                + " 1 together; here the least is %.4g and they add up to %.4g on average",
                        least,
                        each));
            }
        }
    }

    private void refuseLoss() {
        loss.ifPresent(chosen -> {
            throw new IllegalArgumentException(
                    "loss = " + chosen.word() + ": texts have the cross-entropy of their tokens; leave loss out");
        });
    }
}
