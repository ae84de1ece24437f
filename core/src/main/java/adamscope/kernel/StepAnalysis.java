package adamscope.kernel;

import adamscope.formula.Expression.UnaryOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the scaled translation must know of a step program before it starts.
///
/// @param roots     positions of the components' next values, the loss, the slope, and the coupling's numerator and
/// denominator
/// @param needed    for each position, whether a root depends on it
/// @param uses      for each position, how often a needed operation or root uses it
/// @param invariant for each position, whether it depends on the parameters alone
/// @param sumOf     for each position of a changing sum, the chosen exponent it gets; −1 elsewhere
/// @param chosen    the number of chosen exponents: one for each component, then those of other sums
/// @param unit      what chosen exponents must be multiples of, so that roots of roots have whole scales: a power of
/// two
record StepAnalysis(
        List<Integer> roots, boolean[] needed, int[] uses, boolean[] invariant, int[] sumOf, int chosen, int unit) {

    static StepAnalysis of(StepProgram program) {
        List<Program.Instruction> values = program.program().values();
        boolean[] needed = new boolean[values.size()];
        int[] uses = new int[values.size()];
        List<Integer> roots = roots(program);
        for (int root : roots) {
            count(values, root, needed, uses);
        }
        boolean[] invariant = program.program()
                .invariant(name ->
                        name.equals(StepProgram.STEP) || program.components().contains(name));
        boolean[] sums = new boolean[values.size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = needed[i] && !invariant[i] && isSum(values, i);
        }
        int[] sumOf = new int[values.size()];
        int chosen = name(sums, sumOf, program);
        return new StepAnalysis(
                roots, needed, uses, invariant, sumOf, chosen, 1 << rootDepth(values, needed, invariant));
    }

    private static List<Integer> roots(StepProgram program) {
        List<Integer> roots = new ArrayList<>();
        int[] results = program.program().results();
        Arrays.stream(results, 0, program.components().size()).forEach(roots::add);
        roots.add(results[program.resultOf(TileRun.LOSS)]);
        if (program.observed().contains(TileRun.SLOPE)) {
            roots.add(results[program.resultOf(TileRun.SLOPE)]);
        }
        RecordedQuotient coupling = RecordedQuotient.in(program);
        if (coupling != null) {
            roots.add(coupling.numerator());
            roots.add(coupling.denominator());
        }
        return roots;
    }

    private static void count(List<Program.Instruction> values, int value, boolean[] needed, int[] uses) {
        uses[value]++;
        if (!needed[value]) {
            needed[value] = true;
            switch (values.get(value)) {
                case Program.Instruction.Literal _, Program.Instruction.Input _ -> {}
                case Program.Instruction.One(var _, int a) -> count(values, a, needed, uses);
                case Program.Instruction.Two(var _, int a, int b) -> {
                    count(values, a, needed, uses);
                    count(values, b, needed, uses);
                }
            }
        }
    }

    /// Gives each sum the exponent of the component whose next value it is, or one of its own.
    private static int name(boolean[] sums, int[] sumOf, StepProgram program) {
        Arrays.fill(sumOf, -1);
        int chosen = program.components().size();
        for (int c = chosen - 1; c >= 0; c--) {
            int next = program.program().results()[c];
            if (sums[next]) {
                sumOf[next] = c;
            }
        }
        for (int i = 0; i < sumOf.length; i++) {
            if (sums[i] && sumOf[i] < 0) {
                sumOf[i] = chosen++;
            }
        }
        return chosen;
    }

    private static boolean isSum(List<Program.Instruction> values, int i) {
        return values.get(i) instanceof Program.Instruction.Two(var operation, int _, int b)
                && switch (operation) {
                    case ADD -> !isPlusZero(values.get(b));
                    case SUBTRACT, MIN, MAX -> true;
                    case MULTIPLY, DIVIDE, POWER -> false;
                };
    }

    /// What changes nothing but −0 in a sum, and so leaves it the scale of the other part: a uniform ε = 0 makes it.
    static boolean isPlusZero(Program.Instruction value) {
        return value instanceof Program.Instruction.Literal(double number) && number == 0;
    }

    /// How many roots are taken of roots, at most, without a sum in between.
    private static int rootDepth(List<Program.Instruction> values, boolean[] needed, boolean[] invariant) {
        int[] depth = new int[values.size()];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = switch (values.get(i)) {
                case Program.Instruction.Literal _, Program.Instruction.Input _ -> 0;
                case Program.Instruction.One(var operation, int a) ->
                    depth[a] + (operation == UnaryOperation.SQRT && needed[i] && !invariant[i] ? 1 : 0);
                case Program.Instruction.Two(var _, int a, int b) ->
                    isSum(values, i) ? 0 : Math.max(depth[a], depth[b]);
            };
        }
        return Arrays.stream(depth).max().orElse(0);
    }
}
