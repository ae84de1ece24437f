package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.kernel.LaneCode.LaneOperation;
import adamscope.kernel.LaneCode.Tracker;
import adamscope.kernel.ScaledCode.RowSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Translates a step program into [ScaledCode], value by value as they are asked for.
final class ScaledTranslation {
    private final StepProgram program;
    private final List<Program.Instruction> values;
    private final boolean[] invariant;
    private final int[] uses;
    private final int states;
    private final int[] sumOf;
    private final int unit;
    private final BinaryScale none;
    private final RegisterBounds bounds;
    private final InvariantCode invariants;
    private final boolean fixed;

    private final List<LaneOperation> operations = new ArrayList<>();
    private final List<BinaryScale> scales = new ArrayList<>();
    private final List<int[]> degrees = new ArrayList<>();
    private final List<RowSource> rows = new ArrayList<>();
    private final int[] plain;

    /// @param fixed whether every scale stays 0
    ScaledTranslation(StepProgram program, boolean fixed) {
        this.program = program;
        this.fixed = fixed;
        this.values = program.program().values();
        this.states = program.components().size();
        StepAnalysis analysis = StepAnalysis.of(program);
        this.invariant = analysis.invariant();
        this.uses = analysis.uses();
        this.invariants = InvariantCode.of(program.program(), invariant, analysis.needed(), analysis.roots());
        this.sumOf = analysis.sumOf();
        this.unit = analysis.unit();
        this.none = BinaryScale.none(fixed ? states : analysis.chosen());
        this.bounds = new RegisterBounds(none.weights().size());
        this.plain = new int[values.size()];
        Arrays.fill(plain, -1);
    }

    Optional<ScaledCode> translate() {
        int[] results = program.program().results();
        try {
            int[] next = new int[states];
            for (int c = 0; c < states; c++) {
                next[c] = target(results[c], chosen(c));
                bounds.need(degrees.get(next[c]));
            }
            int loss = plain(results[program.resultOf(TileRun.LOSS)]);
            int slope =
                    program.observed().contains(TileRun.SLOPE) ? plain(results[program.resultOf(TileRun.SLOPE)]) : -1;
            RecordedQuotient coupling = RecordedQuotient.in(program);
            int a = coupling == null ? -1 : plain(coupling.numerator());
            int b = coupling == null ? -1 : plain(coupling.denominator());
            degrees.forEach(bounds::need);
            if (coupling != null) {
                bounds.need(RegisterBounds.sum(degrees.get(a), degrees.get(b)));
            }
            return Optional.of(finished(next, loss, slope, a, b));
        } catch (UnscaledOperation _) {
            return Optional.empty();
        }
    }

    private ScaledCode finished(int[] next, int loss, int slope, int a, int b) {
        List<Tracker> trackers = new ArrayList<>();
        int first = states + rows.size();
        int row = first;
        trackers.add(new Tracker.Least(loss, row++));
        trackers.add(new Tracker.Greatest(loss, row++));
        if (slope >= 0) {
            trackers.add(new Tracker.Greatest(slope, row++));
        }
        if (a >= 0) {
            trackers.add(new Tracker.GreatestQuotient(a, b, row, row + 1));
            trackers.add(new Tracker.Last(a, row + 2));
            trackers.add(new Tracker.Last(b, row + 3));
            row += 4;
        }
        int firstRange = row;
        int[] sums = new int[none.weights().size() - states];
        int[] registers = Arrays.copyOf(next, none.weights().size());
        for (int i = 0; !fixed && i < sumOf.length; i++) {
            if (sumOf[i] >= states) {
                sums[sumOf[i] - states] = i;
                registers[sumOf[i]] = plain(i);
            }
        }
        if (fixed) {
            trackers.add(new Tracker.Outside(WatchedRange.of(operations, next, a, b), row++));
        } else {
            for (int register : registers) {
                trackers.add(new Tracker.Least(register, row++));
                trackers.add(new Tracker.Greatest(register, row++));
            }
        }
        return new ScaledCode(
                new LaneCode(operations, next, trackers, row),
                invariants,
                List.copyOf(rows),
                sums,
                unit,
                fixed ? new double[states] : bounds.bits(unit),
                scales.get(loss),
                slope < 0 ? null : scales.get(slope),
                a < 0 ? null : scales.get(a).minus(scales.get(b)),
                first,
                firstRange,
                fixed);
    }

