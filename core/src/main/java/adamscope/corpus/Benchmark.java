package adamscope.corpus;

import adamscope.diagnosis.Cause;
import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.EarlyWarning;
import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a diagnosis is worth, measured on the labelled corpus.
///
/// @param confusions causes named against causes built in, by what was logged
/// @param ours       rises of a hundred times and more found by [SpikeSearch]
/// @param others     the same found by [WindowRule]
/// @param warnings   alarms before rises, by cause
public record Benchmark(
        Map<Confusion.Logged, Confusion> confusions,
        Found ours,
        Found others,
        Map<Cause, Warned> warnings,
        Warned quiet) {
    private static final double HUNDREDFOLD = 2;
    private static final int BEFORE = EarlyWarning.AHEAD;
    private static final int SUSTAINED = 10;

    /// Rises found, and flags where nothing was done to the run.
    ///
    /// @param rises       rises of a hundred times or more that there are
    /// @param found       how many of them were flagged
    /// @param falseAlarms flags on runs without a cause
    /// @param quietSteps  steps of these runs
    public record Found(int rises, int found, int falseAlarms, long quietSteps) {
        /// The share that was found.
        public double recall() {
            return (double) found / rises;
        }
    }

    /// Alarms before the first rise.
    ///
    /// @param runs   runs, one rise each
    /// @param warned how many had an alarm in the 200 steps before the onset
    /// @param lead   middle number of steps from alarm to onset, of those warned
    /// @param alarms alarms in all rows further than 200 steps before any rise
    /// @param steps  these rows
    public record Warned(int runs, int warned, double lead, int alarms, long steps) {}

    /// Measures everything on one half of the corpus.
    public static Benchmark of(Corpus.Half half, int each) {
        List<Corpus.Labelled> runs = Corpus.all(half, each);
        Map<Confusion.Logged, Confusion> confusions = new EnumMap<>(Confusion.Logged.class);
        for (Confusion.Logged logged : Confusion.Logged.values()) {
            Confusion confusion = Confusion.empty();
            runs.forEach(run -> confusion.count(run, logged));
            confusions.put(logged, confusion);
        }
        Map<Cause, Warned> warnings = new EnumMap<>(Cause.class);
        for (Cause cause : Corpus.BUILT) {
            warnings.put(
                    cause,
                    warned(runs.stream()
                            .filter(r -> r.cause().filter(cause::equals).isPresent())
                            .toList()));
        }
        return new Benchmark(
                confusions,
                found(runs, Benchmark::ours),
                found(runs, Benchmark::others),
                warnings,
                warned(runs.stream().filter(r -> r.cause().isEmpty()).toList()));
    }

    /// The rows of rises of a hundred times and more, as pairs of the first row above twice the low and the row of the
    /// peak: the definition does not use the search that is measured.
    static List<int[]> hundredfold(double[] y) {
        List<int[]> rises = new ArrayList<>();
        double lowest = Double.POSITIVE_INFINITY;
        int from = -1;
        int peak = -1;
        for (int i = SUSTAINED; i < y.length; i++) {
            double sustained = Arrays.stream(y, i - SUSTAINED, i).max().orElseThrow();
            if (peak < 0) {
                lowest = Math.min(lowest, sustained);
                from = y[i] <= lowest + Math.log10(2) ? -1 : from < 0 ? i : from;
                peak = y[i] >= lowest + HUNDREDFOLD ? i : -1;
            } else if (y[i] > y[peak]) {
                peak = i;
            } else if (i - peak > SUSTAINED && sustained < (y[peak] + lowest) / 2) {
                rises.add(new int[] {from, peak});
                peak = -1;
                from = -1;
                lowest = sustained;
            }
        }
        if (peak >= 0) {
            rises.add(new int[] {from, peak});
        }
        return rises;
    }

    private interface Flags {
        List<int[]> of(long[] steps, double[] loss);
    }

    private static List<int[]> ours(long[] steps, double[] loss) {
        LossCurve curve = LossCurve.of(steps, loss);
        return SpikeSearch.events(curve).stream()
                .map(e -> new int[] {(int) e.onset(), (int) e.peak()})
                .toList();
    }

    private static List<int[]> others(long[] steps, double[] loss) {
        return WindowRule.flagged(loss).stream()
                .map(row -> new int[] {row, row})
                .toList();
    }

    private static Found found(List<Corpus.Labelled> runs, Flags flags) {
        int rises = 0;
        int found = 0;
        int falseAlarms = 0;
        long quietSteps = 0;
        for (Corpus.Labelled run : runs) {
            double[] loss = run.log().numbers(Quantity.LOSS).orElseThrow();
            List<int[]> flagged = flags.of(run.log().steps(), loss);
            if (run.cause().isEmpty()) {
                falseAlarms += flagged.size();
                quietSteps += loss.length;
                continue;
            }
            double[] y = Arrays.stream(loss).map(Math::log10).toArray();
            if (!Arrays.stream(y).allMatch(Double::isFinite)) {
                continue;
            }
            for (int[] rise : hundredfold(y)) {
                rises++;
                found += flagged.stream()
                                .anyMatch(flag -> flag[1] >= rise[0] - SUSTAINED && flag[0] <= rise[1] + SUSTAINED)
                        ? 1
                        : 0;
            }
        }
        return new Found(rises, found, falseAlarms, quietSteps);
    }

    private static Warned warned(List<Corpus.Labelled> runs) {
        int warned = 0;
        int alarms = 0;
        long steps = 0;
        List<Integer> leads = new ArrayList<>();
        for (Corpus.Labelled run : runs) {
            int[] rows = EarlyWarning.of(run.log(), Circumstances.of(run.log())).alarms();
            List<SpikeEvent> rises = SpikeSearch.events(LossCurve.of(run.log()));
            int onset = rises.isEmpty()
                    ? run.log().rows() + BEFORE
                    : (int) rises.getFirst().onset();
            steps += Math.max(0, Math.min(onset - BEFORE, run.log().rows()));
            alarms += (int)
                    Arrays.stream(rows).filter(row -> row < onset - BEFORE).count();
            var first = Arrays.stream(rows)
                    .filter(row -> row >= onset - BEFORE && row < onset)
                    .findFirst();
            if (first.isPresent()) {
                warned++;
                leads.add(onset - first.getAsInt());
            }
        }
        leads.sort(null);
        return new Warned(
                runs.size(), warned, leads.isEmpty() ? Double.NaN : leads.get(leads.size() / 2), alarms, steps);
    }

    /// The figures as text, the tables of the documentation.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        confusions.forEach((logged, confusion) -> {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "logged: %s; macro recall %.3f",
                    logged.name().toLowerCase(Locale.ROOT),
                    confusion.macroRecall()));
            lines.add("built in            named: " + String.join(" ", Confusion.classes()));
            for (int built = 0; built < Confusion.classes().size(); built++) {
                if (!Double.isNaN(confusion.recall(built))) {
                    lines.add(String.format(
                            Locale.ROOT,
                            "%-20s %s recall %.3f",
                            Confusion.classes().get(built),
                            Arrays.toString(confusion.counts()[built]),
                            confusion.recall(built)));
                }
            }
        });
        lines.add("");
        lines.add(String.format(Locale.ROOT, "rises of 100 times and more: %d", ours.rises()));
        lines.add(String.format(
                Locale.ROOT,
                "found here: %.3f, false alarms on quiet runs: %d in %d steps",
                ours.recall(),
                ours.falseAlarms(),
                ours.quietSteps()));
        lines.add(String.format(
                Locale.ROOT,
                "found by six deviations of the last 128 losses: %.3f, false alarms: %d in %d steps",
                others.recall(),
                others.falseAlarms(),
                others.quietSteps()));
        lines.add("");
        lines.add("early warning: alarm in the 200 steps before the first onset");
        warnings.forEach((cause, w) -> lines.add(String.format(
                Locale.ROOT,
                "%-20s %d of %d warned, middle lead %.0f steps; %d alarms in %d earlier steps",
                cause.key(),
                w.warned(),
                w.runs(),
                w.lead(),
                w.alarms(),
                w.steps())));
        lines.add(String.format(Locale.ROOT, "%-20s %d alarms in %d steps", "no-rise", quiet.alarms(), quiet.steps()));
        return lines;
    }
}
