package adamscope.kernel;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lanes in log-scaled arithmetic, each run by the reference interpreter.
final class WideLanes implements Lanes {
    private final StepProgram program;
    private final WideInterpreter interpreter;
    private final List<Map<String, Wide>> inputs = new java.util.ArrayList<>();
    private final Map<Record, Magnitudes> recorded = new EnumMap<>(Record.class);
    private final Magnitudes[] components;
    private final RecordedQuotient coupling;

    WideLanes(StepProgram program, Map<String, double[]> parameters, Magnitudes[] starts) {
        this.program = program;
        this.interpreter = new WideInterpreter(program.program());
        this.components = starts;
        this.coupling = RecordedQuotient.in(program);
        int lanes = starts[0].mantissa().length;
        for (int lane = 0; lane < lanes; lane++) {
            Map<String, Wide> values = new HashMap<>();
            for (String name : program.parameters()) {
                values.put(name, Wide.of(parameters.get(name)[lane]));
            }
            inputs.add(values);
        }
        for (Record record : Record.values()) {
            recorded.put(record, Magnitudes.of(lanes));
        }
    }

    @Override
    public void advance(long firstStep, int steps) {
        for (int lane = 0; lane < inputs.size(); lane++) {
            advance(lane, firstStep, steps);
        }
    }

    private void advance(int lane, long firstStep, int steps) {
        Map<String, Wide> values = inputs.get(lane);
        for (int c = 0; c < components.length; c++) {
            values.put(program.components().get(c), components[c].at(lane));
        }
        WideExtremes extremes = new WideExtremes();
        for (long step = firstStep; step < firstStep + steps; step++) {
            values.put(StepProgram.STEP, Wide.of(step));
            Wide[] results = interpreter.evaluate(values::get);
            for (int c = 0; c < components.length; c++) {
                values.put(program.components().get(c), results[c]);
            }
            extremes.loss(results[program.resultOf(TileRun.LOSS)]);
            if (coupling != null) {
                extremes.coupling(interpreter.value(coupling.numerator()), interpreter.value(coupling.denominator()));
            }
        }
        for (int c = 0; c < components.length; c++) {
            components[c].set(lane, values.get(program.components().get(c)));
        }
        recorded.forEach((record, magnitudes) -> magnitudes.set(lane, extremes.recorded(record)));
    }

    @Override
    public Magnitudes recorded(Record record) {
        return recorded.get(record);
    }

    @Override
    public Magnitudes component(int index) {
        return components[index];
    }
}
