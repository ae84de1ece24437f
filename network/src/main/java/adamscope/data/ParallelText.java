package adamscope.data;

import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Texts and their translations, line by line in two files.
///
/// One vocabulary serves both: token 0 fills up, 1 begins a text, 2 ends it. The inputs hold the source line and then
/// what a decoder is given, 1 and the target line; the targets hold the target line and then 2. Pairs with an empty
/// line or one that is too long are left out.
///
/// @param files        source and target; without them the shipped English and German
/// @param sourceLength tokens of a source line at most
/// @param targetLength tokens of a target line at most, with its end
/// @param first        the first so many pairs; 0: all
/// @param most         lines that are read of each file; 0: all
public record ParallelText(
        Optional<Aligned> files, Tokenizer tokens, int sourceLength, int targetLength, int first, int most)
        implements DataSource.Published {
    static final Shape<ParallelText> SHAPE = Shape.of(keys -> {
        var from = keys.add(
                Key.optional("from", Forms.path(), "lines to translate; without files the shipped ones"),
                text -> text.files().map(Aligned::source));
        var into = keys.add(
                Key.optional("into", Forms.path(), "their translations"),
                text -> text.files().map(Aligned::target));
        var tokens = keys.add(DataSource.tokens(), ParallelText::tokens);
        var source = keys.add(
                Key.of("source_length", Forms.count(1), "tokens of a line at most")
                        .orElse(32),
                ParallelText::sourceLength);
        var target = keys.add(
                Key.of("target_length", Forms.count(2), "tokens of a translation at most")
                        .orElse(32),
                ParallelText::targetLength);
        var first = keys.add(DataSource.first(), ParallelText::first);
        var lines = keys.add(
                Key.of("lines", Forms.count(0), "lines that are read of each file, of a large one; 0: all")
                        .orElse(0)
                        .quiet(),
                ParallelText::most);
        return in -> new ParallelText(
                Aligned.of(in.get(from), in.get(into)),
                in.get(tokens),
                in.get(source),
                in.get(target),
                in.get(first),
                in.get(lines));
    });

    /// All lines of the files.
    public ParallelText(Optional<Aligned> files, Tokenizer tokens, int sourceLength, int targetLength, int first) {
        this(files, tokens, sourceLength, targetLength, first, 0);
    }

    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int SPECIAL = 3;

    /// Two files with as many lines each.
    public record Aligned(Path source, Path target) {
        private static Optional<Aligned> of(Optional<Path> source, Optional<Path> target) {
            if (source.isPresent() != target.isPresent()) {
                throw new IllegalArgumentException(
                        (source.isPresent() ? "'into'" : "'from'") + " is missing: it takes two files, or none");
            }
            return source.map(file -> new Aligned(file, target.orElseThrow()));
        }
    }

    /// The tokens of a line and of its translation.
    private record Pair(int[] source, int[] target) {}

    public ParallelText {
        if (sourceLength < 1 || targetLength < 2 || first < 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "source_length = %d, target_length = %d, first = %d: allowed are at least 1, 2 and 0 (all)",
                    sourceLength,
                    targetLength,
                    first));
        }
    }

    @Override
    public Learned learned() {
        return Learned.TOKENS;
    }

    @Override
    public DataSet read(Place place) {
        String source = files.map(aligned -> aligned.source().toString()).orElse("shipped English");
        String target = files.map(aligned -> aligned.target().toString()).orElse("shipped German");
        byte[][] from =
                lines(files.map(a -> DataFiles.lines(a.source(), most)).orElseGet(ShippedText.HANDBOOK_ENGLISH::bytes));
        byte[][] to =
                lines(files.map(a -> DataFiles.lines(a.target(), most)).orElseGet(ShippedText.HANDBOOK_GERMAN::bytes));
        if (from.length != to.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has %d lines, but %s has %d: line %d of one has no partner",
                    source,
                    from.length,
                    target,
                    to.length,
                    Math.min(from.length, to.length) + 1));
        }
        byte[][] both = Arrays.copyOf(from, 2 * from.length);
        System.arraycopy(to, 0, both, from.length, to.length);
        Tokenizer.Encoded encoded = tokens.encoded(source + " or " + target, both);
        List<Pair> pairs = pairs(encoded.texts());
        if (pairs.size() < Math.max(1, first)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s and %s have %d pairs of at most %d and %d tokens; first = %d are wanted",
                    source,
                    target,
                    pairs.size(),
                    sourceLength,
                    targetLength,
                    Math.max(1, first)));
        }
        return samples(pairs, encoded.vocabulary(), place);
    }

    private List<Pair> pairs(int[][] texts) {
        List<Pair> pairs = new ArrayList<>();
        int lines = texts.length / 2;
        for (int line = 0; line < lines && (first == 0 || pairs.size() < first); line++) {
            Pair pair = new Pair(texts[line], texts[lines + line]);
            if (pair.source().length > 0
                    && pair.source().length <= sourceLength
                    && pair.target().length > 0
                    && pair.target().length < targetLength) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private DataSet samples(List<Pair> pairs, int vocabulary, Place place) {
        int width = sourceLength + targetLength;
        long[] inputs = new long[Math.multiplyExact(pairs.size(), width)];
        long[] targets = new long[pairs.size() * targetLength];
        for (int i = 0; i < pairs.size(); i++) {
            int[] source = pairs.get(i).source();
            int[] target = pairs.get(i).target();
            for (int k = 0; k < source.length; k++) {
                inputs[i * width + k] = SPECIAL + source[k];
            }
            inputs[i * width + sourceLength] = BEGIN;
            for (int k = 0; k < target.length; k++) {
                inputs[i * width + sourceLength + 1 + k] = SPECIAL + target[k];
                targets[i * targetLength + k] = SPECIAL + target[k];
            }
            targets[i * targetLength + target.length] = END;
        }
        return new DataSet(
                new Samples(
                        place.integers(inputs, pairs.size(), width),
                        place.integers(targets, pairs.size(), targetLength),
                        place),
                new DataShape.Pairs(sourceLength, targetLength, SPECIAL + vocabulary));
    }

    /// The lines without their ends; what follows the last end is a line unless it is empty.
    private static byte[][] lines(byte[] text) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length ? start < i : text[i] == '\n') {
                int end = i > start && text[i - 1] == '\r' ? i - 1 : i;
                lines.add(Arrays.copyOfRange(text, start, end));
                start = i + 1;
            }
        }
        return lines.toArray(byte[][]::new);
    }
}
