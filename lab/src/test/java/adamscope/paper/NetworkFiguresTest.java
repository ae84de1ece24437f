package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.data.ImageSource;
import adamscope.data.Scaling;
import adamscope.data.Subset;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.experiment.Train;
import adamscope.figure.FigureSvg;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.GalerkinProblem;
import adamscope.model.ModelSource;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The figures of networks of papers 1 and 2 at a size of seconds; what they find at their own is tested slowly.
class NetworkFiguresTest {
    @TempDir
    private static Path folder;

    /// A figure whose trainings learn something tiny for so many steps, measured, drawn and judged.
    private static List<Claim> judged(TrainedFigure figure, Task task, int steps) {
        return judged(
                figure,
                Reproduced.tables(
                        folder,
                        figure,
                        train -> new Train(task, train.training(), train.watch(), train.checkpoints())
                                .with(Map.of("steps", (double) steps, "batch", 4.0))));
    }

    private static Task images(ModelSource model, Criterion criterion) {
        ImageSource eight = new ImageSource(new ImageSource.Format.Bundled(), Subset.first(8), Scaling.STANDARD);
        return new Task(model, Optional.of(eight), Optional.of(criterion));
    }

    private static final ModelSource DENSE = new ModelSource.Dense(List.of(4), Activation.RELU, true);

    private static List<Claim> judged(PaperFigure figure, Tables tables) {
        assertThat(FigureSvg.text(figure.draw(tables))).contains("<svg");
        List<Claim> claims = figure.claims(tables);
        assertThat(claims)
                .isNotEmpty()
                .allMatch(claim -> !claim.measured().isEmpty())
                .allMatch(claim ->
                        claim.verdict() == Verdict.AGREES || !claim.note().isEmpty());
        return claims;
    }

    @Test
    void runsTooShortForSpikesAreInconclusive() {
        assertThat(judged(new LateSpikes(), images(DENSE, Criterion.MEAN_SQUARED), 60))
                .extracting(Claim::verdict)
                .containsOnly(Verdict.INCONCLUSIVE);
    }

    @Test
    void threeLateSpikesInTheMeanMakeTheClaimAgreeWhereTheSeedsTellThemFromFewer() {
        assertThat(claimOfSpikes(4, 5, 4, 5, 4)).isEqualTo(Verdict.AGREES);
        assertThat(claimOfSpikes(2, 7, 7, 7, 7)).isEqualTo(Verdict.CONDITIONAL);
        assertThat(claimOfSpikes(2, 3, 2, 3, 5)).as("the interval holds 3").isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(claimOfSpikes(1, 2, 1, 2, 1)).isEqualTo(Verdict.DISAGREES);
    }

