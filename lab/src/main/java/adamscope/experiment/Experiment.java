package adamscope.experiment;

import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.Node;
import adamscope.shape.Words;
import java.util.List;

/// Something that can be run, with every number that its result depends on.
public sealed interface Experiment
        permits Simulation, Phase, Bifurcation, Basin, Stability, Flows, Train, Series, Sweep, Reproduction {

    /// An experiment as text, wherever it stands.
    Form<Experiment> FORM = Forms.later("experiment", () -> Kinds.COMPLETED);

    /// Every kind by its word, the value of `kind` in a file.
    final class Kinds {
        /// All there are.
        public static final Words<Experiment> ALL = Words.by(
                "kind",
                List.of(
                        Words.Word.of("simulation", Simulation.class, Simulation.SHAPE),
                        Words.Word.of("phase", Phase.class, Phase.SHAPE),
                        Words.Word.of("bifurcation", Bifurcation.class, Bifurcation.SHAPE),
                        Words.Word.of("basin", Basin.class, Basin.SHAPE),
                        Words.Word.of("stability-map", Stability.class, Stability.SHAPE),
                        Words.Word.of("flow", Flows.class, Flows.SHAPE),
                        Words.Word.of("train", Train.class, Train.SHAPE),
                        new Words.Word<>("network", Train.class, train -> false, NetworkShape.SHAPE),
                        Words.Word.of("series", Series.class, Series.SHAPE),
                        Words.Word.of("sweep", Sweep.class, Sweep.SHAPE),
                        Words.Word.of("reproduction", Reproduction.class, Reproduction.SHAPE)));

        /// The same of a series whose parts share fields.
        private static final Form<Experiment> COMPLETED = new Form.Functions<>(
                (node, given) ->
                        ALL.read(node instanceof Node.Mapping root ? CommonFields.expanded(root) : node, given),
                ALL::write,
                ALL.allowed());

        private Kinds() {}
    }

    /// The word for this kind of experiment.
    default String kind() {
        return Kinds.ALL.word(this);
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
