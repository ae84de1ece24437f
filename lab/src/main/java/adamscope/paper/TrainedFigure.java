package adamscope.paper;

import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.figure.Numeral;
import adamscope.table.Table;
import java.util.List;

/// A figure that is an experiment: its file in [adamscope.experiment.Shipped] says what is trained, a series with parts
/// called `GROUP-N`, such as the trainings of a panel; here it is drawn and judged.
non-sealed interface TrainedFigure extends PaperFigure {

    /// What a full run needs that does not ship with the program.
    String CIFAR_FILES = "Needs --data cifar=DIR, the folder of the binary or the Python version of CIFAR-10. ";

    /// What a training is called and what varies within its group.
    ///
    /// @param words for the legend
    record Label(String words, double value) {
        /// By its learning rate.
        static Label ofLr(Train train) {
            double lr = TrainedRuns.lr(train);
            return new Label("η = " + Numeral.of(lr), lr);
        }
    }

    /// How a training is told from the others of its group.
    ///
    /// @param group that it belongs to
    default Label label(String group, Train train) {
        return Label.ofLr(train);
    }

    /// What follows from the tables of the trainings, as tables too: at least which training is which.
    default List<Table> derived(Series series, Tables tables) {
        return List.of(TrainedRuns.index(this, series));
    }
}
