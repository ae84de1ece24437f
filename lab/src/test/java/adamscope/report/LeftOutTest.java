package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.ComparedRun;
import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.RunAxis;
import adamscope.diagnosis.SideBySide;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What a figure or a list has no room for is counted where it is read.
class LeftOutTest {
    private static final int ROWS = 4000;
    private static final int EVERY = 100;
    private static final int RISES = 20;

    /// A calm loss with twenty one-row rises, each also in nine more quantities; a row in a hundred steps.
    private static final RunLog LOG = log(9);

    private static RunLog log(int others) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers(
                Quantity.STEP,
                "steps",
                LongStream.range(0, ROWS).map(row -> EVERY * row).toArray()));
        columns.add(new Column.Numbers(Quantity.LOSS, "", values(0)));
        for (int i = 1; i <= others; i++) {
            columns.add(new Column.Numbers("quantity" + i, "", values(i)));
        }
        return RunLog.of("log", new Table("log", columns), Map.of());
    }

    private static double[] values(int shift) {
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> (1 + 0.01 * ((row + shift) * 37 % 11))
                        * (row % (ROWS / RISES) == 150 ? 10 + row / (double) ROWS : 1))
                .toArray();
    }

    @Test
    void theRisesAndQuantitiesThatADiagnosisDoesNotDrawAreCounted() {
        Diagnosis diagnosis = Diagnosis.of(LOG, Circumstances.of(LOG));
        assertThat(diagnosis.rises()).isEqualTo(RISES);
        Figure whole = DiagnosisFigure.whole("whole", diagnosis);
        assertThat(whole.panels()).hasSize(1 + 7);
        assertThat(DiagnosisFigure.leftOut(diagnosis))
                .isEqualTo(" The highest 12 of 20 rises are marked. The first 7 of 9 other quantities with rises are"
                        + " drawn.");
        Report page = DiagnosisPage.of(List.of(new DiagnosedRun(diagnosis, List.of())), Optional.empty());
        assertThat(page.sections())
                .filteredOn(Section.Prose.class::isInstance)
                .anyMatch(section -> ((Section.Prose) section)
                        .paragraphs()
                        .contains("The 15 lower rises are not explained here; diagnose --json lists them all."));
    }

    /// Sixty rows to each side, however far apart they are.
    @Test
    void theFigureAroundARiseHoldsRowsBeforeIt() {
        Diagnosis diagnosis = Diagnosis.of(LOG, Circumstances.of(LOG));
        long onset = diagnosis.leading().orElseThrow().event().onset();
        Mark.Line loss = (Mark.Line) DiagnosisFigure.around(
                        "around", diagnosis, diagnosis.leading().orElseThrow().event())
                .panels()
                .getFirst()
                .marks()
                .getFirst();
        assertThat(loss.x()[0]).isEqualTo(onset - 60 * EVERY);
    }

    @Test
    void theRunsThatAComparisonDoesNotDrawAreCounted() {
        SideBySide compared = new SideBySide(
                IntStream.range(0, 30)
                        .mapToObj(i -> new ComparedRun("run" + i, log(0), Map.of(), "", false))
                        .toList(),
                RunAxis.STEP,
                1e-6);
        Figure figure = SideBySideFigure.of(compared).orElseThrow();
        assertThat(figure.panels().getFirst().marks()).hasSize(24);
        assertThat(SideBySideFigure.leftOut(compared)).isEqualTo(" The first 24 of 30 curves are drawn.");
    }

    private static Sweep sweep(String axes) {
        return (Sweep) ExperimentText.read("sweep.yaml", """
            kind: sweep
            base:
              kind: simulation
              optimizer: {name: adam, lr: 1e-3}
              objective: x^4/4
              x0: [1]
              steps: 10
            axes:
            """ + axes.indent(2) + """
            keep: [finalLog10Loss]
            """, Path.of("."));
    }

    private static Table rows(Sweep sweep, int rows) {
        List<Column> columns = new ArrayList<>();
        sweep.space().coordinates().forEach(axis -> {
            double[] values = new double[rows];
            java.util.Arrays.setAll(
                    values, row -> 0.5 + 0.001 * row * (axis.name().equals("x") ? 0 : 1));
            columns.add(new Column.Numbers(axis.name(), "", values));
        });
        columns.add(new Column.Numbers("finalLog10Loss", "", new double[rows]));
        return new Table("picture", columns);
    }

    @Test
    void whatAPlaneOfASweepIsHeldAtIsSaid() {
        Sweep sweep = sweep("""
            beta1: {from: 0.1, to: 0.9, points: 5}
            beta2: {from: 0.1, to: 0.9, points: 5}
            x: [0.5, 2]\
            """);
        assertThat(SweepSections.drawn(sweep, rows(sweep, 25)))
                .isEqualTo("25 of 50 points are drawn, those with x = 0.5; the table holds them all.");
    }

    @Test
    void ratesThatAreSampledMakeNoCurves() {
        Sweep sweep = sweep("""
            lr: {from: 1e-4, to: 1e-1, points: 3, scale: log}
            beta1: {from: 0.1, to: 0.9, points: 3}\
            """);
        assertThat(SweptRates.of(sweep, rows(sweep, 9))).isEmpty();
    }
}
