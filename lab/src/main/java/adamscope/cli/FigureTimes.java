package adamscope.cli;

import adamscope.experiment.Reproduction;
import adamscope.experiment.Size;
import adamscope.paper.Cost;
import adamscope.paper.PaperFigures;
import adamscope.paper.SeedAxis;
import java.util.List;

/// About how long figures take, in nanoseconds.
final class FigureTimes {
    private FigureTimes() {}

    /// About how many nanoseconds a figure takes on this machine's processors: two or more trainings run at once.
    static long alone(Cost cost, Size size) {
        int processors = cost.network() ? Math.min(4, Runtime.getRuntime().availableProcessors()) : 1;
        return 1_000_000_000L * (size == Size.MEDIUM ? cost.medium() : cost.seconds()) / processors;
    }

    /// What the figures after the one with this index will take, judged by those before it; empty for the last.
    static String timeLeft(List<Reproduction> chosen, int index, long passed) {
        if (index + 1 == chosen.size()) {
            return "";
        }
        long before = expected(chosen.subList(0, index));
        long after = expected(chosen.subList(index + 1, chosen.size()));
        double pace = before == 0 ? 1 : (double) passed / before;
        return "then about " + ProgressLine.readable((long) (pace * after)) + " for the rest";
    }

    static long expected(List<Reproduction> figures) {
        return figures.stream()
                .mapToLong(figure -> alone(cost(figure), figure.size()))
                .sum();
    }

    static Cost cost(Reproduction figure) {
        return PaperFigures.cost(
                figure.id(), figure.experiment().map(SeedAxis::of).orElseGet(() -> new SeedAxis(1)));
    }
}
