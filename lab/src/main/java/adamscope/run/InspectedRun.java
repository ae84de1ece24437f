package adamscope.run;

import adamscope.checkpoint.TensorFile;
import adamscope.dynamics.ClosedMap;
import adamscope.exchange.FlatStates;
import adamscope.exchange.StateRules;
import adamscope.inspection.OptimizerState;
import adamscope.inspection.StateRule;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Block;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.TensorScope;
import adamscope.training.CheckpointFolder;
import adamscope.training.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checkpoints of runs of this program, whose network and rule are in the run's experiment.
final class InspectedRun {
    private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})\\.(json|safetensors)");

    private InspectedRun() {}

    /// The newest checkpoint of a run.
    static InspectedFiles newest(Path run) {
        ProbeSubject subject = ProbeSubject.of(run);
        List<Long> steps = CheckpointFolder.steps(subject.checkpoints().folder());
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(run + " has no checkpoint");
        }
        return opened(subject, steps.getLast());
    }

    /// A file, if it is a checkpoint of this program.
    static Optional<InspectedFiles> checkpoint(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        Path tensors = path.resolveSibling("step-" + name.group(1) + ".safetensors");
        long step = Long.parseLong(name.group(1));
        Path folder = path.toAbsolutePath().getParent().getParent();
        boolean inRun = folder != null
                && (Files.isRegularFile(folder.resolve("experiment.yaml"))
                        || folder.getParent() != null
                                && Files.isRegularFile(folder.getParent().resolve("experiment.yaml")));
        if (inRun) {
            return Optional.of(opened(ProbeSubject.of(path), step));
        }
        TensorFile file = TensorFile.open(tensors);
        if (!FlatStates.holds(file)) {
            file.close();
            return Optional.empty();
        }
        // Away from its run it does not say which rule made it.
        StateRule rule = StateRules.assumed();
        OptimizerState state = FlatStates.of(file, OptionalDouble.of(step), rule, List.of());
        return Optional.of(new InspectedFiles(
                with(
                        state,
                        List.of("a checkpoint away from its run: Adam with its defaults is assumed, and θ is one"
                                + " vector; name hyper-parameters with --hyper")),
                List.of(file)));
    }

    private static InspectedFiles opened(ProbeSubject subject, long step) {
        Path tensors =
                subject.checkpoints().folder().resolve(String.format(Locale.ROOT, "step-%09d.safetensors", step));
        List<String> remarks = new ArrayList<>();
        StateRule rule = rule(subject.plan(), step, remarks);
        if (!CheckpointFolder.isWhole(subject.checkpoints().folder(), step)) {
            remarks.add("the numbers are not those that were written: the CRC32C differs");
        }
        List<Block> blocks = blocks(subject, remarks);
        TensorFile file = TensorFile.open(tensors);
        try {
            OptimizerState state = FlatStates.of(file, OptionalDouble.of(step), rule, blocks);
            return new InspectedFiles(with(state, remarks), List.of(file));
        } catch (IllegalArgumentException e) {
            file.close();
            throw e;
        }
    }

    /// The rule with its values at a step. Where decays or states were changed on the way, the bound of |m|/√v is not
    /// that of the last values, so beta1 counts as unknown.
    private static StateRule rule(Training plan, long step, List<String> remarks) {
        TunedSchedule tuned = plan.tuned();
        boolean steady = plan.run().start() == ClosedMap.Start.ZERO;
        for (Change change : plan.changes()) {
            if (change.at() <= step) {
                steady &= !(change instanceof Change.Clear || change instanceof Change.Floor);
                tuned = change instanceof Change.Retune retune ? tuned.with(retune.schedules()) : tuned;
            }
        }
        Map<String, Double> hyper = new LinkedHashMap<>(tuned.at(Math.max(1, step)));
        for (String decay : List.of("beta1", "beta2")) {
            steady &= !hyper.containsKey(decay)
                    || plan.tuned().schedules().get(decay) instanceof Schedule.Constant
                            && plan.tuned().at(1).get(decay).equals(hyper.get(decay));
        }
        if (!steady && hyper.containsKey("beta1") && hyper.containsKey("beta2")) {
            hyper.remove("beta1");
            remarks.add("decays or states were changed on the way, or did not begin at 0: |m|/√v has no bound here");
        }
        return StateRules.of(tuned.rule(), hyper);
    }

    /// The tensors of the network; none, with a remark, if it cannot be made, as when its data are gone.
    private static List<Block> blocks(ProbeSubject subject, List<String> remarks) {
        LibTorch.require();
        try (TensorScope _ = new TensorScope()) {
            return List.copyOf(subject.loss().apply(Place.CPU_FLOAT64).blocks());
        } catch (IllegalArgumentException e) {
            remarks.add("θ is looked at as one vector, since the network cannot be made: " + e.getMessage());
            return List.of();
        }
    }

    private static OptimizerState with(OptimizerState state, List<String> remarks) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(state.remarks());
        return new OptimizerState(state.source(), state.parameters(), all);
    }
}
