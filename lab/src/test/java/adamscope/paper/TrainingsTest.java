package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.figure.FigureSvg;
import adamscope.report.Claim.Verdict;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrainingsTest {

    private static MeasuredTraining tiny(double lr, int steps) {
        return MeasuredTraining.of(FigureTasks.dense(List.of(4), 20), "adam-uncorrected", Map.of("lr", lr), steps)
                .inspected(Inspection.Sharpness.every(5));
    }

    private static Effort effort(int threads, Trainings trainings) {
        return new Effort(false, threads, _ -> {}, () -> false, trainings, new adamscope.run.Trainings());
    }

    @Test
    void figuresThatAskForEqualTrainingsShareOneRun() {
        Trainings trainings = new Trainings();
        effort(1, trainings).trained(Map.of("a", tiny(1e-3, 10), "b", tiny(1e-3, 10)));
        effort(1, trainings).trained(Map.of("c", tiny(1e-3, 10), "d", tiny(2e-3, 10)));
        assertThat(trainings.runs()).isEqualTo(2);
    }

    @Test
    void whatIsLookedAtBelongsToWhatIsAskedFor() {
        assertThat(tiny(1e-3, 10)).isEqualTo(tiny(1e-3, 10)).isNotEqualTo(tiny(1e-3, 11));
        assertThat(tiny(1e-3, 10).inspected(new Inspection.HeldOut(5, 20, 30))).isNotEqualTo(tiny(1e-3, 10));
        assertThat(tiny(1e-3, 10).inBatches(5)).isNotEqualTo(tiny(1e-3, 10));
        assertThat(tiny(1e-3, 10).until(0.1)).isNotEqualTo(tiny(1e-3, 10));
    }

    @Test
    void noNumberDependsOnHowManyTrainingsRunAtOnce() {
        Map<String, MeasuredTraining> wanted = Map.of("a", tiny(1e-3, 20), "b", tiny(2e-3, 20), "c", tiny(4e-3, 20));
        Map<String, MeasuredRun> alone = effort(1, new Trainings()).trained(wanted);
        Map<String, MeasuredRun> together = effort(3, new Trainings()).trained(wanted);
        for (String name : wanted.keySet()) {
            for (String column : List.of("loss", "preconditionedSharpness", "sharpness")) {
                assertThat(together.get(name).probes().numbers(column))
                        .isEqualTo(alone.get(name).probes().numbers(column));
            }
        }
    }

    @Test
    void aStopEndsTrainingsAndKeepsNone() {
        Trainings trainings = new Trainings();
        Effort stopped = new Effort(false, 2, _ -> {}, () -> true, trainings, new adamscope.run.Trainings());
        assertThatThrownBy(() -> stopped.trained(Map.of("a", tiny(1e-3, 1000), "b", tiny(2e-3, 1000))))
                .isInstanceOf(CancellationException.class);
        assertThat(trainings.runs()).isZero();
    }

    @Test
    void aTrainingThatCannotRunIsReportedWithItsReason() {
        Map<String, MeasuredTraining> wanted = Map.of("a", tiny(1e-3, 10).inBatches(21), "b", tiny(2e-3, 1000));
        assertThatThrownBy(() -> effort(2, new Trainings()).trained(wanted))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than the 20 samples");
    }

    @Test
    void theSharesOfTheWorkAddUpToOneAlsoWhenARunEndsEarly() {
        DoubleAdder done = new DoubleAdder();
        Effort effort = new Effort(false, 1, done::add, () -> false, new Trainings(), new adamscope.run.Trainings());
        effort.trained(Map.of("a", tiny(1e-3, 10).until(1e9), "b", tiny(1e-3, 10)));
        assertThat(done.sum()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9)); // 20 roundings
    }

    @Test
    void aFigureIsDrawnFromItsTablesAlone() {
        FigureRuns runs = new FigureRuns(true);
        runs.add("a", "small", 1e-3, tiny(1e-3, 10));
        runs.add("a", "large", 2e-3, tiny(2e-3, 10));
        Map<String, Table> tables =
                runs.measure(Effort.quiet(false)).stream().collect(Collectors.toMap(Table::name, Function.identity()));
        Tables measured = new Tables(tables::get);
        assertThat(FigureRuns.group(measured, "a")).containsOnlyKeys("small", "large");
        assertThat(FigureRuns.values(measured, "a")).containsExactly(1e-3, 2e-3);
        assertThat(FigureRuns.steps(measured, "a").get("small").numbers("rootSecondMomentNorm"))
                .hasSize(11);
        assertThat(FigureSvg.text(adamscope.figure.Figure.of(
                        "x", "", EdgePanels.preconditioned("", "38/η", FigureRuns.group(measured, "a")))))
                .contains("38/η");
    }

    /// λ₁ in units of a threshold of 2, measured at steps 1, 10, 20, …
    private static EdgeCurve curve(double... ratios) {
        double[] steps = new double[ratios.length];
        double[] sharpness = new double[ratios.length];
        double[] threshold = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            steps[i] = i == 0 ? 1 : 10 * i;
            sharpness[i] = 2 * ratios[i];
            threshold[i] = 2;
        }
        return EdgeCurve.preconditioned(new Table(
                "probes",
                List.of(
                        new Column.Numbers("step", "", steps),
                        new Column.Numbers("preconditionedSharpness", "", sharpness),
                        new Column.Numbers("threshold", "", threshold))));
    }

    @Test
    void theAverageIsOverTimeNotOverMeasurements() {
        EdgeCurve dense = new EdgeCurve(new double[] {0, 10, 11, 12, 20, 30}, new double[] {9, 2, 2, 2, 1, 1});
        // from step 10: 2 over 10 steps, 1 over 10 steps and over as long again as the last interval
        assertThat(dense.since(10).mean()).isEqualTo((10 * 2 + 20 * 1) / 30.0);
        assertThat(dense.since(10).low()).isEqualTo(1);
        assertThat(dense.since(10).high()).isEqualTo(2);
    }

    @Test
    void theThresholdIsReachedAtTheFirstStepNearIt() {
        assertThat(curve(0.1, 0.5, 0.96, 1.1).reaches(1)).isEqualTo(30);
        assertThat(curve(0.1, 0.5, 0.96).reached()).isTrue();
        assertThat(curve(0.1, 0.5, 0.94).reached()).isFalse();
    }

    @Test
    void theVerdictOnSettlingFollowsTheMeasurement() {
        Statement statement = new Statement("X-1", "nowhere", "settles", "none");
        EdgeCurve settled = curve(0.1, 0.5, 1, 1.02, 0.98, 1, 1);
        EdgeCurve above = curve(0.1, 0.5, 1, 1.2, 1.2, 1.2, 1.2);
        EdgeCurve tooShort = curve(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);
        EdgeCurve fallen = curve(0.1, 0.5, 1, 0.8, 0.6, 0.4, 0.3);
        assertThat(verdict(EdgeClaim.AROUND, statement, Map.of("a", settled))).isEqualTo(Verdict.AGREES);
        assertThat(verdict(EdgeClaim.AROUND, statement, Map.of("a", above))).isEqualTo(Verdict.DISAGREES);
        assertThat(verdict(EdgeClaim.AT_OR_ABOVE, statement, Map.of("a", above)))
                .isEqualTo(Verdict.AGREES);
        assertThat(verdict(EdgeClaim.AROUND, statement, Map.of("a", settled, "b", tooShort)))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(EdgeClaim.AROUND, statement, Map.of("a", settled, "b", fallen)))
                .isEqualTo(Verdict.DISAGREES);
    }

    private static Verdict verdict(EdgeClaim claim, Statement statement, Map<String, EdgeCurve> runs) {
        return claim.judged(statement, "1", runs).verdict();
    }

    @Test
    void theRateOfTheSharpnessAfterTheThresholdIsHeldAgainstTheRateBefore() {
        double[] steps = new double[21];
        double[] raw = new double[21];
        double[] ratio = new double[21];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = 10 * i;
            // e^(0.01 t) up to step 100, where the threshold is crossed, e^(0.001 t) from there on
            raw[i] = Math.exp(0.01 * Math.min(100, steps[i]) + 0.001 * Math.max(0, steps[i] - 100));
            ratio[i] = steps[i] < 100 ? 0.5 : 1;
        }
        RawGrowth growth = RawGrowth.of(new Table(
                "probes",
                List.of(
                        new Column.Numbers("step", "", steps),
                        new Column.Numbers("preconditionedSharpness", "", ratio),
                        new Column.Numbers("sharpness", "", raw),
                        new Column.Numbers("threshold", "", ones(ratio.length)))));
        assertThat(growth.from()).isEqualTo(100);
        // straight lines: exact but for rounding
        assertThat(growth.part()).isCloseTo(0.1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(growth.factor()).isCloseTo(Math.exp(0.1), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(growth.rises()).isFalse();
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void wordsChooseIdsPatternsAndGroupsInTheOrderOfThePapers() {
        assertThat(PaperFigures.chosen(List.of("P3-fig2", "P1-fig1"))).containsExactly("P1-fig1", "P3-fig2");
        assertThat(PaperFigures.chosen(List.of("P3-fig1*")))
                .contains("P3-fig1", "P3-fig12")
                .doesNotContain("P3-fig2");
        assertThat(PaperFigures.chosen(List.of("networks"))).contains("P3-fig1").doesNotContain("P3-fig2");
        assertThat(PaperFigures.chosen(List.of("networks", "theory"))).isEqualTo(PaperFigures.chosen(List.of("all")));
        assertThatThrownBy(() -> PaperFigures.chosen(List.of("P9-*")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P9-*");
    }
}
