package adamscope.report;

import java.util.Map;

/// A statement of a paper held against a measurement. Numbers are texts, so that a measurement keeps its spread and
/// unit.
///
/// @param id short and stable, such as `p1-theorem-4.1`
/// @param paper where the statement stands, with its number
/// @param statement what is said
/// @param setup what was run to check it
/// @param expected the value the statement predicts
/// @param tolerance by how much the measurement may differ, and why
/// @param measured what came out
/// @param verdict whether they agree
/// @param note what a reader must know besides; may be empty
/// @param origin where the criterion comes from and what it was before; may be empty
/// @param numbers what was measured, over several seeds the means, by the names of the criterion's bounds; may be empty
public record Claim(
        String id,
        String paper,
        String statement,
        String setup,
        String expected,
        String tolerance,
        String measured,
        Verdict verdict,
        String note,
        String origin,
        Map<String, Double> numbers) {
    public Claim {
        numbers = Map.copyOf(numbers);
    }

    /// A claim whose criterion stands beside it.
    public Claim(
            String id,
            String paper,
            String statement,
            String setup,
            String expected,
            String tolerance,
            String measured,
            Verdict verdict,
            String note) {
        this(id, paper, statement, setup, expected, tolerance, measured, verdict, note, "", Map.of());
    }

    /// Whether a measurement agrees with a claim.
    public enum Verdict {
        AGREES("agrees", "✓"),
        DISAGREES("disagrees", "✗"),
        CONDITIONAL("agrees under a condition", "◐"),
        INCONCLUSIVE("inconclusive", "?");

        private final String words;
        private final String sign;

        Verdict(String words, String sign) {
            this.words = words;
            this.sign = sign;
        }

        /// The verdict as a reader says it.
        public String words() {
            return words;
        }

        /// A sign that tells the verdict without colour.
        public String sign() {
            return sign;
        }
    }
}
