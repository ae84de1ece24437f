package adamscope.experiment;

import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Alternatives;
import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.Node;
import java.util.List;

/// Something that can be run, with every number that its result depends on.
public sealed interface Experiment
        permits Simulation, Phase, Bifurcation, Basin, Stability, Flows, Train, Series, Sweep, Reproduction {

    /// An experiment as text, wherever it stands.
    Form<Experiment> FORM = Forms.later("experiment", () -> Kinds.COMPLETED);

    /// Every kind by its word, the value of `kind` in a file.
    final class Kinds {
        /// All there are.
        public static final Alternatives<Experiment> ALL = Alternatives.by(
                "kind",
                List.of(
                        Alternatives.Word.of("simulation", Simulation.class, Simulation.SHAPE),
                        Alternatives.Word.of("phase", Phase.class, Phase.SHAPE),
                        Alternatives.Word.of("bifurcation", Bifurcation.class, Bifurcation.SHAPE),
                        Alternatives.Word.of("basin", Basin.class, Basin.SHAPE),
                        Alternatives.Word.of("stability-map", Stability.class, Stability.SHAPE),
                        Alternatives.Word.of("flow", Flows.class, Flows.SHAPE),
                        Alternatives.Word.of("train", Train.class, Train.SHAPE),
                        new Alternatives.Word<>("network", Train.class, train -> false, NetworkShape.SHAPE),
                        Alternatives.Word.of("series", Series.class, Series.SHAPE),
                        Alternatives.Word.of("sweep", Sweep.class, Sweep.SHAPE),
                        Alternatives.Word.of("reproduction", Reproduction.class, Reproduction.SHAPE)));

        /// The same of a series whose parts share fields.
        private static final Form<Experiment> COMPLETED = new Form.Functions<>(
                (node, given) ->
                        ALL.read(node instanceof Node.Mapping root ? CommonFields.expanded(root) : node, given),
                ALL::write,
                ALL.allowed());

        private Kinds() {}
    }

    /// Every kind that has a command of its own, in the order of the help; apart from the kinds, for a quick start.
    final class Commands {
        /// What is said of each.
        public static final List<KindUsage> ALL = List.of(
                Simulation.Command.USAGE,
                Phase.Command.USAGE,
                Bifurcation.Command.USAGE,
                Basin.Command.USAGE,
                Stability.Command.USAGE,
                Flows.Command.USAGE);

        private Commands() {}
    }

    /// The word for this kind of experiment.
    default String kind() {
        return Kinds.ALL.word(this);
    }

    /// The rules that are run, of the parts of a series in their order.
    List<OptimizerRule> rules();
}
