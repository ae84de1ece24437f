package adamscope.data;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.Arrays;
import java.util.TreeMap;

/// How text becomes whole numbers.
public enum Tokenizer {
    /// Its bytes in UTF-8: 256 tokens.
    BYTES,
    /// Byte pairs of GPT-2, `r50k_base`.
    GPT2,
    /// Byte pairs of GPT-4, `cl100k_base`.
    CL100K;

    /// The tokens of several texts with one vocabulary, each as numbers from 0.
    ///
    /// Of byte pairs, those that occur are numbered anew, in the order of the encoding: a small text needs no table of
    /// 50,000 embeddings.
    ///
    /// @throws IllegalArgumentException if a text is not UTF-8, for byte pairs
    Encoded encoded(String source, byte[]... texts) {
        return switch (this) {
            case BYTES ->
                new Encoded(Arrays.stream(texts).map(Tokenizer::unsigned).toArray(int[][]::new), 256);
            case GPT2 -> pairs(EncodingType.R50K_BASE, source, texts);
            case CL100K -> pairs(EncodingType.CL100K_BASE, source, texts);
        };
    }

    /// @param texts      of each text the tokens
    /// @param vocabulary how many tokens there are
    record Encoded(int[][] texts, int vocabulary) {}

    private static int[] unsigned(byte[] bytes) {
        int[] tokens = new int[bytes.length];
        Arrays.setAll(tokens, i -> bytes[i] & 0xff);
        return tokens;
    }

    private static Encoded pairs(EncodingType type, String source, byte[]... texts) {
        var encoding = Encodings.newLazyEncodingRegistry().getEncoding(type);
        int[][] tokens = new int[texts.length][];
        TreeMap<Integer, Integer> numbers = new TreeMap<>();
        for (int i = 0; i < texts.length; i++) {
            IntArrayList found = encoding.encodeOrdinary(DataFiles.text(source, texts[i]));
            tokens[i] = found.toArray();
            Arrays.stream(tokens[i]).forEach(token -> numbers.put(token, 0));
        }
        int next = 0;
        for (var number : numbers.entrySet()) {
            number.setValue(next++);
        }
        for (int[] text : tokens) {
            Arrays.setAll(text, i -> numbers.get(text[i]));
        }
        return new Encoded(tokens, numbers.size());
    }
}
