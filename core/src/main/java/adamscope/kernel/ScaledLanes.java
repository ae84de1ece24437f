package adamscope.kernel;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// Lanes in log-scaled arithmetic, run by a generated class block by block.
final class ScaledLanes implements Lanes {
    /// Steps of a call at most: registers drift from their scales in between.
    static final int LONGEST_BLOCK = 25;

    private final StepProgram program;
    private final ScaledCode code;
    private final ScaledMemory memory;
    private final WideSteps wide;
    private final Map<String, double[]> parameters;
    private int lanes;
    private double[][] before;
    private final Map<Record, Magnitudes> recorded = new EnumMap<>(Record.class);
    private final Extremes extremes;
    private boolean[] broken;

    /// With fixed scales, the state of lanes whose numbers no double holds; null for others.
    private WideNumber[][] outside;

    private long slowSteps;

    ScaledLanes(
            StepProgram program,
            ScaledCode code,
            GroupLoop loop,
            Map<String, double[]> parameters,
            Magnitudes[] starts) {
        this.program = program;
        this.code = code;
        this.lanes = starts[0].mantissa().length;
        this.parameters = new HashMap<>(parameters);
        this.wide = new WideSteps(program);
        this.memory = new ScaledMemory(program, code, lanes, loop, parameters);
        this.before = new double[starts.length][lanes];
        this.extremes = Extremes.of(lanes, code.slopeScale() != null);
        this.broken = new boolean[lanes];
        this.outside = new WideNumber[lanes][];
        for (int lane = 0; lane < lanes; lane++) {
            int at = lane;
            place(lane, Arrays.stream(starts).map(start -> start.at(at)).toArray(WideNumber[]::new), 1);
        }
        for (Record record : Record.values()) {
            recorded.put(record, Magnitudes.of(lanes));
        }
    }

    /// Sets a lane's components and chooses its scales by one step of the reference.
    private void place(int lane, WideNumber[] state, long step) {
        if (code.fixed()) {
            placeAsDoubles(lane, state);
            return;
        }
        Map<String, WideNumber> values = WideLanes.parametersOf(program, parameters, lane);
        for (int c = 0; c < state.length; c++) {
            values.put(program.components().get(c), state[c]);
            broken[lane] |= Double.isNaN(state[c].mantissa());
        }
        WideNumber[] next = wide.evaluate(values, step);
        for (int c = 0; c < state.length; c++) {
            memory.choose(c, lane, state[c].mantissa() == 0 ? next[c] : state[c]);
            memory.setState(c, lane, state[c]);
        }
        for (int s = 0; s < code.sums().length; s++) {
            memory.choose(state.length + s, lane, largerOperand(code.sums()[s]));
        }
        memory.fill(lane);
    }

    /// NaN in its registers sends a lane to the reference after the next block, too.
    private void placeAsDoubles(int lane, WideNumber[] state) {
        boolean fits = Arrays.stream(state).allMatch(WideNumber::fitsDouble);
        outside[lane] = fits ? null : state;
        for (int c = 0; c < state.length; c++) {
            memory.setState(c, lane, fits ? state[c] : new WideNumber(Double.NaN, 0));
        }
        memory.fill(lane);
    }

    private WideNumber largerOperand(int sum) {
        if (!(program.program().values().get(sum) instanceof Program.Instruction.Two(var _, int a, int b))) {
            throw new IllegalStateException("a sum has two operands");
        }
        WideNumber left = wide.value(a);
        WideNumber right = wide.value(b);
        return Magnitudes.isLess(left, right) ? right : left;
    }

    @Override
    public void advance(long firstStep, int steps) {
        int now;
        for (int done = 0; done < steps; done += now) {
            // Averages begin at 0, which is out of range, and leave it in the first step.
            now = code.fixed() && firstStep + done == 1 ? 1 : Math.min(LONGEST_BLOCK, steps - done);
            advanceBlock(firstStep + done, now);
        }
    }

    private void advanceBlock(long firstStep, int steps) {
        LaneRows rows = memory.rows();
        for (int c = 0; c < before.length; c++) {
            rows.copy(c, before[c]);
        }
        code.code().trackers().forEach(rows::start);
        rows.advance(steps, firstStep);
        record();
        for (int first = 0; first < lanes; first += ScaledMemory.SPECIES.length()) {
            long due = memory.drifted(first);
            if (due != 0) {
                rescale(first, due, memory.outOfRange(first), firstStep, steps);
            }
        }
        extremes.take(recorded);
    }

    private void rescale(int first, long due, long outOfRange, long firstStep, int steps) {
        for (long rest = due; rest != 0; rest &= rest - 1) {
            int bit = Long.numberOfTrailingZeros(rest);
            int lane = first + bit;
            if (lane < lanes && !broken[lane]) {
                if ((outOfRange >> bit & 1) == 0) {
                    memory.choose(lane);
                } else {
                    runAgain(lane, firstStep, steps);
                }
            }
        }
    }

    private void record() {
        int row = code.firstRecord();
        memory.read(row, memory.lossScale(), recorded.get(Record.LEAST_LOSS));
        memory.read(row + 1, memory.lossScale(), recorded.get(Record.GREATEST_LOSS));
        row += 2;
        if (code.slopeScale() != null) {
            memory.read(row++, memory.slopeScale(), recorded.get(Record.GREATEST_SLOPE));
        }
        if (code.ratioScale() != null) {
            memory.readQuotient(row, memory.ratioScale(), recorded.get(Record.GREATEST_COUPLING));
            memory.readQuotient(row + 2, memory.ratioScale(), recorded.get(Record.LAST_COUPLING));
        }
    }

    private void runAgain(int lane, long firstStep, int steps) {
        slowSteps += steps;
        Map<String, WideNumber> values = WideLanes.parametersOf(program, parameters, lane);
        for (int c = 0; c < program.components().size(); c++) {
            values.put(
                    program.components().get(c),
                    outside[lane] == null ? memory.state(before[c], c, lane) : outside[lane][c]);
        }
        WideExtremes extremes = wide.run(values, firstStep, steps);
        recorded.forEach((record, magnitudes) -> magnitudes.set(lane, extremes.recorded(record)));
        place(lane, program.components().stream().map(values::get).toArray(WideNumber[]::new), firstStep + steps);
    }

    @Override
    public Magnitudes recorded(Record record) {
        return extremes.recorded(record, recorded);
    }

    @Override
    public void nextWindow() {
        extremes.nextWindow();
    }

    @Override
    public void keep(int[] kept) {
        lanes = kept.length;
        memory.keep(kept);
        before = new double[before.length][lanes];
        boolean[] wereBroken = broken;
        broken = new boolean[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            broken[lane] = wereBroken[kept[lane]];
        }
        WideNumber[][] wereOutside = outside;
        outside = Arrays.stream(kept).mapToObj(at -> wereOutside[at]).toArray(WideNumber[][]::new);
        parameters.replaceAll((_, numbers) -> Magnitudes.kept(numbers, kept));
        recorded.replaceAll((_, numbers) -> numbers.kept(kept));
        extremes.keep(kept);
    }

    @Override
    public Magnitudes component(int index) {
        Magnitudes component = memory.component(index);
        for (int lane = 0; lane < lanes; lane++) {
            if (outside[lane] != null) {
                component.set(lane, outside[lane][index]);
            }
        }
        return component;
    }

    /// Steps of a lane that the reference had to run, so far.
    long slowSteps() {
        return slowSteps;
    }
}
