package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import adamscope.regime.WordEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Causes that show in which term rose, or in when the rises come.
final class ShapeSuspects {
    private static final double MOST_OF_IT = 0.8;

    /// How many times further than the others a term has to rise, measured by its level.
    private static final double FURTHER = 2;

    private static final int FEWEST_RISES = 3;

    /// Rows after a mark in which a rise belongs to it.
    private static final int AFTER = 2;

    private ShapeSuspects() {}

    /// The term that makes up most of a rise, and rose further than the others: the largest term makes up most of
    /// every rise of all.
    static Suspect lossTerm(Rise rise) {
        Suspect.Draft draft = new Suspect.Draft(Cause.LOSS_TERM, 0);
        String deciding = "the gradient norm of each term";
        RunLog log = rise.log();
        List<String> terms = log.table().columns().stream()
                .map(column -> column.name())
                .filter(name -> name.startsWith(Quantity.LOSS + "/") && log.has(name))
                .toList();
        if (terms.size() < 2 || rise.event().broken()) {
            return draft.decidedBy(deciding);
        }
        List<TermRise> rises = terms.stream()
                .map(term -> TermRise.of(log, rise.event(), term))
                .sorted(Comparator.comparingDouble(TermRise::increase).reversed())
                .toList();
        TermRise most = rises.getFirst();
        double others = rises.stream().skip(1).mapToDouble(TermRise::increase).sum();
        double othersLevel = rises.stream().skip(1).mapToDouble(TermRise::level).sum();
        double share = most.increase() / (most.increase() + others);
        if (!(share >= MOST_OF_IT) || most.increase() * othersLevel < FURTHER * others * most.level()) {
            return draft.decidedBy(deciding);
        }
        String name = most.term();
        String first = rise.moved().stream()
                .filter(move -> move.quantity().equals(name) && move.rows() > 0)
                .map(move -> String.format(Locale.ROOT, ", and left its level %d rows before the sum", move.rows()))
                .findFirst()
                .orElse("");
        draft.supports(
                first.isEmpty() ? 0.42 : 0.5,
                String.format(
                        Locale.ROOT,
                        "%s makes up %.0f %% of what the %d terms of the loss rose by%s",
                        name,
                        100 * share,
                        terms.size(),
                        first));
        return draft.decidedBy(deciding);
    }

    /// Size of a term, its middle in the 40 rows before the onset, and what it is above that at the peak.
    private record TermRise(String term, double level, double increase) {
        static TermRise of(RunLog log, SpikeEvent event, String term) {
            double[] values = log.numbers(term).orElseThrow();
            int onset = log.row(event.onset());
            int peak = log.row(event.peak());
            double[] before = Arrays.stream(values, Math.max(0, onset - 40), onset)
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            OptionalDouble highest = Arrays.stream(values, onset, Math.min(values.length, peak + 1))
                    .filter(Double::isFinite)
                    .max();
            if (before.length == 0 || highest.isEmpty()) {
                return new TermRise(term, 0, 0);
            }
            double middle = before[before.length / 2];
            return new TermRise(term, Math.abs(middle), Math.max(0, highest.getAsDouble() - middle));
        }
    }

    /// Rises right after marks of the log: the first row of an epoch, a checkpoint, an evaluation.
    static Suspect periodic(Rise rise) {
        Suspect.Draft draft = new Suspect.Draft(Cause.PERIODIC, 0);
        List<SpikeEvent> rises = rise.read().rises();
        String deciding = "what the trainer does there and nowhere else";
        if (rises.size() < FEWEST_RISES || rise.log().facts().axis().manySteps()) {
            return draft.decidedBy(deciding);
        }
        for (Marks marks : marks(rise.log())) {
            double chance =
                    Math.min(1, (AFTER + 1.0) * marks.rows().length / rise.log().rows());
            List<SpikeEvent> hit = rises.stream()
                    .filter(each -> marks.hits(rise.log().row(each.onset())))
                    .toList();
            double tail = 1;
            for (int i = 1; i <= hit.size(); i++) {
                tail *= rises.size() * chance / i;
            }
            if (hit.contains(rise.event()) && hit.size() >= FEWEST_RISES && tail < 1e-3) {
                return draft.supports(
                                0.75,
                                String.format(
                                        Locale.ROOT,
                                        "%d of %d rises begin within %d rows of %s, where chance gives %.2g",
                                        hit.size(),
                                        rises.size(),
                                        AFTER,
                                        marks.name(),
                                        rises.size() * chance))
                        .decidedBy(marks.deciding());
            }
        }
        return draft.decidedBy(deciding);
    }

    /// Rows at which something recurs.
    private record Marks(String name, int[] rows, String deciding) {
        boolean hits(int row) {
            int found = Arrays.binarySearch(rows, row);
            int at = found < 0 ? -found - 2 : found;
            return at >= 0 && row - rows[at] <= AFTER;
        }
    }

    private static List<Marks> marks(RunLog log) {
        List<Marks> marks = new ArrayList<>();
        double[] epoch = log.numbers(Quantity.EPOCH).orElse(new double[0]);
        add(
                marks,
                "the first row of an epoch",
                IntStream.range(1, epoch.length)
                        .filter(row -> Math.floor(epoch[row]) > Math.floor(epoch[row - 1]))
                        .toArray(),
                "reshuffling, the last short batch of an epoch, states that are reset or data that are read anew");
        add(
                marks,
                "a checkpoint",
                log.facts().words().stream()
                        .filter(word -> word.kind() == WordEvent.Kind.SAVED_CHECKPOINT)
                        .mapToInt(word -> log.row(word.step()))
                        .sorted()
                        .distinct()
                        .toArray(),
                "writing a checkpoint: whether weights, averages or generators are changed by it");
        double[] held = log.numbers(Quantity.VALIDATION_LOSS).orElse(new double[0]);
        add(
                marks,
                "an evaluation",
                IntStream.range(0, held.length)
                        .filter(row -> !Double.isNaN(held[row]))
                        .toArray(),
                "the evaluation: whether the network goes back to training mode, and dropout, averages and generators"
                        + " are as before");
        return marks;
    }

    private static void add(List<Marks> marks, String name, int[] rows, String deciding) {
        if (rows.length >= FEWEST_RISES) {
            marks.add(new Marks(name, rows, deciding));
        }
    }
}
