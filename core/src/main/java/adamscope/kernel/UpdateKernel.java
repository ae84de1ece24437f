package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One step of a rule over long rows of numbers in memory, as a generated class: each number is read once and written
/// once, whatever the number of operations between.
///
/// Each operation is rounded once, nothing is fused or reordered: the bits are those of the same operations one by one,
/// in either precision.
public final class UpdateKernel {

    /// What a number of a row is made by; operands are positions of earlier values.
    public sealed interface RowValue {
        /// The number in a row, before the step.
        record Row(int row) implements RowValue {}

        /// A number that is the same for the whole row; it is rounded once to the precision of the rows.
        record Scalar(int slot) implements RowValue {}

        /// An operation on an earlier value.
        record One(UnaryOperation operation, int a) implements RowValue {}

        /// An operation on two earlier values.
        record Two(BinaryOperation operation, int a, int b) implements RowValue {}
    }

    /// After the step, `row` holds `value`.
    public record Result(int value, int row) {}

    /// The code of a step.
    ///
    /// @param totals values that are added up on the way
    /// @param wide   whether the rows are in double precision, not in single
    public record Code(List<RowValue> values, List<Result> results, List<Integer> totals, boolean wide) {
        public Code {
            values = List.copyOf(values);
            results = List.copyOf(results);
            totals = List.copyOf(totals);
        }

        /// Whether every operation is one that vectors do in hardware, rounded once.
        boolean exact() {
            return values.stream().allMatch(value -> switch (value) {
                case RowValue.Row _, RowValue.Scalar _ -> true;
                case RowValue.One(UnaryOperation operation, int _) ->
                    switch (operation) {
                        case NEGATE, SQRT, ABS, SIGN -> true;
                        case EXP, LOG, SIN, COS, TANH -> false;
                    };
                case RowValue.Two(BinaryOperation operation, int _, int _) ->
                    switch (operation) {
                        case ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX -> true;
                        case POWER -> false;
                    };
            });
        }

        long bytes() {
            return wide ? Double.BYTES : Float.BYTES;
        }
    }

    private static final long SCRATCH = 64;

    /// Bytes of a row in one loop, whose indices are ints.
    private static final long LONGEST = 1 << 20;

    private final Code code;
    private final UpdateLoop loop;
    private final long group;
    private final MemorySegment sums;
    private final MemorySegment sumsOfRest;

    private UpdateKernel(Code code, UpdateClass type) {
        this.code = code;
        this.loop = type.load();
        this.group = type.vectorBytes();
        long bytes = code.totals().size() * (long) NumberRow.PARTS;
        MemorySegment both = Arena.ofAuto().allocate(2 * bytes, SCRATCH);
        this.sums = both.asSlice(0, bytes);
        this.sumsOfRest = both.asSlice(bytes);
    }

    /// The kernel; empty for a step that uses exp, log or powers, or is too long for a method that HotSpot compiles,
    /// and where Java was started without the module of vectors.
    public static Optional<UpdateKernel> of(Code code) {
        if (!code.exact() || VectorUnit.doubles().isEmpty()) {
            return Optional.empty();
        }
        UpdateClass type = new UpdateClass(code);
        return type.longestMethod() < LaneClass.LONGEST_METHOD
                ? Optional.of(new UpdateKernel(code, type))
                : Optional.empty();
    }

    /// Makes the step on `count` numbers of each row.
    ///
    /// @param scratch rows of one vector each, at least 64 bytes, for the numbers that fill no vector
    public void run(MemorySegment[] rows, double[] scalars, long count, MemorySegment[] scratch) {
        sums.fill((byte) 0);
        long bytes = count * code.bytes();
        long whole = bytes / group * group;
        for (long from = 0; from < whole; from += LONGEST) {
            long length = Math.min(LONGEST, whole - from);
            loop.run(whole > LONGEST ? parts(rows, from, length) : rows, scalars, sums, (int) length);
        }
        if (whole < bytes) {
            for (int row = 0; row < rows.length; row++) {
                MemorySegment.copy(rows[row], whole, scratch[row], 0, bytes - whole);
            }
            sumsOfRest.fill((byte) 0);
            loop.run(scratch, scalars, sumsOfRest, (int) group);
            addRest(whole, bytes - whole);
            code.results()
                    .forEach(result ->
                            MemorySegment.copy(scratch[result.row()], 0, rows[result.row()], whole, bytes - whole));
        }
    }

    private static MemorySegment[] parts(MemorySegment[] rows, long from, long length) {
        return Arrays.stream(rows).map(row -> row.asSlice(from, length)).toArray(MemorySegment[]::new);
    }

    /// The lanes of the scratch rows that stand for numbers.
    private void addRest(long whole, long bytes) {
        for (int total = 0; total < code.totals().size(); total++) {
            long from = total * (long) NumberRow.PARTS;
            for (long at = 0; at < bytes; at += code.bytes()) {
                long part = from + (whole + at) % NumberRow.PARTS;
                if (code.wide()) {
                    double sum = sums.get(ValueLayout.JAVA_DOUBLE, part);
                    sums.set(ValueLayout.JAVA_DOUBLE, part, sum + sumsOfRest.get(ValueLayout.JAVA_DOUBLE, from + at));
                } else {
                    float sum = sums.get(ValueLayout.JAVA_FLOAT, part);
                    sums.set(ValueLayout.JAVA_FLOAT, part, sum + sumsOfRest.get(ValueLayout.JAVA_FLOAT, from + at));
                }
            }
        }
    }

    /// What the last step, of no more than [NumberRow#CHUNK] numbers, added up for a total; as a [NumberRow] does.
    public double total(int total) {
        return new NumberRow(sums, code.wide()).folded((int) (total * NumberRow.PARTS / code.bytes()));
    }
}
