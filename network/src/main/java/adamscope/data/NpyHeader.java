package adamscope.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The header of a `.npy` file: a Python literal such as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
///
/// Read from left to right, once, so that no text takes longer than its length.
///
/// @param order   of the bytes of a number: `<`, `>`, `|` or `=`
/// @param type    letter and bytes, such as `f8`
/// @param columns whether the first index is fastest
/// @param shape   extents as written
record NpyHeader(char order, String type, boolean columns, List<String> shape) {

    /// The header, or nothing where the text is another one.
    static Optional<NpyHeader> read(String text) {
        return new HeaderText(text).dictionary().flatMap(NpyHeader::of);
    }

    private static Optional<NpyHeader> of(Map<String, List<String>> fields) {
        List<String> descr = fields.getOrDefault("descr", List.of());
        List<String> fortran = fields.getOrDefault("fortran_order", List.of());
        List<String> shape = fields.get("shape");
        boolean complete = descr.size() == 1
                && descr.getFirst().matches("'[<>|=][a-zA-Z][0-9]{0,9}'")
                && (fortran.equals(List.of("True")) || fortran.equals(List.of("False")))
                && shape != null
                && shape.stream().allMatch(extent -> extent.matches("[0-9]++L?"));
        if (!complete) {
            return Optional.empty();
        }
        String type = descr.getFirst().substring(2, descr.getFirst().length() - 1);
        return Optional.of(new NpyHeader(
                descr.getFirst().charAt(1),
                type,
                fortran.getFirst().equals("True"),
                shape.stream().map(extent -> extent.replace("L", "")).toList()));
    }

    private static final class HeaderText {
        private final String text;
        private int at;

        HeaderText(String text) {
            this.text = text;
        }

        /// `{'KEY': VALUE, …}`, each value as its words: one of a scalar, those inside of a tuple.
        Optional<Map<String, List<String>>> dictionary() {
            Map<String, List<String>> fields = new HashMap<>();
            if (!take('{')) {
                return Optional.empty();
            }
            while (!take('}')) {
                String key = word();
                if (key.length() < 2 || !key.startsWith("'") || !take(':')) {
                    return Optional.empty();
                }
                Optional<List<String>> value = value();
                if (value.isEmpty() || fields.put(key.substring(1, key.length() - 1), value.get()) != null) {
                    return Optional.empty();
                }
                if (!take(',') && !next('}')) {
                    return Optional.empty();
                }
            }
            skip();
            return at == text.length() ? Optional.of(fields) : Optional.empty();
        }

        private Optional<List<String>> value() {
            if (!take('(')) {
                String word = word();
                return word.isEmpty() ? Optional.empty() : Optional.of(List.of(word));
            }
            List<String> words = new ArrayList<>();
            while (!take(')')) {
                String word = word();
                if (word.isEmpty()) {
                    return Optional.empty();
                }
                words.add(word);
                if (!take(',') && !next(')')) {
                    return Optional.empty();
                }
            }
            return Optional.of(words);
        }

        /// A text with its quotes (as `'…'`), or letters and digits; empty where neither begins.
        private String word() {
            skip();
            int start = at;
            if (next('\'') || next('"')) {
                int end = text.indexOf(text.charAt(at), at + 1);
                at = end < 0 ? text.length() : end + 1;
                return end < 0 ? "" : "'" + text.substring(start + 1, end) + "'";
            }
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            return text.substring(start, at);
        }

        private boolean take(char c) {
            boolean there = next(c);
            at += there ? 1 : 0;
            return there;
        }

        private boolean next(char c) {
            skip();
            return at < text.length() && text.charAt(at) == c;
        }

        private void skip() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
