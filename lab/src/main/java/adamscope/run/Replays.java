package adamscope.run;

import adamscope.diagnosis.Replay;
import adamscope.diagnosis.SimulationReplay;
import adamscope.dynamics.SingleRun;
import adamscope.experiment.Experiment;
import adamscope.log.LogReader;
import adamscope.log.NameMap;
import adamscope.regime.LossCurve;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeSearch;
import adamscope.store.ResultStore;
import adamscope.training.Checkpoint;
import adamscope.training.CheckpointFolder;
import adamscope.training.TrainingReplay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Replays of the highest rises of a run folder: of a simulation, or of a training of a network, imported ones
/// included.
public record Replays(Host host) {
    private static final int REPLAYED = 3;

    /// The replays of a run folder, the highest rise first.
    ///
    /// @throws IllegalArgumentException if the path is no run folder, or its run cannot be done again
    public List<Replay> of(Path path) {
        if (!Files.isRegularFile(path.resolve("experiment.yaml"))) {
            throw new IllegalArgumentException("--replay: " + path + " is no run folder of this program");
        }
        Experiment experiment = ResultStore.open(path).experiment();
        List<RunLog> logs = LogReader.read(path, NameMap.byDefault());
        if (logs.size() != 1) {
            throw new IllegalArgumentException("--replay: " + path + " holds " + logs.size() + " runs, one is needed");
        }
        RunLog log = logs.getFirst();
        boolean simulated = experiment instanceof adamscope.experiment.Simulation;
        List<SpikeEvent> all = SpikeSearch.events(LossCurve.of(log));
        List<SpikeEvent> highest = all.stream()
                .filter(event -> !simulated || !event.broken())
                .sorted(Comparator.comparingDouble(SpikeEvent::height).reversed())
                .limit(REPLAYED)
                .toList();
        return experiment instanceof adamscope.experiment.Simulation run
                ? simulated(path, run, highest, all)
                : trained(path, log, highest, all);
    }

    private static List<Replay> simulated(
            Path path, adamscope.experiment.Simulation run, List<SpikeEvent> events, List<SpikeEvent> all) {
        if (run.arithmetic() != adamscope.kernel.Arithmetic.DOUBLE
                || run.init() != adamscope.dynamics.ClosedMap.Start.ZERO) {
            throw new IllegalArgumentException("--replay: " + path
                    + " was run with --arithmetic scaled or --init gradient; replays start from zero averages"
                    + " in double");
        }
        if (run.noise().present()) {
            throw new IllegalArgumentException(
                    "--replay: " + path + " was run with --noise; replays of simulations know gradients without noise");
        }
        SingleRun plan = run.plan();
        return events.stream()
                .map(event -> SimulationReplay.of(plan, event, all))
                .toList();
    }

    private List<Replay> trained(Path path, RunLog log, List<SpikeEvent> events, List<SpikeEvent> all) {
        ProbeSubject subject = ProbeSubject.of(path);
        // A run that was imported has no rows before its first checkpoint, and cannot begin anew.
        boolean whole = log.rows() > 0 && log.steps()[0] == 0;
        TrainingReplay replay =
                new TrainingReplay(subject.plan(), subject.loss(), step -> checkpoint(subject, step, whole));
        List<Replay> replays = new ArrayList<>();
        // Each of some ten reruns goes over the steps before the rise and as many as it took.
        long steps = events.stream()
                .mapToLong(event -> 10
                        * (event.peak()
                                + 2 * event.climb()
                                - Replay.begin(event, all, log.hyper("beta2").orElse(0.99))))
                .sum();
        BooleanSupplier stopping = host.stopping();
        try (Progress progress = host.progress("replay", steps, "steps")) {
            for (SpikeEvent event : events) {
                replays.add(replay.of(event, all, (_, _) -> {
                    progress.advance(1);
                    return !stopping.getAsBoolean();
                }));
            }
        }
        return replays;
    }

    private static Optional<Checkpoint> checkpoint(ProbeSubject subject, long step, boolean whole) {
        ProbeSubject.Checkpoints where = subject.checkpoints();
        List<Long> kept = CheckpointFolder.steps(where.folder());
        Optional<Long> before = kept.stream().filter(each -> each <= step).max(Comparator.naturalOrder());
        Optional<Long> chosen = whole ? before : before.or(() -> kept.stream().findFirst());
        return chosen.map(each -> CheckpointFolder.read(where.folder(), each, where.experiment()));
    }
}
