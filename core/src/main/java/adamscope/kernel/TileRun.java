package adamscope.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Many runs of one recurrence, prepared once and then run tile by tile: what sweeps call.
///
/// A tile is a few hundred lanes, each with its own parameters and start. The result of a lane has the same bits
/// whatever the tile it is in, and may be computed in any thread.
public final class TileRun {
    /// The observable that every recurrence must have.
    public static final String LOSS = "loss";

    /// The observable v/g².
    public static final String COUPLING = "coupling";

    /// The observable |∇L|², which a recurrence has where the loss alone does not tell how near its minimum is.
    public static final String SLOPE = "slope";

    private static final int SAMPLE_EVERY = 25;
    private static final int SAMPLES = 200;

    private final StepProgram program;
    private final Arithmetic arithmetic;
    private final int steps;
    private final int window;
    private final boolean maySettle;
    private final LaneSource source;

    private TileRun(
            StepProgram program, Arithmetic arithmetic, int steps, int window, LaneSource source, boolean fullLength) {
        this.program = program;
        this.arithmetic = arithmetic;
        this.steps = steps;
        this.window = window;
        this.maySettle = !fullLength
                && steps % window == 0
                && !program.program().values().contains(new Program.Instruction.Input(StepProgram.STEP));
        this.source = source;
    }

    /// Prepares runs.
    ///
    /// @param uniform parameters with one value for all lanes; they become part of the code
    /// @param window  steps over which extremes of the loss are taken, such as 50
    public static TileRun of(
            Recurrence recurrence, Map<String, Double> uniform, Arithmetic arithmetic, int steps, int window) {
        if (steps < 1 || window < 1) {
            throw new IllegalArgumentException(
                    "a run needs at least 1 step and windows of at least 1 step, not " + steps + " and " + window);
        }
        List<String> observed = Stream.of(LOSS, COUPLING, SLOPE)
                .filter(name -> name.equals(LOSS) || recurrence.observables().containsKey(name))
                .toList();
        StepProgram program = StepProgram.of(recurrence, observed, uniform);
        return new TileRun(program, arithmetic, steps, window, new LaneSource(program, arithmetic), false);
    }

    /// The same runs, each computed to its last step, also where it repeats a cycle to the bit or falls as expected;
    /// only where it has left the range of double there is nothing left to compute.
    public TileRun fullLength() {
        return new TileRun(program, arithmetic, steps, window, source, true);
    }

    /// The parameters and starting values that [#run] needs, by name.
    public List<String> inputs() {
        List<String> names = new java.util.ArrayList<>(program.parameters());
        for (int c = 0; c < program.components().size(); c++) {
            if (isGiven(c)) {
                names.add(program.components().get(c));
            }
        }
        return names;
    }

    /// Runs all steps of a tile.
    ///
    /// @param inputs  for each name of [#inputs()], one number per lane
    /// @param stopped asked once a window
    /// @throws CancellationException if `stopped` says so
    public TileResult run(Map<String, double[]> inputs, BooleanSupplier stopped) {
        return run(inputs, Expected.nothing(inputs.values().iterator().next().length), stopped);
    }

    /// Runs all steps of a tile; a lane whose loss falls as expected over eight windows, to a millionth, is taken to go
    /// on so, unless the run is of [#fullLength()].
    public TileResult run(Map<String, double[]> inputs, Expected expected, BooleanSupplier stopped) {
        for (String name : inputs()) {
            if (!inputs.containsKey(name)) {
                throw new IllegalArgumentException("the tile has no '" + name + "'; it needs " + inputs());
            }
        }
        int count = inputs.values().iterator().next().length;
        Magnitudes[] starts = starts(inputs, count);
        TileFold fold = new TileFold(program, arithmetic, inputs, steps, window);
        fold.start(starts, losses(inputs, starts, 1));
        Lanes lanes = source.lanes(inputs, starts, steps);
        int sampleEvery = sampleEvery(steps);
        Settling settling = new Settling(fold, expected, steps / window, maySettle ? repeatingWindows(sampleEvery) : 0);
        int components = program.components().size();
        int done = 0;
        while (done < steps && !settling.isDone()) {
            int end = Math.min(steps, Math.min(nextMultiple(done, sampleEvery), nextMultiple(done, window)));
            lanes.advance(done + 1, end - done);
            done = end;
            fold.sample(lanes, done);
            if (done % window == 0 || done == steps) {
                if (stopped.getAsBoolean()) {
                    throw new CancellationException();
                }
                Reached reached = new Reached(lanes, done, components);
                fold.window(lanes, reached, done);
                if (done < steps) {
                    settling.afterWindow(reached, done / window);
                    settling.moveTogether(lanes);
                }
            }
        }
        Reached reached = new Reached(lanes, done, components);
        for (int at : settling.running()) {
            fold.finish(reached, at);
        }
        return end(fold, inputs);
    }

