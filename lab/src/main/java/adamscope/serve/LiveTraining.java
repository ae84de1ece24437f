package adamscope.serve;

import adamscope.probe.SharpnessProbe;
import adamscope.regime.Crossing;
import adamscope.regime.Quantity;
import adamscope.store.JsonDocument;
import adamscope.store.RowTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The curves of a training as far as its files go, whoever writes them.
final class LiveTraining {
    private static final int MOST_AT_ONCE = 1 << 24;
    /// Of crossings the last ones are told; all are counted.
    private static final int MOST_CROSSINGS = 200;

    private final String name;
    private final RowTail live;
    private final RowTail probes;
    private final LiveCurve loss = new LiveCurve();
    private final LiveCurve sharpness = new LiveCurve();
    private final LiveCurve threshold = new LiveCurve();
    private final List<Crossing> crossings = new ArrayList<>();
    private long crossed;
    private long last;
    private double lastLoss = Double.NaN;
    private double lastRatio = Double.NaN;
    private double probedAt;

    /// @param name   of the part of a series; empty: the run is this training
    /// @param folder of its files
    LiveTraining(String name, Path folder) {
        this.name = name;
        this.live = new RowTail(folder.resolve("live.jsonl"), List.of(Quantity.LOSS), new Losses());
        this.probes = new RowTail(
                folder.resolve("probes.jsonl"),
                List.of(Quantity.PRECONDITIONED_SHARPNESS, SharpnessProbe.THRESHOLD),
                new Looks());
    }

    private final class Losses implements RowTail.RowTaker {
        @Override
        public void forget() {
            loss.clear();
            last = 0;
        }

        @Override
        public void row(long step, double[] values) {
            loss.add(step, values[0]);
            lastLoss = values[0];
            last = step;
        }
    }

    private final class Looks implements RowTail.RowTaker {
        @Override
        public void forget() {
            sharpness.clear();
            threshold.clear();
            crossings.clear();
            crossed = 0;
            lastRatio = Double.NaN;
        }

        @Override
        public void row(long step, double[] values) {
            if (Double.isNaN(values[0])) {
                return;
            }
            sharpness.add(step, values[0]);
            threshold.add(step, values[1]);
            double ratio = values[0] / values[1];
            if (!Double.isNaN(ratio)) {
                List<Crossing> found = Crossing.of(new double[] {probedAt, step}, new double[] {lastRatio, ratio}, 1);
                crossings.addAll(found);
                crossed += found.size();
                if (crossings.size() > MOST_CROSSINGS) {
                    crossings.removeFirst();
                }
                lastRatio = ratio;
                probedAt = step;
            }
        }
    }

    /// Reads what was added; whether anything was.
    boolean advance() {
        return live.advance(MOST_AT_ONCE) | probes.advance(MOST_AT_ONCE);
    }

    String name() {
        return name;
    }

    /// The last step.
    long last() {
        return last;
    }

    /// Its curves.
    Map<String, Object> document() {
        return JsonDocument.object(
                "name",
                name,
                "step",
                last,
                "finalLoss",
                Double.isFinite(lastLoss) ? (Double) lastLoss : null,
                "ratio",
                Double.isFinite(lastRatio) ? (Double) lastRatio : null,
                "loss",
                points(loss),
                "sharpness",
                points(sharpness),
                "threshold",
                points(threshold));
    }

    private static Map<String, Object> points(LiveCurve curve) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        curve.into(x, y);
        return JsonDocument.object("x", x, "y", y);
    }

    /// How often the sharpness crossed the threshold.
    long crossed() {
        return crossed;
    }

    /// Where it did, lately, as events of a page.
    List<Map<String, Object>> crossings() {
        return crossings.stream()
                .map(crossing -> event(
                        name,
                        "crossing",
                        0,
                        crossing.step(),
                        String.format(
                                Locale.ROOT,
                                "At step %.0f the preconditioned sharpness %s its threshold.",
                                crossing.step(),
                                crossing.upwards() ? "rose above" : "fell below")))
                .toList();
    }

    /// What happened at a step.
    ///
    /// @param weight by which those are chosen that are told
    static Map<String, Object> event(String training, String kind, double weight, double step, String words) {
        return JsonDocument.object("of", training, "kind", kind, "weight", weight, "step", step, "words", words);
    }
}
