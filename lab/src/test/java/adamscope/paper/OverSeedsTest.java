package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.experiment.Train;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/// Verdicts over seeds, of P3-18: what is needed is that at least 2 runs compare, what holds is a ratio above 1.
class OverSeedsTest {
    private static Claim of(double runs, double ratio) {
        return Register.of("P3-18")
                .got("momentum runs as fast as Adam's", runs)
                .got("least of Adam's λ₁ over that of momentum", ratio)
                .claim("larger", "ratio " + ratio);
    }

    private static Claim over(double... ratios) {
        return OverSeeds.claim(
                Arrays.stream(ratios).mapToObj(ratio -> of(2, ratio)).toList());
    }

    /// Student's 97.5 % quantile with 4 degrees of freedom is 2.776: of 1.1, 1.2, 1.3, 1.4, 1.5 the mean is 1.3, the
    /// standard deviation 0.15811, half the interval 2.776·0.15811/√5 = 0.1963.
    @Test
    void itAgreesWhereTheWholeIntervalDoesAndSaysWhatWouldHaveBeenMissed() {
        Claim claim = over(1.1, 1.2, 1.3, 1.4, 1.5);
        assertThat(claim.verdict()).isEqualTo(Verdict.AGREES);
        assertThat(claim.measured()).contains("1.300 ± 0.20").contains("5 seeds");
        assertThat(claim.note()).isEmpty();
    }

    @Test
    void anIntervalThatHoldsTheBoundLeavesTheStatementOpenThoughEverySeedButOneAgrees() {
        Claim claim = over(1.1, 1.2, 1.3, 1.4, 0.8);
        assertThat(claim.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(claim.note()).contains("on both sides").contains("> 1");
    }

    @Test
    void anIntervalWhollyOutsideDisagrees() {
        assertThat(over(0.9, 0.91, 0.92, 0.93, 0.94).verdict()).isEqualTo(Verdict.DISAGREES);
        assertThat(over(1, 1, 1).verdict()).as("1 is not above 1").isEqualTo(Verdict.DISAGREES);
    }

    @Test
    void whatIsNeededEverySeedMustHave() {
        Claim claim = OverSeeds.claim(List.of(of(2, 1.5), of(2, 1.6), of(1, Double.NaN)));
        assertThat(claim.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(claim.note()).contains("with 1 of the seeds");
    }

    @Test
    void oneSeedLeavesOpenWhatTheStartDecides() {
        Claim one = over(1.5);
        assertThat(of(2, 1.5).verdict()).isEqualTo(Verdict.AGREES);
        assertThat(one.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(one.note()).startsWith("Inconclusive with one seed: this run by itself agrees");
        assertThat(over(0.5).note()).contains("this run by itself disagrees");
    }

    @Test
    void oneRunDecidesWhatNothingIsLeftToChanceIn() {
        Claim exact = Register.of("P2-24")
                .got("cube, off f = 0", 1e-9)
                .got("disk, off f = 1", 1e-9)
                .claim("", "");
        assertThat(OverSeeds.claim(List.of(exact))).isSameAs(exact);
    }

    @Test
    void noInterestIsTakenInTheOrderOfTheSeeds() {
        DoubleFunction<Verdict> verdict =
                last -> over(1.05, 1.02, 1.01, 1.03, last).verdict();
        assertThat(verdict.apply(1.02))
                .isEqualTo(over(1.02, 1.05, 1.02, 1.01, 1.03).verdict());
    }

    @Test
    void furtherSeedsAreTheSameTrainingsUnderNamesOfTheirOwn() {
        Series own = (Series) Shipped.draft("P3-fig11").size(Size.DEFAULT).trainings();
        Series seeded = (Series) new SeedAxis(3).seeded(own);
        assertThat(seeded.parts()).hasSize(3 * own.parts().size()).containsAllEntriesOf(own.parts());
        Map.Entry<String, ?> first = own.parts().entrySet().iterator().next();
        Train again = (Train) seeded.parts().get("seed3-" + first.getKey());
        assertThat(again.training().run().seed())
                .isEqualTo(((Train) first.getValue()).training().run().seed() + 2);
        assertThat(again.with(Map.of("seed", 1.0))).isEqualTo(((Train) first.getValue()).with(Map.of("seed", 1.0)));
        assertThat(SeedAxis.of(seeded)).isEqualTo(new SeedAxis(3));
        assertThat(SeedAxis.of(own)).isEqualTo(new SeedAxis(1));
    }

    @Test
    void aPageSaysWhoseLabelsItsSamplesHave() {
        assertThat(TrainedOn.words(
                        "P3-fig9", Shipped.draft("P3-fig9").size(Size.DEFAULT).trainings()))
                .contains("fashion-mnist", "2 of 2 trainings", "dealt out by chance", "P3-fig9 --data cifar=DIR");
        assertThat(TrainedOn.words(
                        "P3-fig1", Shipped.draft("P3-fig1").size(Size.DEFAULT).trainings()))
                .contains("their own labels")
                .doesNotContain("chance");
        assertThat(TrainedOn.words(
                        "P2-fig10", Shipped.draft("P2-fig10").size(Size.DEFAULT).trainings()))
                .contains("no labels");
    }
}