    /// One step more, which is not taken, says where the loss is at the end and whether anything moves.
    private TileResult end(TileFold fold, Map<String, double[]> inputs) {
        Magnitudes[] next = next(inputs, fold.ends(), steps + 1);
        return fold.end(next[program.resultOf(LOSS)], next);
    }

    /// The fewest windows that hold a whole number of samples.
    private int repeatingWindows(int sampleEvery) {
        int windows = 1;
        while (program.observed().contains(COUPLING) && windows * window % sampleEvery != 0) {
            windows++;
        }
        return windows;
    }

    /// Steps between two samples of the coupling ratio: an odd multiple of 25, so that a cycle of two is seen on both
    /// sides; about 200 samples of a long run.
    public static int sampleEvery(int steps) {
        return SAMPLE_EVERY * Math.max(1, steps / SAMPLE_EVERY / SAMPLES | 1);
    }

    private static int nextMultiple(int done, int of) {
        return Math.min(Integer.MAX_VALUE - of, done) / of * of + of;
    }

    private boolean isGiven(int component) {
        return DoubleRange.isGiven(program, component);
    }

    private Magnitudes[] starts(Map<String, double[]> inputs, int count) {
        return evaluate(program.starts(), inputs, Map.of(), 1, count);
    }

    private Magnitudes losses(Map<String, double[]> inputs, Magnitudes[] components, long step) {
        return next(inputs, components, step)[program.resultOf(LOSS)];
    }

    private Magnitudes[] next(Map<String, double[]> inputs, Magnitudes[] components, long step) {
        Map<String, Magnitudes> state = new HashMap<>();
        for (int c = 0; c < components.length; c++) {
            state.put(program.components().get(c), components[c]);
        }
        return evaluate(program.program(), inputs, state, step, components[0].mantissa().length);
    }

    /// The results of a program lane by lane, in this run's arithmetic.
    private Magnitudes[] evaluate(
            Program code, Map<String, double[]> inputs, Map<String, Magnitudes> state, long step, int count) {
        Magnitudes[] results = new Magnitudes[code.results().length];
        Arrays.setAll(results, _ -> Magnitudes.of(count));
        switch (arithmetic) {
            case DOUBLE -> {
                Map<String, double[]> values = new HashMap<>(inputs);
                state.forEach((name, numbers) -> values.put(name, numbers.mantissa()));
                double[] clock = new double[count];
                Arrays.fill(clock, step);
                values.put(StepProgram.STEP, clock);
                double[][] plain =
                        Arrays.stream(results).map(Magnitudes::mantissa).toArray(double[][]::new);
                new BlockInterpreter(code, count).evaluate(values, plain);
            }
            case SCALED -> {
                WideInterpreter interpreter = new WideInterpreter(code);
                for (int lane = 0; lane < count; lane++) {
                    int at = lane;
                    WideNumber[] values = interpreter.evaluate(name -> name.equals(StepProgram.STEP)
                            ? WideNumber.of(step)
                            : state.containsKey(name) ? state.get(name).at(at) : WideNumber.of(inputs.get(name)[at]));
                    for (int r = 0; r < results.length; r++) {
                        results[r].set(lane, values[r]);
                    }
                }
            }
        }
        return results;
    }
}
