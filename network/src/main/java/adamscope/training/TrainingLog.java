package adamscope.training;

import adamscope.probe.Measured;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Keeps the loss of each step and every row of the probes for a [TrainingResult].
final class TrainingLog implements TrainingSink {
    private final LongStream.Builder steps = LongStream.builder();
    private final DoubleStream.Builder losses = DoubleStream.builder();
    private final LongStream.Builder probedSteps = LongStream.builder();
    private final List<DoubleStream.Builder> values = new ArrayList<>();
    private List<Measured> columns = List.of();

    @Override
    public void begin(List<Measured> live, List<Measured> probed) {
        columns = probed;
        Stream.generate(DoubleStream::builder).limit(probed.size()).forEach(values::add);
    }

    @Override
    public void live(long step, double[] row) {
        steps.add(step);
        losses.add(row[0]);
    }

    @Override
    public void probed(long step, double[] row) {
        probedSteps.add(step);
        for (int i = 0; i < row.length; i++) {
            values.get(i).add(row[i]);
        }
    }

    TrainingResult result(TrainingOutcome outcome) {
        Table byStep = new Table(
                "losses",
                List.of(
                        new Column.Integers("step", "steps", steps.build().toArray()),
                        new Column.Numbers("loss", "loss", losses.build().toArray())));
        List<Column> probes = new ArrayList<>();
        probes.add(new Column.Integers("step", "steps", probedSteps.build().toArray()));
        for (int i = 0; i < columns.size(); i++) {
            probes.add(columns.get(i).column(values.get(i).build().toArray()));
        }
        return new TrainingResult(outcome, byStep, new Table("probes", probes));
    }
}
