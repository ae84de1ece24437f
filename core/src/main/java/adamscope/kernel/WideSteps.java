package adamscope.kernel;

import java.util.Map;

/// Steps of one lane in log-scaled arithmetic by the reference interpreter.
final class WideSteps {
    private final StepProgram program;
    private final WideInterpreter interpreter;
    private final RecordedQuotient coupling;
    private final boolean sloped;

    WideSteps(StepProgram program) {
        this.program = program;
        this.interpreter = new WideInterpreter(program.program());
        this.coupling = RecordedQuotient.in(program);
        this.sloped = program.observed().contains(TileRun.SLOPE);
    }

    /// Runs steps; `values` holds parameters and components by name, and the components move on.
    WideExtremes run(Map<String, WideNumber> values, long firstStep, int steps) {
        WideExtremes extremes = new WideExtremes();
        for (long step = firstStep; step < firstStep + steps; step++) {
            WideNumber[] results = evaluate(values, step);
            for (int c = 0; c < program.components().size(); c++) {
                values.put(program.components().get(c), results[c]);
            }
            extremes.loss(results[program.resultOf(TileRun.LOSS)]);
            if (sloped) {
                extremes.slope(results[program.resultOf(TileRun.SLOPE)]);
            }
            if (coupling != null) {
                extremes.coupling(interpreter.value(coupling.numerator()), interpreter.value(coupling.denominator()));
            }
        }
        return extremes;
    }

    /// The results of one step, which is not taken.
    WideNumber[] evaluate(Map<String, WideNumber> values, long step) {
        values.put(StepProgram.STEP, WideNumber.of(step));
        return interpreter.evaluate(values::get);
    }

    /// What the last step gave to a position of the program.
    WideNumber value(int position) {
        return interpreter.value(position);
    }
}