    /// Losses of so many spikes each.
    private static Verdict claimOfSpikes(int... spikes) {
        Map<String, Table> tables = new HashMap<>();
        List<String> groups = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String group : List.of("classification", "regression")) {
            for (int seed = 1; seed <= spikes.length; seed++) {
                String name = group + "-" + seed;
                groups.add(group);
                labels.add("seed " + seed);
                names.add(name);
                tables.put(name + "-measurements", loss(name, spikes[seed - 1]));
            }
        }
        tables.put(
                "runs",
                new Table(
                        "runs",
                        List.of(
                                new Column.Words("group", groups),
                                new Column.Words("label", labels),
                                new Column.Numbers("value", "", new double[names.size()]),
                                new Column.Words("table", names))));
        return judged(new LateSpikes(), new Tables(tables::get)).getFirst().verdict();
    }

    /// As a control is, whose rate is 0 to double precision long after its end.
    @Test
    void aTrainingWhoseRateDecaysHasALabelInEveryFigure() {
        for (Caption caption : PaperFigures.captions()) {
            if (PaperFigures.find(caption.id()) instanceof TrainedFigure figure) {
                ((Series) Shipped.draft(caption.id()).size(Size.DEFAULT).trainings())
                        .parts()
                        .forEach((name, part) -> assertThat(figure.label(
                                                name.substring(0, name.lastIndexOf('-')),
                                                ControlRuns.decaying((Train) part, 400))
                                        .words())
                                .isNotBlank());
            }
        }
    }

    /// Three trainings of a group that are called the same are three, not one: nothing differs between them.
    @Test
    void trainingsThatAreAlikeShowNoDifference() {
        Map<String, Table> tables = new HashMap<>();
        List<String> groups = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String group : List.of("a", "b", "c", "d")) {
            for (int i = 1; i <= 3; i++) {
                String name = group + "-" + i;
                groups.add(group);
                names.add(name);
                tables.put(
                        name + "-probes",
                        new Table(
                                name + "-probes",
                                List.of(
                                        new Column.Numbers("step", "", new double[] {0, 20}),
                                        new Column.Numbers("loss", "", new double[] {1, 0.01}),
                                        new Column.Numbers("sharpness", "", new double[] {10, 178}))));
            }
        }
        tables.put(
                "runs",
                new Table(
                        "runs",
                        List.of(
                                new Column.Words("group", groups),
                                new Column.Words("label", java.util.Collections.nCopies(12, "η = 0.001")),
                                new Column.Numbers("value", "", new double[12]),
                                new Column.Words("table", names))));
        assertThat(TrainedRuns.probes(new Tables(tables::get), "a"))
                .containsOnlyKeys("η = 0.001", "η = 0.001, a-2", "η = 0.001, a-3");
        Claim sharper = judged(new SolutionSharpness(), new Tables(tables::get)).getFirst();
        assertThat(sharper.verdict()).isEqualTo(Verdict.DISAGREES);
        assertThat(sharper.numbers()).containsEntry("η, full batch, largest of a λ₁ over the one before", 1.0);
    }

    /// A loss that falls four decades and rises by two decades so many times in its second half.
    private static Table loss(String name, int spikes) {
        double[] loss = new double[1001];
        Arrays.setAll(loss, t -> Math.pow(10, -Math.min(t, 400) / 100.0));
        for (int spike = 0; spike < spikes; spike++) {
            int from = 550 + 50 * spike;
            Arrays.fill(loss, from, from + 8, 1e-2);
        }
        double[] steps = new double[loss.length];
        Arrays.setAll(steps, t -> t);
        return new Table(name, List.of(new Column.Numbers("step", "", steps), new Column.Numbers("loss", "", loss)));
    }

    /// A loss of 10^(−100·time) whatever the learning rate: curves that are equal in time lie on one another, curves
    /// that are equal by step do not.
    @Test
    void theEarlyCurvesAreComparedAtEqualTimes() {
        EarlySignDescent.Timed sign = timed(1e-5, 1e-5, 500);
        assertThat(timed(1e-3, 1e-3, 5).distance(sign)).isCloseTo(0, within(1e-12));
        // at step t of 5 the time is 1e-3·t, the loss that of 1e-5·t: 100·0.99e-3·t decades apart, 0.2475 on average
        assertThat(timed(1e-3, 1e-5, 5).distance(sign)).isCloseTo(0.2475, within(1e-12));
    }

    private static EarlySignDescent.Timed timed(double lr, double lrOfTheLoss, int steps) {
        double[] step = new double[steps + 1];
        Arrays.setAll(step, t -> t);
        double[] loss = Arrays.stream(step)
                .map(t -> Math.pow(10, -100 * lrOfTheLoss * t))
                .toArray();
        return new EarlySignDescent.Timed(new LossShape(step, loss, List.of()), lr);
    }

    @Test
    void theOtherFiguresOfPaperTwoAreMeasuredDrawnAndJudged() {
        Task tiny = images(DENSE, Criterion.MEAN_SQUARED);
        judged(new EarlySignDescent(), tiny, 20);
        judged(new SpeedOfForgetting(), tiny, 60);
        judged(new FeaturesOfRmsprop(), tiny, 60);
        judged(new RegimesOfAdam(), tiny, 60);
        judged(new ResidualNetworkSpikes(), tiny, 30);
    }

    @Test
    void theGalerkinProblemsAreMeasuredDrawnAndJudgedAndOnePrintedSolutionIsNone() {
        Task disk = new Task(
                new ModelSource.Galerkin(GalerkinProblem.DISK, List.of(3), Activation.TANH, 5, true),
                Optional.empty(),
                Optional.empty());
        assertThat(judged(new PoissonByGalerkin(), disk, 60).getLast().verdict())
                .isEqualTo(Verdict.DISAGREES);
    }

    @Test
    void theContestsOfPaperOneAreMeasuredDrawnAndJudged() {
        judged(new SoftmaxAgainstRelu(), images(DENSE, Criterion.CROSS_ENTROPY), 8);
        judged(new TransformerAgainstCnn(), images(DENSE, Criterion.CROSS_ENTROPY), 8);
    }
}
