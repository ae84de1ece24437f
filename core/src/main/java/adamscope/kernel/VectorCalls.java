package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The calls of the Vector API that generated classes make, as instructions; arguments are on the stack.
final class VectorCalls {
    private static final ClassDesc DOUBLES =
            DoubleVector.class.describeConstable().orElseThrow();
    private static final ClassDesc LONGS = LongVector.class.describeConstable().orElseThrow();
    private static final ClassDesc VECTOR = Vector.class.describeConstable().orElseThrow();
    private static final ClassDesc MASK = VectorMask.class.describeConstable().orElseThrow();
    private static final ClassDesc SPECIES =
            VectorSpecies.class.describeConstable().orElseThrow();
    private static final ClassDesc OPERATORS =
            VectorOperators.class.describeConstable().orElseThrow();
    private static final ClassDesc COMPARISON =
            VectorOperators.Comparison.class.describeConstable().orElseThrow();
    private static final ClassDesc STRICT = StrictMath.class.describeConstable().orElseThrow();
    private static final ClassDesc NUMBER = ConstantDescs.CD_double;
    private static final ClassDesc ARRAY = NUMBER.arrayType();
    private static final MethodTypeDesc ONE = MethodTypeDesc.of(DOUBLES);
    private static final MethodTypeDesc TWO = MethodTypeDesc.of(DOUBLES, VECTOR);

    private final CodeBuilder code;
    private final String species;

    /// @param bits width of the vectors: 128, 256 or 512
    VectorCalls(CodeBuilder code, int bits) {
        this.code = code;
        this.species = "SPECIES_" + bits;
    }

    /// … → species
    void species() {
        code.getstatic(DOUBLES, species, SPECIES);
    }

    /// species, array, index → vector
    void load() {
        code.invokestatic(DOUBLES, "fromArray", MethodTypeDesc.of(DOUBLES, SPECIES, ARRAY, ConstantDescs.CD_int));
    }

    /// vector, array, index → …
    void store() {
        code.invokevirtual(DOUBLES, "intoArray", MethodTypeDesc.of(ConstantDescs.CD_void, ARRAY, ConstantDescs.CD_int));
    }

    /// species, number → vector
    void broadcast() {
        code.invokestatic(DOUBLES, "broadcast", MethodTypeDesc.of(DOUBLES, SPECIES, ConstantDescs.CD_double));
    }

    /// … → vector
    void literal(double number) {
        species();
        code.loadConstant(number);
        broadcast();
    }

    /// a → operation(a)
    void apply(UnaryOperation operation) {
        switch (operation) {
            case NEGATE -> code.invokevirtual(DOUBLES, "neg", ONE);
            case SQRT -> code.invokevirtual(DOUBLES, "sqrt", ONE);
            case ABS -> code.invokevirtual(DOUBLES, "abs", ONE);
            case SIGN -> sign();
            case EXP, LOG, SIN, COS, TANH -> function(operation);
        }
    }

    /// a, b → operation(a, b)
    void apply(BinaryOperation operation) {
        switch (operation) {
            case ADD -> code.invokevirtual(DOUBLES, "add", TWO);
            case SUBTRACT -> code.invokevirtual(DOUBLES, "sub", TWO);
            case MULTIPLY -> code.invokevirtual(DOUBLES, "mul", TWO);
            case DIVIDE -> code.invokevirtual(DOUBLES, "div", TWO);
            case MIN -> code.invokevirtual(DOUBLES, "min", TWO);
            case MAX -> code.invokevirtual(DOUBLES, "max", TWO);
            case POWER -> power();
        }
    }

    /// Of a vector whose lanes are alike; functions of others are [Transcendental]'s.
    private void function(UnaryOperation operation) {
        species();
        code.swap();
        firstLane();
        code.invokestatic(STRICT, operation.word(), MethodTypeDesc.of(NUMBER, NUMBER));
        broadcast();
    }

    /// Of vectors whose lanes are alike.
    private void power() {
        code.astore(comparand());
        species();
        code.swap();
        firstLane();
        code.aload(comparand());
        firstLane();
        code.invokestatic(STRICT, "pow", MethodTypeDesc.of(NUMBER, NUMBER, NUMBER));
        broadcast();
    }

    /// a → the number in its first lane
    private void firstLane() {
        code.iconst_0().invokevirtual(DOUBLES, "lane", MethodTypeDesc.of(NUMBER, ConstantDescs.CD_int));
    }

    /// a → 1 where a > 0, −1 where a < 0, a where it is ±0 or NaN, as [Math#signum(double)].
    private void sign() {
        code.dup();
        code.dup();
        literal(0);
        compare("GT");
        code.astore(scratch());
        literal(1);
        code.aload(scratch());
        blend();
        code.swap();
        literal(0);
        compare("LT");
        code.astore(scratch());
        literal(-1);
        code.aload(scratch());
        blend();
    }

    private int scratch = -1;

    private int scratch() {
        if (scratch < 0) {
            scratch = code.allocateLocal(java.lang.classfile.TypeKind.REFERENCE);
        }
        return scratch;
    }

    /// a, b → mask of lanes where a `operator` b
    void compare(String operator) {
        code.astore(comparand());
        code.getstatic(OPERATORS, operator, COMPARISON);
        code.aload(comparand());
        code.invokevirtual(DOUBLES, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
    }

    private int comparand = -1;

    private int comparand() {
        if (comparand < 0) {
            comparand = code.allocateLocal(java.lang.classfile.TypeKind.REFERENCE);
        }
        return comparand;
    }

    /// a, b, mask → b where the mask is set, a elsewhere
    void blend() {
        code.invokevirtual(DOUBLES, "blend", MethodTypeDesc.of(DOUBLES, VECTOR, MASK));
    }

    /// a → its bits
    void bits() {
        code.invokevirtual(DOUBLES, "reinterpretAsLongs", MethodTypeDesc.of(LONGS));
    }

    /// a → the bits of |a|, which order as the magnitudes do, NaN last
    void magnitudeBits() {
        apply(UnaryOperation.ABS);
        bits();
    }

    /// bits → a
    void fromBits() {
        code.invokevirtual(LONGS, "reinterpretAsDoubles", MethodTypeDesc.of(DOUBLES));
    }

    /// bits of a magnitude → bits whose sign says that it is below 2^−`bits`, above 2^`bits` or NaN
    void outside(int bits) {
        code.dup();
        code.loadConstant(Double.doubleToRawLongBits(Math.scalb(1.0, -bits)));
        code.invokevirtual(LONGS, "sub", MethodTypeDesc.of(LONGS, ConstantDescs.CD_long));
        code.swap();
        code.loadConstant(Long.MAX_VALUE - Double.doubleToRawLongBits(Math.scalb(1.0, bits)));
        code.invokevirtual(LONGS, "add", MethodTypeDesc.of(LONGS, ConstantDescs.CD_long));
        orBits();
    }

    /// a, b → the bits that either has
    void orBits() {
        code.invokevirtual(LONGS, "or", MethodTypeDesc.of(LONGS, VECTOR));
    }

    /// a, b → the lesser bits
    void leastBits() {
        code.invokevirtual(LONGS, "min", MethodTypeDesc.of(LONGS, VECTOR));
    }

    /// a, b → the greater bits
    void greatestBits() {
        code.invokevirtual(LONGS, "max", MethodTypeDesc.of(LONGS, VECTOR));
    }
}
