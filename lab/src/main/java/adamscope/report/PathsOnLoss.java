package adamscope.report;

import adamscope.diagnosis.SideBySide;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.objective.FormulaObjective;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The paths of simulations of one objective of two variables over its contours, whole and step by step.
///
/// @param panel with the whole paths
/// @param paths of the runs
/// @param runs  how many there are in all
public record PathsOnLoss(Panel panel, List<ContourFigure.Path> paths, int runs) {
    private static final int FRAMES = 48;

    /// The paths; empty where the runs are no simulations of one objective of two variables.
    public static Optional<PathsOnLoss> of(SideBySide compared) {
        List<String> objectives = compared.runs().stream()
                .map(run -> run.settings().getOrDefault("objective", ""))
                .distinct()
                .toList();
        if (objectives.size() != 1 || objectives.getFirst().isEmpty()) {
            return Optional.empty();
        }
        FormulaObjective objective = FormulaObjective.read(objectives.getFirst());
        List<String> names = objective.variables();
        List<ContourFigure.Path> paths = compared.runs().stream()
                .filter(run -> names.stream().allMatch(run.log()::has))
                .limit(ContourFigure.MOST)
                .map(run -> new ContourFigure.Path(
                        run.name(),
                        run.log().numbers(names.getFirst()).orElseThrow(),
                        run.log().numbers(names.getLast()).orElseThrow()))
                .toList();
        if (names.size() != 2 || paths.isEmpty()) {
            return Optional.empty();
        }
        List<Double> start = List.of(paths.getFirst().x()[0], paths.getFirst().y()[0]);
        return Optional.of(new PathsOnLoss(
                ContourFigure.panel(objective, start, paths),
                paths,
                compared.runs().size()));
    }

    /// The whole paths.
    Figure figure() {
        return Figure.of("paths", "Paths on the loss", panel);
    }

    /// What is not drawn, as a sentence; empty if nothing.
    String leftOut() {
        return Shown.of("the first", paths.size(), runs, "runs are drawn");
    }

    /// The paths as they grow, the last frame whole.
    public List<Figure> frames() {
        return IntStream.rangeClosed(1, FRAMES)
                .mapToObj(frame -> Figure.of(
                        "paths",
                        "Paths on the loss",
                        ContourFigure.over(panel, ContourFigure.until((double) frame / FRAMES, paths))))
                .toList();
    }
}
