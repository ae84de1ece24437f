package adamscope.data;

import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// A text to learn to continue: cut into pieces of `length` tokens, each with the tokens that follow as its targets.
///
/// @param file   plain text; without it the shipped one
/// @param length tokens of a sample
/// @param first  the first so many samples; 0: all
public record TextSource(Optional<Path> file, Tokenizer tokens, int length, int first) implements DataSource.Published {
    static final Shape<TextSource> SHAPE = Shape.of(keys -> {
        var file = keys.add(
                Key.optional("file", Forms.path(), "plain text; without it the shipped one"), TextSource::file);
        var tokens = keys.add(DataSource.tokens(), TextSource::tokens);
        var length =
                keys.add(Key.of("length", Forms.count(1), "tokens of a sample").orElse(64), TextSource::length);
        var first = keys.add(DataSource.first(), TextSource::first);
        return in -> new TextSource(in.get(file), in.get(tokens), in.get(length), in.get(first));
    });

    public TextSource {
        if (length < 1 || first < 0) {
            throw new IllegalArgumentException(
                    "length = " + length + ", first = " + first + ": length is at least 1, first at least 0 (all)");
        }
    }

    @Override
    public Learned learned() {
        return Learned.TOKENS;
    }

    @Override
    public DataSet read(Place place) {
        String source = file.map(Path::toString).orElse(ShippedText.ENGLISH.resource());
        byte[] bytes = file.map(DataFiles::bytes).orElseGet(ShippedText.ENGLISH::bytes);
        Tokenizer.Encoded encoded = tokens.encoded(source, bytes);
        int[] text = encoded.texts()[0];
        int pieces = (text.length - 1) / length;
        if (pieces < Math.max(1, first)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has %d tokens, which give %d samples of length %d; first = %d are wanted",
                    source,
                    text.length,
                    Math.max(0, pieces),
                    length,
                    Math.max(1, first)));
        }
        int samples = first == 0 ? pieces : first;
        long[] inputs = new long[samples * length];
        long[] targets = new long[samples * length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = text[i];
            targets[i] = text[i + 1];
        }
        return new DataSet(
                new Samples(place.integers(inputs, samples, length), place.integers(targets, samples, length), place),
                new DataShape.Tokens(length, encoded.vocabulary()));
    }
}
