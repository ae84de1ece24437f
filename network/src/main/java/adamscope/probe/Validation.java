package adamscope.probe;

import adamscope.data.DataSet;
import adamscope.data.DataSource;
import adamscope.data.ParallelText;
import adamscope.data.Samples;
import adamscope.data.TextSource;
import adamscope.data.Tokenizer;
import adamscope.linear.CountedUniform;
import adamscope.optimizer.Domain;
import adamscope.shape.Decimal;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/// Samples that a training does not see and how often it is measured on them: a share of its own data, or other data.
///
/// @param share of the data, which the training then lacks; 0 with data of its own
/// @param data  other samples of the same kind; empty: a share
/// @param seed  of the choice of a share, whatever the seed of the training
/// @param every steps between two looks; the last step is looked at too
/// @param ema   decay of an average of the parameters, ā ← ema·ā + (1 − ema)·θ from ā = θ₁, that is measured as well
public record Validation(double share, Optional<DataSource> data, long seed, int every, Optional<Double> ema) {
    private static final Domain SHARE = new Domain(0, false, 1, false);

    /// As a mapping.
    public static final Shape<Validation> SHAPE = Shape.of(keys -> {
        var share = keys.add(
                Key.optional("share", Forms.number(SHARE), "of the samples, chosen by chance and not trained on"),
                plan -> Optional.of(plan.share()).filter(part -> part > 0));
        var data = keys.add(
                Key.optional("data", DataSource.WORDS, "other samples of the same kind, in place of a share"),
                Validation::data);
        var seed = keys.add(
                Key.of("seed", Forms.whole(Long.MIN_VALUE, Long.MAX_VALUE), "of the choice of a share")
                        .orElse(0L),
                Validation::seed);
        var every = keys.add(
                Key.of("every", Forms.count(1), "steps between two looks; the last step is looked at too")
                        .orElse(10),
                Validation::every);
        var ema = keys.add(
                Key.optional("ema", Forms.number(SHARE), "decay of an average of the parameters, measured as well"),
                Validation::ema);
        return in -> {
            if (in.get(share).isPresent() == in.get(data).isPresent()) {
                throw new IllegalArgumentException(
                        "validation: a share of the samples, as in {share: 0.1}, or data of their own: one of both");
            }
            return new Validation(in.get(share).orElse(0.0), in.get(data), in.get(seed), in.get(every), in.get(ema));
        };
    });

    /// The data of a training and those held out.
    ///
    /// @param seen what the training sees
    /// @param held what it does not
    public record Split(Samples seen, Samples held) {}

    /// Splits the data of a training, or reads others.
    ///
    /// @throws IllegalArgumentException if a share is no sample or all of them, or the other data are of another kind
    public Split split(DataSet all, Place place) {
        if (data.isPresent()) {
            refuseOwnNumbering(data.get());
            DataSet other = data.get().read(place);
            if (!other.shape().equals(all.shape())) {
                throw new IllegalArgumentException("validation: data: samples are " + other.shape()
                        + ", but those of the training are " + all.shape());
            }
            return new Split(all.samples(), other.samples());
        }
        int count = Math.toIntExact(all.samples().count());
        int held = (int) Math.round(share * count);
        if (held < 1 || held >= count) {
            throw new IllegalArgumentException("validation: share = " + Decimal.written(share) + " of " + count
                    + " samples is " + held + "; at least 1 has to be held out and 1 to be left");
        }
        long[] order = CountedUniform.order(count, seed);
        return new Split(chosen(all.samples(), order, held, count), chosen(all.samples(), order, 0, held));
    }

    /// A text in byte pairs numbers those that occur in it.
    private static void refuseOwnNumbering(DataSource source) {
        boolean own = switch (source) {
            case TextSource text -> text.tokens() != Tokenizer.BYTES;
            case ParallelText pairs -> pairs.tokens() != Tokenizer.BYTES;
            default -> false;
        };
        if (own) {
            throw new IllegalArgumentException("validation: data: another text has another numbering of its tokens;"
                    + " hold out a share, or take tokens: bytes");
        }
    }

    /// The samples at some places of an order, as they lie in the data.
    private static Samples chosen(Samples all, long[] order, int from, int to) {
        long[] places = Arrays.copyOfRange(order, from, to);
        Arrays.sort(places);
        Tensor index = all.place().integers(places, places.length);
        return new Samples(all.inputs().index_select(0, index), all.targets().index_select(0, index), all.place());
    }
}
