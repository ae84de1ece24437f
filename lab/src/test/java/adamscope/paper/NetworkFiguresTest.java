package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.Subset;
import adamscope.data.TextSource;
import adamscope.data.Tokenizer;
import adamscope.figure.FigureSvg;
import adamscope.model.ModelSource;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The figures of networks of papers 1 and 2 at a size of seconds; what they find at their own is tested slowly.
class NetworkFiguresTest {
    private static final Task TINY =
            ClassifiedImages.squareLoss(List.of(6, 5), ClassifiedImages.fashion(new Subset(List.of(0, 1), 8, 0)));
    private static final long STEPS = 60;

    private static Effort quiet() {
        return Effort.quiet(false);
    }

    private static List<Claim> judged(PaperFigure figure, List<Table> measured) {
        Map<String, Table> tables = measured.stream().collect(Collectors.toMap(Table::name, Function.identity()));
        Tables named = new Tables(tables::get);
        assertThat(tables.keySet()).allMatch(name -> name.matches("[A-Za-z0-9.,=-]+"));
        assertThat(FigureSvg.text(figure.draw(named))).contains("<svg");
        List<Claim> claims = figure.claims(named);
        assertThat(claims)
                .isNotEmpty()
                .allMatch(claim -> !claim.measured().isEmpty())
                .allMatch(claim ->
                        claim.verdict() == Verdict.AGREES || !claim.note().isEmpty());
        return claims;
    }

    @Test
    void runsTooShortForSpikesAreInconclusive() {
        List<Table> measured = LateSpikes.measure(
                new LateSpikes.Size(TINY, LateSpikes.Size.sines(10), List.of(STEPS, STEPS)), quiet());
        assertThat(judged(new LateSpikes(), measured))
                .extracting(Claim::verdict)
                .containsOnly(Verdict.INCONCLUSIVE);
    }

    @Test
    void threeLateSpikesMakeTheClaimAgreeAndTwoDoNot() {
        assertThat(claimOfSpikes(3)).isEqualTo(Verdict.AGREES);
        assertThat(claimOfSpikes(2)).isEqualTo(Verdict.DISAGREES);
    }

    /// A loss that falls four decades and rises by two decades so many times in its second half.
    private static Verdict claimOfSpikes(int spikes) {
        double[] loss = new double[1001];
        Arrays.setAll(loss, t -> Math.pow(10, -Math.min(t, 400) / 100.0));
        for (int spike = 0; spike < spikes; spike++) {
            int from = 550 + 120 * spike;
            Arrays.fill(loss, from, from + 8, 1e-2);
        }
        double[] steps = new double[loss.length];
        Arrays.setAll(steps, t -> t);
        List<Table> tables = new ArrayList<>();
        for (String name : List.of("classification", "regression")) {
            tables.add(new Table(
                    name, List.of(new Column.Numbers("step", "", steps), new Column.Numbers("loss", "", loss))));
        }
        return judged(new LateSpikes(), tables).getFirst().verdict();
    }

    @Test
    void theEarlyCurvesAreComparedAtEqualTimes() {
        judged(new EarlySignDescent(), EarlySignDescent.measure(new EarlySignDescent.Size(TINY, 2e-4), quiet()));
    }

    @Test
    void theOtherFiguresOfPaperTwoAreMeasuredDrawnAndJudged() {
        judged(new SpeedOfForgetting(), SpeedOfForgetting.measure(new SpeedOfForgetting.Size(TINY, STEPS), quiet()));
        judged(new FeaturesOfRmsprop(), FeaturesOfRmsprop.measure(new FeaturesOfRmsprop.Size(TINY, STEPS), quiet()));
        judged(new RegimesOfAdam(), RegimesOfAdam.measure(new RegimesOfAdam.Size(TINY, STEPS), quiet()));
        judged(
                new LossOverForgetting(),
                LossOverForgetting.measure(new LossOverForgetting.Size(TINY, 4, STEPS, 20), quiet()));
        judged(
                new PoissonByGalerkin(),
                PoissonByGalerkin.measure(new PoissonByGalerkin.Size(List.of(3), 5, STEPS, STEPS), quiet()));
    }

    @Test
    void theResidualNetworkIsMeasuredDrawnAndJudged() {
        judged(
                new ResidualNetworkSpikes(),
                ResidualNetworkSpikes.measure(
                        new ResidualNetworkSpikes.Size(
                                ResidualNetworkSpikes.Size.task(
                                        0.0157,
                                        adamscope.model.ResNet.Stem.IMAGENET,
                                        ClassifiedImages.fashion(Subset.first(8))),
                                4,
                                12),
                        quiet()));
    }

    @Test
    void theContestsOfPaperOneAreMeasuredDrawnAndJudged() {
        judged(new SoftmaxAgainstRelu(), SoftmaxAgainstRelu.measure(new SoftmaxAgainstRelu.Size(12, 3, 20), quiet()));
        judged(
                new TransformerAgainstCnn(),
                TransformerAgainstCnn.measure(
                        TransformerAgainstCnn.Size.of(
                                new ModelSource.Language(1, 1, 4),
                                new TextSource(Optional.empty(), Tokenizer.BYTES, 4, 6),
                                ClassifiedImages.fashion(Subset.first(6)),
                                new TransformerAgainstCnn.Size.Length(List.of(1, 2), List.of(3L, 3L), 20)),
                        quiet()));
    }
}