    /// The value in whatever scale it comes.
    private int plain(int i) {
        if (plain[i] < 0) {
            plain[i] = invariant[i] ? row(i, none) : computed(i);
        }
        return plain[i];
    }

    private int computed(int i) {
        return switch (values.get(i)) {
            case Program.Instruction.Literal _ -> throw new IllegalStateException("a literal is invariant");
            case Program.Instruction.Input(String name) -> input(name);
            case Program.Instruction.One(var operation, int a) -> unary(operation, plain(a));
            case Program.Instruction.Two(var operation, int a, int b) ->
                switch (operation) {
                    case MULTIPLY -> product(plain(a), plain(b));
                    case DIVIDE -> quotient(plain(a), plain(b));
                    case ADD, SUBTRACT, MIN, MAX -> sum(i, operation, a, b);
                    case POWER -> power(plain(a), plain(b));
                };
        };
    }

    private int input(String name) {
        if (name.equals(StepProgram.STEP)) {
            return add(new LaneOperation.Clock(), none, bounds.none());
        }
        int c = program.components().indexOf(name);
        return add(new LaneOperation.State(c), chosen(c), degree(c));
    }

    private int unary(UnaryOperation operation, int a) {
        LaneOperation one = new LaneOperation.One(operation, a);
        return switch (operation) {
            case NEGATE, ABS -> add(one, scales.get(a), degrees.get(a));
            case SQRT ->
                add(
                        one,
                        scales.get(a).half(),
                        Arrays.stream(degrees.get(a)).map(d -> (d + 1) / 2).toArray());
            case SIGN -> add(one, none, bounds.none());
            case EXP, LOG, SIN, COS -> add(one, fixed ? none : unscaled(a), bounds.none());
            // Log-scaled arithmetic rounds tanh of small numbers in its own way.
            case TANH -> add(one, unscaled(a), bounds.none());
        };
    }

    private int power(int a, int b) {
        if (!fixed) {
            unscaled(a);
            unscaled(b);
        }
        return add(new LaneOperation.Two(BinaryOperation.POWER, a, b), none, bounds.none());
    }

    /// The scale of a function of the step alone; there is none for functions of components.
    private BinaryScale unscaled(int a) {
        if (fixed || !scales.get(a).isNone() || Arrays.stream(degrees.get(a)).anyMatch(d -> d != 0)) {
            throw new UnscaledOperation();
        }
        return none;
    }

    private int product(int a, int b) {
        return add(
                new LaneOperation.Two(BinaryOperation.MULTIPLY, a, b),
                scales.get(a).plus(scales.get(b)),
                RegisterBounds.sum(degrees.get(a), degrees.get(b)));
    }

    private int quotient(int a, int b) {
        return add(
                new LaneOperation.Two(BinaryOperation.DIVIDE, a, b),
                scales.get(a).minus(scales.get(b)),
                RegisterBounds.sum(degrees.get(a), degrees.get(b)));
    }

    private int sum(int i, BinaryOperation operation, int a, int b) {
        if (fixed) {
            return add(new LaneOperation.Two(operation, plain(a), plain(b)), none, bounds.none());
        }
        if (sumOf[i] < 0) {
            int left = plain(a);
            return add(new LaneOperation.Two(operation, left, plain(b)), scales.get(left), degrees.get(left));
        }
        BinaryScale scale = chosen(sumOf[i]);
        int left = target(a, scale);
        int right = target(b, scale);
        bounds.need(RegisterBounds.sum(degrees.get(left), degree(sumOf[i])));
        bounds.need(RegisterBounds.sum(degrees.get(right), degree(sumOf[i])));
        return add(new LaneOperation.Two(operation, left, right), scale, degree(sumOf[i]));
    }

