package adamscope.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lanes in log-scaled arithmetic, each run by the reference interpreter.
final class WideLanes implements Lanes {
    private final StepProgram program;
    private final WideSteps wide;
    private List<Map<String, WideNumber>> inputs = new ArrayList<>();
    private final Map<Record, Magnitudes> recorded = new EnumMap<>(Record.class);
    private final Extremes extremes;
    private final Magnitudes[] components;

    WideLanes(StepProgram program, Map<String, double[]> parameters, Magnitudes[] starts) {
        this.program = program;
        this.wide = new WideSteps(program);
        this.components = starts;
        int lanes = starts[0].mantissa().length;
        this.extremes = Extremes.of(lanes, program.observed().contains(TileRun.SLOPE));
        for (int lane = 0; lane < lanes; lane++) {
            inputs.add(parametersOf(program, parameters, lane));
        }
        for (Record record : Record.values()) {
            recorded.put(record, Magnitudes.of(lanes));
        }
    }

    /// The parameters of one lane by name, in a map that has room for the components.
    static Map<String, WideNumber> parametersOf(StepProgram program, Map<String, double[]> parameters, int lane) {
        Map<String, WideNumber> values = new HashMap<>();
        for (String name : program.parameters()) {
            values.put(name, WideNumber.of(parameters.get(name)[lane]));
        }
        return values;
    }

    @Override
    public void advance(long firstStep, int steps) {
        for (int lane = 0; lane < inputs.size(); lane++) {
            int at = lane;
            Map<String, WideNumber> values = inputs.get(lane);
            for (int c = 0; c < components.length; c++) {
                values.put(program.components().get(c), components[c].at(lane));
            }
            WideExtremes block = wide.run(values, firstStep, steps);
            for (int c = 0; c < components.length; c++) {
                components[c].set(lane, values.get(program.components().get(c)));
            }
            recorded.forEach((record, magnitudes) -> magnitudes.set(at, block.recorded(record)));
        }
        extremes.take(recorded);
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
        inputs = java.util.Arrays.stream(kept).mapToObj(inputs::get).toList();
        recorded.replaceAll((_, numbers) -> numbers.kept(kept));
        extremes.keep(kept);
        java.util.Arrays.setAll(components, c -> components[c].kept(kept));
    }

    @Override
    public Magnitudes component(int index) {
        Magnitudes now = components[index];
        return new Magnitudes(now.mantissa().clone(), now.exponent().clone());
    }
}
