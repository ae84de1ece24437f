package adamscope.paper;

import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.TrainingSink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/// Collects what a training measures of itself at every step: loss, norms of g, m, √v and the step, quantiles of v/g².
final class MeasuredSteps implements TrainingSink {
    private final LongStream.Builder steps = LongStream.builder();
    private final List<DoubleStream.Builder> values = new ArrayList<>();
    private List<adamscope.training.Measured> columns = List.of();

    @Override
    public void begin(List<adamscope.training.Measured> live, List<adamscope.training.Measured> probed) {
        columns = live;
        live.forEach(_ -> values.add(DoubleStream.builder()));
    }

    @Override
    public void live(long step, double[] row) {
        steps.add(step);
        for (int i = 0; i < row.length; i++) {
            values.get(i).add(row[i]);
        }
    }

    @Override
    public void probed(long step, double[] row) {
        // the result of the training holds these
    }

    Table table() {
        List<Column> table = new ArrayList<>();
        table.add(new Column.Integers("step", "steps", steps.build().toArray()));
        for (int i = 0; i < columns.size(); i++) {
            table.add(columns.get(i).column(values.get(i).build().toArray()));
        }
        return new Table("steps", table);
    }
}
