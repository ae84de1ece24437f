package adamscope.sweep;

import adamscope.table.Table;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How far the outcomes of a phase diagram agree with theory: a cell agrees when it converged in Regime I, and when it
/// did not in Regime II or III. A cell that is undecided neither agrees nor disagrees, in whatever regime. The border
/// between II and III is gradual and not judged, nor is a cell that left the range of its numbers.
///
/// @param cells     cells that theory decides, and their runs too
/// @param agree     those of them that agree
/// @param undecided cells that theory decides and their runs do not
public record Agreement(int cells, int agree, int undecided) {
    /// What a cell says of the theory.
    public enum Cell {
        /// As theory says.
        AGREES,
        /// Not as theory says.
        DISAGREES,
        /// Theory says nothing of it, or it left the range of its numbers.
        NOT_JUDGED,
        /// Neither: its run is undecided.
        UNDECIDED
    }

    /// The share that agrees of those that are decided; NaN where none is.
    public double share() {
        return (double) agree / cells;
    }

    /// Cells of which theory says something.
    public int all() {
        return cells + undecided;
    }

    /// Counts over the table of a [PhaseSweep]; empty where theory decides no cell.
    public static Optional<Agreement> of(Table phase) {
        List<Cell> cells = byCell(phase);
        int agree = Collections.frequency(cells, Cell.AGREES);
        int disagree = Collections.frequency(cells, Cell.DISAGREES);
        int undecided = Collections.frequency(cells, Cell.UNDECIDED);
        return agree + disagree + undecided == 0
                ? Optional.empty()
                : Optional.of(new Agreement(agree + disagree, agree, undecided));
    }

    /// What each cell says.
    public static List<Cell> byCell(Table phase) {
        List<String> outcomes = phase.words("outcome");
        List<String> regimes = phase.words("theoryRegime");
        return IntStream.range(0, outcomes.size())
                .mapToObj(cell -> cell(regimes.get(cell), outcomes.get(cell)))
                .toList();
    }

    private static Cell cell(String regime, String outcome) {
        if (regime.isEmpty() || outcome.equals("left-range")) {
            return Cell.NOT_JUDGED;
        }
        if (outcome.equals("undecided")) {
            return Cell.UNDECIDED;
        }
        return regime.equals("I") == outcome.equals("converged") ? Cell.AGREES : Cell.DISAGREES;
    }

    /// How many cells have each outcome, by its word.
    public static Map<String, Long> outcomes(Table phase) {
        return phase.words("outcome").stream()
                .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
    }
}
