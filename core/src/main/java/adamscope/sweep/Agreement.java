package adamscope.sweep;

import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How far the outcomes of a phase diagram agree with theory: a cell agrees when it converged in Regime I, and when it
/// did not in Regime II or III. The border between II and III is gradual and not judged, nor is a cell
/// that left the range of its numbers.
///
/// @param cells cells where theory decides
/// @param agree those of them that agree
/// @param open  those that would converge by theory and are undecided: too few steps, and no disagreement
public record Agreement(int cells, int agree, UndecidedCells open) {

    /// The share that agrees of those that are not open.
    public double decidedShare() {
        return (double) agree / Math.max(1, cells - open.cells());
    }

    /// The share that agrees.
    public double share() {
        return (double) agree / cells;
    }

    /// Counts over the table of a [PhaseSweep]; empty where theory decides no cell.
    public static Optional<Agreement> of(Table phase) {
        List<Boolean> decided = byCell(phase).stream().flatMap(Optional::stream).toList();
        int agree = (int) decided.stream().filter(agrees -> agrees).count();
        return decided.isEmpty() ? Optional.empty() : Optional.of(new Agreement(decided.size(), agree, open(phase)));
    }

    private static UndecidedCells open(Table phase) {
        List<String> regimes = phase.words("theoryRegime");
        return UndecidedCells.of(phase, cell -> regimes.get(cell).equals("I"));
    }

    /// For each cell whether it agrees; empty where theory does not decide.
    public static List<Optional<Boolean>> byCell(Table phase) {
        List<String> outcomes = phase.words("outcome");
        List<String> regimes = phase.words("theoryRegime");
        return IntStream.range(0, outcomes.size())
                .mapToObj(cell ->
                        regimes.get(cell).isEmpty() || outcomes.get(cell).equals("left-range")
                                ? Optional.<Boolean>empty()
                                : Optional.of(regimes.get(cell).equals("I")
                                        == outcomes.get(cell).equals("converged")))
                .toList();
    }

    /// How many cells have each outcome, by its word.
    public static Map<String, Long> outcomes(Table phase) {
        return phase.words("outcome").stream()
                .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
    }
}
