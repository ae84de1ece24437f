package adamscope.data;

import adamscope.data.ImageSource.Format;
import adamscope.shape.Alternatives;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.tensor.Place;
import java.util.List;

/// Where the samples of a training come from: everything that an experiment file says about its data.
public sealed interface DataSource permits DataSource.Published, TableSource, ArraySource, SineSum {

    /// Every source by its word.
    Alternatives<DataSource> WORDS = Alternatives.<DataSource>by(
                    "source",
                    List.of(
                            ImageSource.word("fashion-mnist", Format.Bundled.class, Format.Bundled.SHAPE),
                            ImageSource.word("idx", Format.Idx.class, Format.Idx.SHAPE),
                            ImageSource.cifar("cifar-10", CifarFormat.CIFAR10),
                            ImageSource.cifar("cifar-100", CifarFormat.CIFAR100),
                            ImageSource.cifar("cifar-100-coarse", CifarFormat.CIFAR100_COARSE),
                            ImageSource.word("image-folder", Format.Folder.class, Format.Folder.SHAPE),
                            Alternatives.Word.of("text", TextSource.class, TextSource.SHAPE),
                            Alternatives.Word.of("translation", ParallelText.class, ParallelText.SHAPE),
                            Alternatives.Word.of("table", TableSource.class, TableSource.SHAPE),
                            Alternatives.Word.of("arrays", ArraySource.class, ArraySource.SHAPE),
                            Alternatives.Word.of("sine-sum", SineSum.class, SineSum.SHAPE)))
            .orAlone();

    /// Samples that may as well come from a folder in which public data are distributed, see [DataFolder].
    sealed interface Published extends DataSource permits ImageSource, TextSource, ParallelText {}

    /// What is learned of samples.
    enum Learned {
        CLASSES,
        TOKENS,
        NUMBERS
    }

    /// What is learned of these.
    default Learned learned() {
        return Learned.NUMBERS;
    }

    /// How many of the first samples are taken.
    static Key<Integer> first() {
        return Key.of("first", Forms.count(0), "the first so many samples; 0: all")
                .orElse(0);
    }

    /// How texts are cut.
    static Key<Tokenizer> tokens() {
        return Key.of("tokens", Forms.constant(Tokenizer.values()), "what a token is")
                .orElse(Tokenizer.BYTES);
    }

    /// Reads or generates the samples.
    ///
    /// @throws IllegalArgumentException for files that are missing, damaged or do not fit; the message names file,
    /// place
    ///                                  and what was expected there
    DataSet read(Place place);
}
