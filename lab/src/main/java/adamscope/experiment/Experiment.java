package adamscope.experiment;

/// Something that can be run, with every number that its result depends on.
public sealed interface Experiment
        permits Simulation,
                Phase,
                Bifurcation,
                Basin,
                Stability,
                Flows,
                NetworkTraining,
                Train,
                Series,
                Sweep,
                Reproduction {

    /// The word for this kind of experiment, the value of `kind` in a file.
    default String kind() {
        return switch (this) {
            case Simulation _ -> "simulation";
            case Phase _ -> "phase";
            case Bifurcation _ -> "bifurcation";
            case Basin _ -> "basin";
            case Stability _ -> "stability-map";
            case Flows _ -> "flow";
            case NetworkTraining _ -> "network";
            case Train _ -> "train";
            case Series _ -> "series";
            case Sweep _ -> "sweep";
            case Reproduction _ -> "reproduction";
        };
    }
}
