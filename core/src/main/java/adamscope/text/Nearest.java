package adamscope.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The word that was meant.
public final class Nearest {
    private Nearest() {}

    /// The word that takes the fewest letters inserted, left out, replaced or exchanged with their neighbour
    /// (Damerau), at most a third of the longer word; the first of several.
    public static Optional<String> to(String word, Collection<String> words) {
        return words.stream()
                .filter(other -> 3 * distance(word, other) <= Math.max(word.length(), other.length()))
                .min(Comparator.comparingInt(other -> distance(word, other)));
    }

    /// So many of the words, the nearest first; one that holds the word or its beginning is near.
    public static List<String> first(int count, String word, Collection<String> words) {
        String given = word.toLowerCase(Locale.ROOT);
        return words.stream()
                .sorted(Comparator.comparingInt(other -> {
                    String known = other.toLowerCase(Locale.ROOT);
                    return known.contains(given) || given.contains(known)
                            ? Math.min(1, distance(given, known))
                            : distance(given, known);
                }))
                .limit(count)
                .toList();
    }

    /// `; did you mean 'steps'?`, or nothing.
    public static String hint(String word, Collection<String> words) {
        return to(word, words).map(other -> "; did you mean '" + other + "'?").orElse("");
    }

    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean exchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (exchanged) {
                    cost[i][j] = Math.min(cost[i][j], 1 + cost[i - 2][j - 2]);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
