package adamscope.log;

import adamscope.log.Recognition.TagReading;
import adamscope.log.RunPoints.Counting;
import adamscope.regime.Quantity;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a key in a text means, and the series that its numbers go to.
final class TextKey {
    private static final Pattern LEVEL = Pattern.compile(
            "^(?:(?:info|debug|warn|warning|error|trace|root|rank ?\\d*)\\W+)+", Pattern.CASE_INSENSITIVE);
    private static final Pattern EPOCH = Pattern.compile(
            "(?:train(?:ing)?\\W*)?epoch(?:\\W*(?:train(?:ing)?|idx|index|num))?\\W*", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANK = Pattern.compile("(?:local_?|global_?)?rank", Pattern.CASE_INSENSITIVE);

    private final String tag;
    private final int stepRank;
    private final boolean epoch;
    private final boolean rank;
    private final boolean skips;
    private final boolean nans;
    private final boolean series;
    private final boolean loss;
    private final boolean named;
    private final Map<Counting, Held> held = new EnumMap<>(Counting.class);
    private final Map<Counting, Held> heldOut = new EnumMap<>(Counting.class);
    private double counted;

    /// The series of a counting, and the number of the row that it has last.
    static final class Held {
        private final Optional<LoggedSeries> series;
        private long last = Long.MIN_VALUE;

        private Held(Optional<LoggedSeries> series) {
            this.series = series;
        }

        Optional<LoggedSeries> series() {
            return series;
        }

        boolean has(long row) {
            return last == row;
        }

        void now(long row) {
            last = row;
        }
    }

    private TextKey(String tag, int stepRank, NameMap names) {
        this.tag = tag;
        this.stepRank = stepRank;
        String lower = tag.toLowerCase(Locale.ROOT);
        epoch = EPOCH.matcher(tag).matches();
        rank = RANK.matcher(tag).matches();
        skips = lower.contains("skipped") || lower.contains("skip_");
        nans = lower.contains("nan iterations") || lower.contains("nan_iterations");
        series = stepRank < 0 && !rank && !skips && !nans && names.reads(tag);
        Optional<TagReading> reading = series ? Recognition.read(tag) : Optional.empty();
        loss = reading.filter(read -> read.quantity().equals(Quantity.LOSS)).isPresent();
        named = Recognition.namesItsData(tag);
    }

    static TextKey none() {
        return new TextKey("", -1, NameMap.byDefault());
    }

    /// @param key   as it stands in the line
    /// @param place in a list behind the key, or -1
    static TextKey of(String key, int place, NameMap names) {
        String plain = LEVEL.matcher(key.strip()).replaceFirst("").strip();
        if (names.given().containsValue(plain)) {
            return new TextKey(plain, -1, names);
        }
        int step = place > 0 ? -1 : plain.equals("s") ? 1000 : StepNames.rankInText(plain);
        if (names.step().filter(plain::equals).isPresent()) {
            step = -1000;
        }
        // "Attempted loss scale: 65536" and "setting loss scale to: 64" are the scale as well.
        boolean scale = plain.toLowerCase(Locale.ROOT).matches(".*\\bloss[ _]scale( to)?");
        String tag = step >= 0 ? plain : scale ? "loss scale" : meant(plain);
        return new TextKey(place > 0 ? tag + "/" + place : tag, step == -1000 ? 0 : step, names);
    }

    /// The words at the end of a long key that name a quantity: "after 3 hours the average loss".
    private static String meant(String key) {
        String[] words = key.split("\\s+");
        if (words.length < 4) {
            return key;
        }
        for (int count = 3; count > 0; count--) {
            String end = String.join(" ", java.util.List.of(words).subList(words.length - count, words.length));
            if (Recognition.read(end).filter(reading -> reading.doubt() < 20).isPresent()) {
                return end;
            }
        }
        return key;
    }

    String tag() {
        return tag;
    }

    /// See [StepNames#rankInText]; -1 if the key names no step.
    int stepRank() {
        return stepRank;
    }

    boolean isEpoch() {
        return epoch;
    }

    boolean isSeries() {
        return series;
    }

    boolean isLoss() {
        return loss;
    }

    /// Whether a count of left out or broken steps has grown, or is not 0 where it counts since the row before.
    boolean grows(double count) {
        boolean more = (skips || nans) && count > 0 && (count > counted || tag.startsWith("number of"));
        counted = count;
        return more;
    }

    boolean countsNans() {
        return nans;
    }

    /// @param out whether the words of the line say that it is about held-out data
    Held held(Counting counting, boolean out, RunPoints run) {
        boolean apart = out && !named && series;
        Map<Counting, Held> of = apart ? heldOut : held;
        Held known = of.get(counting);
        if (known == null) {
            known = new Held(run.series(counting, apart ? "val/" + tag : tag));
            of.put(counting, known);
        }
        return known;
    }
}
