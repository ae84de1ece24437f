package adamscope.cli;

import adamscope.diagnosis.Replay;
import adamscope.dynamics.Simulation;
import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeSearch;
import adamscope.store.ResultStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Replays of the highest rises of a simulated run, as lines for the terminal.
final class ReplayPrint {
    private static final int REPLAYED = 3;

    private ReplayPrint() {}

    /// @throws IllegalArgumentException if the path is no run folder of `simulate`, or its run cannot be done in double
    static List<String> lines(Path path) {
        if (!Files.isRegularFile(path.resolve("experiment.yaml"))) {
            throw new IllegalArgumentException("--replay: " + path + " is no run folder of this program");
        }
        ResultStore store = ResultStore.open(path);
        if (!(store.experiment() instanceof adamscope.experiment.Simulation run)) {
            throw new IllegalArgumentException(
                    "--replay: " + path + " holds a " + store.experiment().kind() + ", a run of simulate is needed");
        }
        Simulation plan = new Simulation(
                run.optimizer().rule(),
                run.formula(),
                run.optimizer().values(),
                run.x0(),
                run.init(),
                run.arithmetic(),
                run.steps(),
                run.every());
        if (run.arithmetic() != adamscope.kernel.Arithmetic.DOUBLE
                || run.init() != adamscope.dynamics.ClosedMap.Start.ZERO) {
            throw new IllegalArgumentException("--replay: " + path
                    + " was run with --arithmetic scaled or --init gradient; replays start from zero averages"
                    + " in double");
        }
        LossCurve curve = LossCurve.ofLogarithms(
                ((adamscope.table.Column.Integers) store.table("trajectory").column("step")).values(),
                store.table("trajectory").numbers(Quantity.LOG10_LOSS));
        List<String> lines = new ArrayList<>();
        lines.add("");
        List<SpikeEvent> highest = SpikeSearch.events(curve).stream()
                .filter(event -> !event.broken())
                .sorted(Comparator.comparingDouble(SpikeEvent::height).reversed())
                .limit(REPLAYED)
                .toList();
        lines.add(highest.isEmpty() ? "replay: no rise to replay" : "replay, one thing changed each time:");
        for (SpikeEvent event : highest) {
            Replay replay = Replay.of(plan, event);
            lines.add("  rise at step %d, changed from step %d on".formatted(event.onset(), replay.from()));
            for (Replay.Result result : replay.results()) {
                lines.add("    %-36s rise of %.3g decades%s"
                        .formatted(
                                result.change().words(),
                                result.rise(),
                                result.change() == Replay.Change.NOTHING
                                        ? ""
                                        : result.removed() ? ": removes it" : ""));
            }
        }
        return lines;
    }
}
