package adamscope.kernel;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// Lanes in double, run by the reference interpreter: what the kernels must give, written down once more.
final class BlockLanes implements Lanes {
    private final StepProgram program;
    private final Map<String, double[]> inputs;
    private BlockInterpreter interpreter;
    private double[][] results;
    private int lanes;
    private final Magnitudes[] components;
    private final Map<Record, Magnitudes> recorded = new EnumMap<>(Record.class);

    BlockLanes(StepProgram program, Map<String, double[]> parameters, Magnitudes[] starts) {
        this.program = program;
        this.lanes = starts[0].mantissa().length;
        this.interpreter = new BlockInterpreter(program.program(), lanes);
        this.inputs = new HashMap<>(parameters);
        this.components = starts;
        this.results = new double[program.program().results().length][lanes];
        for (Record record : Record.values()) {
            recorded.put(record, Magnitudes.of(lanes));
        }
        java.util.Arrays.fill(recorded.get(Record.LEAST_LOSS).mantissa(), Double.POSITIVE_INFINITY);
    }

    @Override
    public void advance(long firstStep, int steps) {
        double[] least = recorded.get(Record.LEAST_LOSS).mantissa();
        double[] greatest = recorded.get(Record.GREATEST_LOSS).mantissa();
        double[] coupling = recorded.get(Record.GREATEST_COUPLING).mantissa();
        double[] clock = new double[lanes];
        inputs.put(StepProgram.STEP, clock);
        for (int c = 0; c < components.length; c++) {
            inputs.put(program.components().get(c), components[c].mantissa());
        }
        double[] loss = results[program.resultOf(TileRun.LOSS)];
        boolean coupled = program.observed().contains(TileRun.COUPLING);
        for (long step = firstStep; step < firstStep + steps; step++) {
            java.util.Arrays.fill(clock, step);
            interpreter.evaluate(inputs, results);
            for (int c = 0; c < components.length; c++) {
                System.arraycopy(results[c], 0, components[c].mantissa(), 0, lanes);
            }
            for (int lane = 0; lane < lanes; lane++) {
                double magnitude = Math.abs(loss[lane]);
                least[lane] = magnitude < least[lane] ? magnitude : least[lane];
                greatest[lane] = Math.max(greatest[lane], magnitude);
            }
            if (program.observed().contains(TileRun.SLOPE)) {
                double[] slope = recorded.get(Record.GREATEST_SLOPE).mantissa();
                for (int lane = 0; lane < lanes; lane++) {
                    slope[lane] = Math.max(slope[lane], results[program.resultOf(TileRun.SLOPE)][lane]);
                }
            }
            if (coupled) {
                double[] ratio = results[program.resultOf(TileRun.COUPLING)];
                for (int lane = 0; lane < lanes; lane++) {
                    coupling[lane] = ratio[lane] > coupling[lane] ? ratio[lane] : coupling[lane];
                }
                System.arraycopy(ratio, 0, recorded.get(Record.LAST_COUPLING).mantissa(), 0, lanes);
            }
        }
    }

    @Override
    public Magnitudes recorded(Record record) {
        return recorded.get(record);
    }

    @Override
    public void nextWindow() {
        java.util.Arrays.fill(recorded.get(Record.GREATEST_LOSS).mantissa(), 0);
        java.util.Arrays.fill(recorded.get(Record.GREATEST_SLOPE).mantissa(), 0);
    }

    @Override
    public void keep(int[] kept) {
        lanes = kept.length;
        interpreter = new BlockInterpreter(program.program(), lanes);
        results = new double[results.length][lanes];
        inputs.replaceAll((_, numbers) -> Magnitudes.kept(numbers, kept));
        recorded.replaceAll((_, numbers) -> numbers.kept(kept));
        java.util.Arrays.setAll(components, c -> components[c].kept(kept));
    }

    @Override
    public Magnitudes component(int index) {
        return components[index];
    }
}
