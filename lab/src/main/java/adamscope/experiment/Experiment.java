package adamscope.experiment;

import adamscope.optimizer.OptimizerRule;
import java.util.List;

/// Something that can be run, with every number that its result depends on.
public sealed interface Experiment
        permits Simulation, Phase, Bifurcation, Basin, Stability, Flows, Train, Series, Sweep, Reproduction {

    /// The word for this kind of experiment, the value of `kind` in a file.
    default String kind() {
        return switch (this) {
            case Simulation _ -> "simulation";
            case Phase _ -> "phase";
            case Bifurcation _ -> "bifurcation";
            case Basin _ -> "basin";
            case Stability _ -> "stability-map";
            case Flows _ -> "flow";
            case Train _ -> "train";
            case Series _ -> "series";
            case Sweep _ -> "sweep";
            case Reproduction _ -> "reproduction";
        };
    }

    /// The rules that are run, of the parts of a series in their order.
    default List<OptimizerRule> rules() {
        return switch (this) {
            case Simulation run -> List.of(run.optimizer().rule());
            case Phase phase -> List.of(phase.optimizer().rule());
            case Bifurcation diagram -> List.of(diagram.optimizer().rule());
            case Basin basin -> List.of(basin.optimizer().rule());
            case Stability map -> List.of(map.optimizer().rule());
            case Flows flows -> List.of(flows.optimizer().rule());
            case Train train -> List.of(train.training().tuned().rule());
            case Sweep sweep -> sweep.base().rules();
            case Series series ->
                series.parts().values().stream()
                        .flatMap(part -> part.rules().stream())
                        .toList();
            case Reproduction reproduction ->
                reproduction.experiment().map(Experiment::rules).orElse(List.of());
        };
    }
}