    /// The value in a given scale. The power of two goes into an invariant factor where there is one.
    private int target(int i, BinaryScale scale) {
        if (invariant[i]) {
            return row(i, scale.negated());
        }
        if (fixed) {
            return plain(i);
        }
        if (plain[i] < 0 || !scales.get(plain[i]).equals(scale)) {
            if (values.get(i) instanceof Program.Instruction.Two(var operation, int a, int b)) {
                if (operation == BinaryOperation.MULTIPLY && isFoldable(i)) {
                    return isFoldedLeft(a, b) ? scaledProduct(a, b, scale) : scaledProduct(b, a, scale);
                }
                if (operation == BinaryOperation.DIVIDE && isFoldable(i)) {
                    return scaledQuotient(a, b, scale);
                }
            }
        }
        int at = plain(i);
        return scales.get(at).equals(scale)
                ? at
                : product(at, row(-1, scales.get(at).minus(scale)));
    }

    private boolean isFoldedLeft(int a, int b) {
        return invariant[a] || !invariant[b] && isFoldable(a);
    }

    private int scaledProduct(int folded, int other, BinaryScale scale) {
        int right = plain(other);
        return product(target(folded, scale.minus(scales.get(right))), right);
    }

    private int scaledQuotient(int a, int b, BinaryScale scale) {
        if (invariant[b] && !invariant[a]) {
            int left = plain(a);
            return quotient(left, row(b, scale.minus(scales.get(left))), scale);
        }
        int right = plain(b);
        return quotient(target(a, scale.plus(scales.get(right))), right);
    }

    /// A quotient whose divisor is an invariant with the power of two in it.
    private int quotient(int a, int b, BinaryScale scale) {
        return add(new LaneOperation.Two(BinaryOperation.DIVIDE, a, b), scale, degrees.get(a));
    }

    /// Whether a power of two can be multiplied into the value without an operation more.
    private boolean isFoldable(int i) {
        if (invariant[i]) {
            return true;
        }
        return values.get(i) instanceof Program.Instruction.Two(var operation, int a, int b)
                && switch (operation) {
                    case MULTIPLY -> invariant[a] || invariant[b] || uses[i] == 1 && (isFoldable(a) || isFoldable(b));
                    case DIVIDE -> uses[i] == 1 && (invariant[a] || invariant[b] || isFoldable(a));
                    case ADD, SUBTRACT, MIN, MAX, POWER -> false;
                };
    }

    /// A row that holds the invariant times 2^scale; `i` −1 stands for 1. Its register has the scale −`scale`.
    private int row(int i, BinaryScale scale) {
        if (i >= 0 && scale.isNone() && values.get(i) instanceof Program.Instruction.Literal(double number)) {
            return existing(new LaneOperation.Literal(number), none);
        }
        int source = -1;
        for (int k = 0; k < invariants.positions().length; k++) {
            source = invariants.positions()[k] == i ? k : source;
        }
        RowSource wanted = new RowSource(source, scale);
        if (!rows.contains(wanted)) {
            rows.add(wanted);
        }
        return existing(new LaneOperation.Invariant(states + rows.indexOf(wanted)), scale.negated());
    }

    private int existing(LaneOperation operation, BinaryScale scale) {
        int at = operations.indexOf(operation);
        return at >= 0 ? at : add(operation, scale, bounds.none());
    }

    private int add(LaneOperation operation, BinaryScale scale, int[] degree) {
        operations.add(operation);
        scales.add(scale);
        degrees.add(degree);
        return operations.size() - 1;
    }

    private BinaryScale chosen(int index) {
        return fixed ? none : BinaryScale.chosen(none.weights().size(), index, unit);
    }

    private int[] degree(int index) {
        return chosen(index).toArray();
    }

    /// exp, log or another power of something that depends on components: no power of two commutes with it.
    private static final class UnscaledOperation extends RuntimeException {
        UnscaledOperation() {
            super(null, null, false, false);
        }
    }
}
