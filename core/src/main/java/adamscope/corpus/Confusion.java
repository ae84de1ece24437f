package adamscope.corpus;

import adamscope.diagnosis.Cause;
import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.EventDiagnosis;
import adamscope.diagnosis.FloatFormat;
import adamscope.optimizer.Catalogue;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How often the cause that was built in is the cause that is named.
///
/// @param counts `counts[built][named]` over the causes, and last "no rise"
public record Confusion(int[][] counts) {
    private static final int CLASSES = Cause.values().length + 1;

    /// What a log holds beside loss and hyper-parameters.
    public enum Logged {
        /// Everything.
        ALL(Quantity.ALL),
        /// The norms that a probe writes without knowing the network: no curvature, no quantiles.
        NORMS(List.of(
                Quantity.LOSS,
                Quantity.LR,
                Quantity.GRADIENT_NORM,
                Quantity.ROOT_SECOND_MOMENT_NORM,
                Quantity.STEP_NORM,
                Quantity.WEIGHT_NORM,
                Quantity.LOSS_SCALE)),
        /// Loss, learning rate, gradient norm: what trainers log by themselves.
        USUAL(List.of(Quantity.LOSS, Quantity.LR, Quantity.GRADIENT_NORM)),
        /// Loss alone.
        LOSS(List.of(Quantity.LOSS));

        private final List<String> quantities;

        Logged(List<String> quantities) {
            this.quantities = quantities;
        }

        /// The log with only these quantities.
        public RunLog of(RunLog log) {
            List<Column> kept = log.table().columns().stream()
                    .filter(c -> c.name().equals(Quantity.STEP) || quantities.contains(c.name()))
                    .toList();
            return new RunLog(log.name(), new Table(log.table().name(), kept), log.hyper(), log.remarks(), log.facts());
        }
    }

    /// A matrix without counts.
    static Confusion empty() {
        return new Confusion(new int[CLASSES][CLASSES]);
    }

    /// Counts the verdict on a run.
    void count(Corpus.Labelled run, Logged logged) {
        counts[index(run.cause())][index(named(run, logged))]++;
    }

    /// The cause named for the leading rise of a run; empty without a rise.
    static Optional<Cause> named(Corpus.Labelled run, Logged logged) {
        return diagnosis(run, logged).leading().map(EventDiagnosis::cause);
    }

    static Diagnosis diagnosis(Corpus.Labelled run, Logged logged) {
        RunLog log = logged.of(run.log());
        return Diagnosis.of(log, Circumstances.of(log, Catalogue.shipped("adam"), Optional.of(format(run))));
    }

    /// The number format that is told: half precision for all that involves it, and for every third of the others, so
    /// that it gives no cause away.
    private static FloatFormat format(Corpus.Labelled run) {
        boolean half = run.cause()
                .filter(c -> c == Cause.PRECISION || c == Cause.LOSS_SCALE)
                .isPresent();
        return half || run.seed() % 3 == 0 ? FloatFormat.FLOAT16 : FloatFormat.FLOAT32;
    }

    /// The share of runs of a class that were named rightly; NaN for a class without runs.
    public double recall(int built) {
        int all = IntStream.of(counts[built]).sum();
        return all == 0 ? Double.NaN : (double) counts[built][built] / all;
    }

    /// The mean of the recalls of all classes that have runs, "no rise" included.
    public double macroRecall() {
        return IntStream.range(0, CLASSES)
                .mapToDouble(this::recall)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /// The names of rows and columns.
    public static List<String> classes() {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(Cause.values()).map(Cause::key), java.util.stream.Stream.of("no-rise"))
                .toList();
    }

    private static int index(Optional<Cause> cause) {
        return cause.map(Cause::ordinal).orElse(CLASSES - 1);
    }
}
