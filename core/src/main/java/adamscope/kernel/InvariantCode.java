package adamscope.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The part of a step program that no step changes: functions of the parameters alone.
///
/// @param positions where the step program computes the values that changing operations use
/// @param code      these values as a program of their own
record InvariantCode(int[] positions, Program code) {

    /// The invariant values among the `roots` and those that changing operations use, of the `needed` ones.
    static InvariantCode of(Program program, boolean[] invariant, boolean[] needed, List<Integer> roots) {
        boolean[] used = new boolean[invariant.length];
        for (int i = 0; i < invariant.length; i++) {
            if (needed[i] && !invariant[i]) {
                switch (program.values().get(i)) {
                    case Program.Instruction.Literal _, Program.Instruction.Input _ -> {}
                    case Program.Instruction.One(var _, int a) -> used[a] |= invariant[a];
                    case Program.Instruction.Two(var _, int a, int b) -> {
                        used[a] |= invariant[a];
                        used[b] |= invariant[b];
                    }
                }
            }
        }
        for (int root : roots) {
            used[root] |= invariant[root];
        }
        return extracted(program, invariant, used);
    }

    private static InvariantCode extracted(Program program, boolean[] invariant, boolean[] used) {
        int[] moved = new int[invariant.length];
        List<Program.Instruction> values = new ArrayList<>();
        for (int i = 0; i < invariant.length; i++) {
            if (invariant[i]) {
                moved[i] = values.size();
                values.add(
                        switch (program.values().get(i)) {
                            case Program.Instruction.Literal literal -> literal;
                            case Program.Instruction.Input input -> input;
                            case Program.Instruction.One(var operation, int a) ->
                                new Program.Instruction.One(operation, moved[a]);
                            case Program.Instruction.Two(var operation, int a, int b) ->
                                new Program.Instruction.Two(operation, moved[a], moved[b]);
                        });
            }
        }
        int[] positions = java.util.stream.IntStream.range(0, used.length)
                .filter(i -> used[i])
                .toArray();
        int[] results = Arrays.stream(positions).map(i -> moved[i]).toArray();
        return new InvariantCode(positions, new Program(List.copyOf(values), results));
    }

    /// The values, `[position][lane]`.
    double[][] evaluate(Map<String, double[]> parameters, int lanes) {
        double[][] results = new double[positions.length][lanes];
        new BlockInterpreter(code, lanes).evaluate(parameters, results);
        return results;
    }
}
