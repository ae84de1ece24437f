package adamscope.log;

import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.DerivedMoment;
import adamscope.regime.HyperSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The hyper-parameters that configurations set, with the place of each.
///
/// Sections that are named after an optimizer win over others; sections of something else (`diffusion.betas`,
/// `ema.beta1`, `warmup.lr`) never count. Of equally good places the last one wins; what it says against the others is
/// told.
final class HyperEntries {
    private static final Pattern SEPARATORS = Pattern.compile("[/.\\s:-]+");
    private static final int MOST = 64;

    /// Sections whose numbers are not the optimizer's.
    private static final Set<String> OTHERS = Set.of("""
        diffusion ddpm ddim noise ema warmup swa norm layernorm layer batchnorm bn ln rmsnorm groupnorm
        augment augmentation loss losses criterion sampler sampling prior posterior kl dpo kto grpo vae
        eval evaluation test wandb tokenizer annealing distillation focal momentum\
        """.split("\\s+"));

    /// Sections that say nothing.
    private static final Set<String> PLAIN = Set.of("""
        config args hparams hyper hyperparameters hyperparams params parameters training train trainer run
        experiment main default defaults cfg settings options value learning init_args kwargs param_groups
        group _config learner schedule scheduler lr_scheduler lr_schedule model solver\
        """.split("\\s+"));

    private final Map<String, List<Entry>> entries = new TreeMap<>();

    private record Entry(double value, String place, int rank) {
        String text() {
            return WrittenNumber.brief(value) + " (" + place + ")";
        }
    }

    /// Takes an entry of a configuration; nothing if it sets no hyper-parameter.
    ///
    /// @param file where it stands, empty for the log itself
    /// @param key  with the keys around it: `optimizer/args/lr`
    void take(String file, String key, String value) {
        HyperName.hyper(key, value).forEach((name, number) -> {
            int rank = rank(key, name);
            List<Entry> known = entries.computeIfAbsent(name, _ -> new ArrayList<>());
            if (rank < 3 && known.size() < MOST) {
                known.add(new Entry(number, place(file, key), rank));
            }
        });
    }

    private static String place(String file, String key) {
        String path = key.replaceAll("^/+", "").replaceAll("/\\d+$", "").replace('/', '.');
        return file.isEmpty() ? WrittenNumber.shortened(path) : file + ": " + WrittenNumber.shortened(path);
    }

    /// 0: of an optimizer, 1: of the whole, 2: of a section that is not known, 3: of something else.
    private static int rank(String key, String name) {
        String[] path = SEPARATORS.split(key.strip().toLowerCase(java.util.Locale.ROOT));
        int sections = path.length - 1;
        if (sections >= 0 && path[sections].matches("\\d+")) {
            sections--;
        }
        boolean plain = true;
        boolean optimizer = sections >= 0 && path[sections].startsWith("adam");
        for (int i = 0; i < sections; i++) {
            String section = path[i];
            for (String word : section.split("_")) {
                if (OTHERS.contains(word) || OTHERS.contains(section)) {
                    return 3;
                }
            }
            optimizer |= section.startsWith("optim") || section.startsWith("adam") || section.equals("opt");
            plain &= section.isEmpty() || PLAIN.contains(section) || section.matches("[a-z_]*\\d+|\\d*");
        }
        if (optimizer) {
            return 0;
        }
        boolean rate = Set.of(
                        "lr",
                        "weight_decay",
                        "parameters",
                        DerivedMoment.CLIP,
                        Circumstances.BATCH_SHARE,
                        Circumstances.CROSS_ENTROPY)
                .contains(name);
        return plain ? 1 : rate ? 2 : 3;
    }

    /// The values that count.
    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        entries.forEach((name, all) -> {
            if (!all.isEmpty()) {
                values.put(name, best(all).value());
            }
        });
        return values;
    }

    /// Where they stand, and what speaks against them.
    Map<String, HyperSource> sources() {
        Map<String, HyperSource> sources = new LinkedHashMap<>();
        entries.forEach((name, all) -> {
            if (!all.isEmpty()) {
                Entry best = best(all);
                List<String> others = all.stream()
                        .filter(entry -> entry.value() != best.value())
                        .map(Entry::text)
                        .distinct()
                        .limit(4)
                        .toList();
                sources.put(name, new HyperSource(best.place(), others));
            }
        });
        return sources;
    }

    private static Entry best(List<Entry> all) {
        Entry best = all.getFirst();
        for (Entry entry : all) {
            best = entry.rank() <= best.rank() ? entry : best;
        }
        return best;
    }
}
