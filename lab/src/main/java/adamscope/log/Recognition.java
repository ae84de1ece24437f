package adamscope.log;

import adamscope.regime.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a tag most likely stands for, from the words in it: `Train/GradNorm_layer1` is gradientNorm of group layer1.
///
/// Conventions of PyTorch examples, Lightning, Keras, Hugging Face, Composer, OLMo, Megatron, fairseq, nanoGPT.
final class Recognition {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{Alnum}]+");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern SEGMENT = Pattern.compile("[/:\\s]+");

    /// Words that say nothing about which loss it is.
    private static final Set<String> MARGINAL = Set.of("""
        train training trainer tr step metrics metric scalars lm model log logs inner iter total value
        optim optimizer current cur reduced is was at the of sft pretrain pretraining finetune results
        result history stats learning\
        """.split("\\s+"));

    /// Sections that name no layer where attention logits stand in them.
    private static final Set<String> ATTENTION = Set.of("attention", "attn");

    /// Short names of trainers, written out.
    private static final Map<String, String> SHORT = Map.of(
            "trl", "train loss", "tloss", "train loss", "tel", "val loss", "vloss", "val loss", "norm", "grad norm");

    private static final Set<String> HELD_OUT =
            Set.of("val", "valid", "validation", "eval", "evaluation", "test", "dev", "holdout");

    /// With one of these a loss is not the loss.
    private static final Set<String> NO_LOSS = Set.of("""
        time seconds acc accuracy std var variance min max best delta ratio count ema scale scaling weight
        tokens grad spike spikes score target\
        """.split("\\s+"));

    private static final Set<String> MEANS = Set.of("avg", "avr", "mean", "running", "smooth", "smoothed", "average");

    private static final Set<String> LOSSES = Set.of("loss", "nll", "objective", "losses", "xent");

    private Recognition() {}

    /// How the value in the log becomes the quantity.
    enum ValueChange {
        NONE,
        /// The log holds ‖v‖₂, of which √‖v‖₂ ≤ ‖√v‖ is the nearest that can be had.
        ROOT,
        /// The log holds exp(loss).
        LOGARITHM
    }

    /// A reading of a tag.
    ///
    /// @param quantity a name of [Quantity], with `/group` where it is one of a group
    /// @param doubt    the smaller, the surer
    record TagReading(String quantity, int doubt, ValueChange change) {}

    private record Phrase(String quantity, ValueChange change, List<String> words) {
        /// All that mean one quantity, each with its words.
        static List<Phrase> of(String quantity, String... phrases) {
            return all(quantity, ValueChange.NONE, phrases);
        }

        static List<Phrase> rooted(String... phrases) {
            return all(Quantity.ROOT_SECOND_MOMENT_NORM, ValueChange.ROOT, phrases);
        }

        private static List<Phrase> all(String quantity, ValueChange change, String... phrases) {
            return Arrays.stream(phrases)
                    .map(words -> new Phrase(quantity, change, List.of(words.split(" "))))
                    .toList();
        }
    }

    /// The first phrase whose words all occur wins.
    private static final List<Phrase> PHRASES = Stream.of(
                    Phrase.of(
                            Quantity.LOSS_SCALE,
                            "loss scale",
                            "loss scaling",
                            "grad scale",
                            "scaler scale",
                            "amp scale"),
                    Phrase.of(Quantity.PRECONDITIONED_SHARPNESS, "preconditioned sharpness", "effective sharpness"),
                    Phrase.of(Quantity.SHARPNESS, "sharpness", "hessian max", "hessian top", "lambda max"),
                    Phrase.of(
                            Quantity.ATTENTION_LOGIT_MAX,
                            "attn logit max",
                            "attn logits max",
                            "attention logit max",
                            "attention logits max",
                            "max attn score",
                            "qk max",
                            "max logit",
                            "max logits",
                            "qk logit",
                            "qk logits",
                            "attention score max",
                            "attention scores max"),
                    Phrase.of(
                            Quantity.ROOT_SECOND_MOMENT_NORM,
                            "root second moment norm",
                            "sqrt v norm",
                            "sqrt exp avg sq"),
                    Phrase.rooted("exp avg sq", "second moment norm", "v norm"),
                    Phrase.of(
                            Quantity.AVERAGE_GRADIENT_NORM,
                            "exp avg",
                            "average gradient norm",
                            "first moment norm",
                            "norm moment",
                            "momentum norm",
                            "m norm"),
                    Phrase.of(Quantity.STEP_NORM, "update norm", "updates norm"),
                    Phrase.of(
                            Quantity.GRADIENT_NORM,
                            "grad norm",
                            "grads norm",
                            "gradient norm",
                            "gradients norm",
                            "gradnorm",
                            "gnorm",
                            "g norm"),
                    Phrase.of(
                            Quantity.WEIGHT_NORM,
                            "param norm",
                            "params norm",
                            "parameter norm",
                            "weight norm",
                            "weights norm"),
                    Phrase.of(Quantity.STEP_NORM, "step norm", "delta norm"),
                    Phrase.of(Quantity.LR, "learning rate", "lr"))
            .flatMap(List::stream)
            .toList();

    /// In names of norms these words say nothing about the group.
    private static final Set<String> WHOLE =
            Set.of("global", "overall", "all", "l2", "post", "pre", "before", "clip", "per", "hparams");

    private static final Set<String> NO_QUANTITY = Set.of("""
        clipped after threshold coef coefficient std var min ratio scheduler warmup decay mult multiplier
        factor time\
        """.split("\\s+"));

    /// With one of these, tokens or samples are no count of what has passed.
    private static final Set<String> NO_COUNT = Set.of("""
        per sec second s rate batch size length len loss avg mean max min time gpu device throughput
        padding ratio tps eval val valid validation test step micro\
        """.split("\\s+"));

    /// What a tag most likely stands for; empty if it is not among the quantities.
    static Optional<TagReading> read(String tag) {
        if (tag.length() > 300) {
            return Optional.empty();
        }
        int slash = tag.indexOf('/');
        String first = slash < 0 ? tag : tag.substring(0, slash);
        if (Quantity.ALL.contains(first) && !(first.equals(Quantity.LOSS) && slash > 0)) {
            return Optional.of(new TagReading(tag, tag.equals(Quantity.LOSS) ? 1 : 0, ValueChange.NONE));
        }
        List<String> words = words(SHORT.getOrDefault(tag.toLowerCase(Locale.ROOT), tag));
        Optional<TagReading> counter = counter(words);
        if (counter.isPresent()) {
            return counter;
        }
        for (Phrase phrase : PHRASES) {
            if (words.containsAll(phrase.words())) {
                return phrase(tag, words, phrase);
            }
        }
        if (words.stream().anyMatch(word -> word.matches("lr\\d+"))) {
            return Optional.of(new TagReading(Quantity.ofGroup(Quantity.LR, tag), 2, ValueChange.NONE));
        }
        return loss(words);
    }

    /// Whether a name of a loss says that it is averaged over steps, which hides spikes.
    static boolean smoothed(String tag) {
        return words(tag).stream().anyMatch(word -> MEANS.contains(word) || word.equals("epoch"));
    }

    /// Whether a name says that each value is an average over an epoch.
    static boolean ofAnEpoch(String tag) {
        return words(tag).contains("epoch");
    }

    /// Whether a name says itself what data it is about, so that the words around it do not.
    static boolean namesItsData(String tag) {
        return words(SHORT.getOrDefault(tag.toLowerCase(Locale.ROOT), tag)).stream()
                .anyMatch(word -> HELD_OUT.contains(word) || word.equals("train") || word.equals("training"));
    }

    /// What of a name tells a term of the loss from the others: `box` of `train/box_loss`.
    static String term(String tag) {
        List<String> own = words(tag).stream()
                .filter(word -> !MARGINAL.contains(word)
                        && !HELD_OUT.contains(word)
                        && !MEANS.contains(word)
                        && !LOSSES.contains(word)
                        && !word.equals("epoch"))
                .toList();
        return own.isEmpty() ? tag : String.join(" ", own);
    }

    /// Epochs, tokens or samples so far.
    private static Optional<TagReading> counter(List<String> words) {
        boolean epoch = words.contains("epoch") || words.contains("epochs");
        if (epoch && words.stream().allMatch(word -> word.startsWith("epoch") || MARGINAL.contains(word))) {
            return Optional.of(new TagReading(Quantity.EPOCH, words.size(), ValueChange.NONE));
        }
        if (words.stream().anyMatch(NO_COUNT::contains)) {
            return Optional.empty();
        }
        if (words.contains("tokens")) {
            return Optional.of(new TagReading(Quantity.TOKENS, words.size(), ValueChange.NONE));
        }
        boolean samples = words.contains("samples") || words.contains("examples") || words.contains("images");
        return samples && words.stream().noneMatch(word -> word.equals("num") || word.equals("n"))
                ? Optional.of(new TagReading(Quantity.SAMPLES, words.size(), ValueChange.NONE))
                : Optional.empty();
    }

    private static Optional<TagReading> phrase(String tag, List<String> words, Phrase phrase) {
        if (words.stream().anyMatch(NO_QUANTITY::contains)) {
            return Optional.empty();
        }
        int doubt = words.stream().anyMatch(HELD_OUT::contains) ? 20 : 0;
        List<String> group = new ArrayList<>();
        for (String segment : SEGMENT.split(tag)) {
            boolean named = words(segment).stream()
                    .anyMatch(word -> !phrase.words().contains(word)
                            && !silent(word)
                            && !HELD_OUT.contains(word)
                            && !(phrase.quantity().equals(Quantity.ATTENTION_LOGIT_MAX) && ATTENTION.contains(word)));
            if (named) {
                group.add(segment);
            }
        }
        String quantity =
                group.isEmpty() ? phrase.quantity() : Quantity.ofGroup(phrase.quantity(), String.join("/", group));
        return Optional.of(
                new TagReading(quantity, doubt + words.size() - phrase.words().size(), phrase.change()));
    }

    private static boolean silent(String word) {
        return MARGINAL.contains(word)
                || WHOLE.contains(word)
                || word.equals("norm")
                || word.equals("max")
                || word.equals("loss")
                || word.chars().allMatch(Character::isDigit);
    }

    private static Optional<TagReading> loss(List<String> words) {
        boolean perplexity = words.contains("ppl") || words.contains("perplexity");
        boolean loss = words.stream().anyMatch(LOSSES::contains);
        if (!perplexity && !loss || words.stream().anyMatch(NO_LOSS::contains)) {
            return Optional.empty();
        }
        ValueChange change = loss ? ValueChange.NONE : ValueChange.LOGARITHM;
        int doubt = loss ? 0 : 8;
        boolean heldOut = words.stream().anyMatch(HELD_OUT::contains);
        doubt += words.contains("train") || words.contains("training") || heldOut ? 0 : 1;
        for (String word : Set.copyOf(words)) {
            if (MEANS.contains(word)) {
                doubt += 4;
            } else if (word.equals("epoch")) {
                doubt += 5;
            } else if (Set.of("ce", "cross", "entropy", "nll", "xent", "batch").contains(word)) {
                doubt += 1;
            } else if (!MARGINAL.contains(word)
                    && !HELD_OUT.contains(word)
                    && !Set.of("loss", "losses", "objective", "ppl", "perplexity")
                            .contains(word)) {
                doubt += 20;
            }
        }
        return Optional.of(new TagReading(heldOut ? Quantity.VALIDATION_LOSS : Quantity.LOSS, doubt, change));
    }

    private static List<String> words(String tag) {
        Set<String> words = new LinkedHashSet<>();
        Arrays.stream(NO_WORD.split(tag.replace("loss_fn", "loss").replace("logits", "logit")))
                .flatMap(HUMP::splitAsStream)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .forEach(words::add);
        return List.copyOf(words);
    }
}
