package adamscope.log;

import adamscope.regime.WordEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Events that a line of a log tells in words.
final class TextWords {
    private static final Pattern LOADED =
            Pattern.compile("\\b(?:resum(?:e|es|ed|ing)|load(?:ed|ing)|restor(?:ed|ing)|continuing training)\\b.*"
                    + "\\b(?:checkpoint|ckpt|checkpoints|training|state|step|iteration|epoch)\\b|"
                    + "\\b(?:checkpoint|ckpt)\\b.*\\b(?:loaded|restored|resumed)\\b");
    private static final Pattern NOT_LOADED = Pattern.compile(
            "\\bshards?\\b|pre-?trained|tokenizer|dataset|data ?loader|\\bno (?:checkpoint|ckpt)|not found|could not|"
                    + "\\bfail|\\bextension|\\bmodule|optimi[sz]er states? (?:is|was) not");
    private static final Pattern SAVED =
            Pattern.compile("\\bsav(?:ed|ing|e)\\b.*\\b(?:checkpoint|ckpt|model|state|weights)\\b|"
                    + "\\b(?:checkpoint|ckpt)\\b.*\\b(?:saved|written)\\b");
    private static final Pattern SKIPPED =
            Pattern.compile("\\bskip(?:ping|ped)\\b.*\\b(?:step|update|batch|gradient|iteration|optimizer)\\b|"
                    + "\\b(?:step|update|batch|gradient|iteration)s?\\b.*\\b(?:skipped|ignored)\\b|"
                    + "\\bignoring gradient\\b");
    private static final Pattern SCALE = Pattern.compile("\\b(?:loss|grad|gradient|dynamic)["
        + " _]?scal(?:e|er|ing)\\b.*\\b(?:reduc|lower|halv|decreas|increas|set|to\\b)|\\b(?:reduc|lower|halv|decreas|increas|sett)\\w*\\b.*\\b(?:loss|grad)["
        + " _]?scal(?:e|er|ing)\\b");
    private static final Pattern NOT_A_NUMBER = Pattern.compile(
            "\\b(?:loss|grad|gradient|gradients|norm|weights?|activations?)\\b.*\\b(?:is|are|was|became|contains?|:|=)\\s*(?:nan|inf|not"
                + " finite|infinite)\\b|\\bnon-?finite\\b|"
                + "(?<![-\\w])(?:nan|nans|infs?)\\b(?!-).*\\b(?:found|detected|encountered|loss|grad|gradient|gradients)\\b|"
                + "\\b(?:found|detected|encountered|got)\\b.*\\b(?:nan|nans|inf|infs)\\b");

    private TextWords() {}

    /// The event of a line; of several, the first in the order of the table.
    ///
    /// | words | event |
    /// | --- | --- |
    /// | overflow | OVERFLOW |
    /// | skipping step, gradient ignored | SKIPPED_STEP |
    /// | reducing loss scale to 32768 | LOSS_SCALE |
    /// | loss is nan, non-finite gradients | NOT_A_NUMBER |
    /// | resuming from checkpoint, loaded checkpoint | LOADED_CHECKPOINT |
    /// | saving checkpoint | SAVED_CHECKPOINT |
    static Optional<WordEvent.Kind> event(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.contains("overflow") && !lower.contains("stack overflow") && !lower.contains("overflow: 0")) {
            return Optional.of(WordEvent.Kind.OVERFLOW);
        }
        if (SKIPPED.matcher(lower).find()) {
            return Optional.of(WordEvent.Kind.SKIPPED_STEP);
        }
        if (SCALE.matcher(lower).find()) {
            return Optional.of(WordEvent.Kind.LOSS_SCALE);
        }
        if (NOT_A_NUMBER.matcher(lower).find() && !lower.contains("nan iterations")) {
            return Optional.of(WordEvent.Kind.NOT_A_NUMBER);
        }
        if (LOADED.matcher(lower).find() && !NOT_LOADED.matcher(lower).find()) {
            return Optional.of(WordEvent.Kind.LOADED_CHECKPOINT);
        }
        return SAVED.matcher(lower).find() ? Optional.of(WordEvent.Kind.SAVED_CHECKPOINT) : Optional.empty();
    }
}
