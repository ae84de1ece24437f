package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.report.Claim;
import java.util.List;

/// One figure, table or group of statements of a paper: what to run, how to draw it, what the paper claims of it.
///
/// Everything that is drawn or judged comes from the tables, so that a page can be written again without a run.
public sealed interface PaperFigure permits ComputedFigure, TrainedFigure {
    /// What it is.
    Caption caption();

    /// About how much work it is.
    default Cost cost() {
        return Cost.theory(6);
    }

    /// The figure, with panels laid out as in the paper.
    Figure draw(Tables tables);

    /// The paper's statements, each with what was measured.
    List<Claim> claims(Tables tables);

    /// Runs in which the statements are false. Every statement of the figure that agrees is false in one of them.
    default List<Control> controls() {
        return List.of();
    }
}
