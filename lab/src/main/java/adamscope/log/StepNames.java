package adamscope.log;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of the column or key that counts the steps, the surest first; the last are short, or of other languages.
final class StepNames {
    private static final List<String> NAMES = List.of("""
        trainer/global_step train/global_step global_step globalstep step optimizer_step train_step
        train/step current_steps current_step iteration iterations iter itr train/iter num_updates update
        updates steps _step batch_idx batch minibatch
        it its schritt schritte étape etape étapes paso pasos passo passi krok шаг 步 步数 ステップ 스텝\
        """.split("\\s+"));

    /// A name of these words that ends in one of [#COUNTED] counts steps too, after all of the list.
    private static final Set<String> AROUND = Set.of("""
        train training trainer global optimizer optim opt current cur completed num number of n inner outer
        main at time\
        """.split("\\s+"));

    private static final Set<String> COUNTED = Set.of("step", "steps", "iter", "iters", "iteration", "iterations");

    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /// In settings, these are how many there will be: "train_iters 159576".
    private static final Pattern TOTAL =
            Pattern.compile("(?i)^(?:train|training|num|number|n)[ _-]?(?:steps|iters|iterations)$");

    private StepNames() {}

    /// The place of a name in the list, or -1 if it names no step.
    static int rank(String name) {
        if (name.length() > 30) {
            return -1;
        }
        String plain = name.strip().toLowerCase(Locale.ROOT);
        int listed = NAMES.indexOf(plain.replace(' ', '_'));
        if (listed >= 0) {
            return listed;
        }
        String[] words =
                NO_WORD.split(HUMP.matcher(name.strip()).replaceAll("_").toLowerCase(Locale.ROOT));
        if (words.length == 0 || !COUNTED.contains(words[words.length - 1])) {
            return -1;
        }
        for (int i = 0; i < words.length - 1; i++) {
            if (!words[i].isEmpty() && !AROUND.contains(words[i])) {
                return -1;
            }
        }
        return NAMES.size();
    }

    /// The same for the words before a number in running text: "successfully loaded checkpoint at iteration".
    static int rankInText(String words) {
        int rank = rank(words);
        if (rank >= 0) {
            return TOTAL.matcher(words).find() ? -1 : rank;
        }
        String last = words.substring(words.lastIndexOf(' ') + 1);
        return words.indexOf(' ') > 0 && COUNTED.contains(last.toLowerCase(Locale.ROOT)) && !counts(words)
                ? NAMES.size() + 1
                : -1;
    }

    /// "number of skipped iterations" is no step.
    private static boolean counts(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("number")
                || lower.contains("skip")
                || lower.contains("total")
                || lower.contains("per ")
                || lower.contains("warm")
                || lower.contains("max")
                || lower.contains("nan")
                || lower.contains("accumul")
                || lower.contains("every")
                || lower.contains("last")
                || lower.contains("best");
    }
}
