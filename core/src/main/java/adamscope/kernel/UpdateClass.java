package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.kernel.UpdateKernel.RowValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// A class file for the loop of an [UpdateKernel]: one vector of each row at a time, whole step in registers.
///
/// Parameters of its method: rows 1, scalars 2, sums 3, bytes 4.
record UpdateClass(UpdateKernel.Code code) {
    private static final int ROWS = 1;
    private static final int SCALARS = 2;
    private static final int SUMS = 3;
    private static final int BYTES = 4;
    private static final ClassDesc VECTOR = described(Vector.class);
    private static final ClassDesc MASK = described(VectorMask.class);
    private static final ClassDesc SPECIES = described(VectorSpecies.class);
    private static final ClassDesc OPERATORS = described(VectorOperators.class);
    private static final ClassDesc COMPARISON = described(VectorOperators.Comparison.class);
    private static final ClassDesc SEGMENT = described(MemorySegment.class);
    private static final ClassDesc ORDER = described(ByteOrder.class);
    private static final ClassDesc LONG = ConstantDescs.CD_long;
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            ConstantDescs.CD_void,
            SEGMENT.arrayType(),
            ConstantDescs.CD_double.arrayType(),
            SEGMENT,
            ConstantDescs.CD_int);

    private static ClassDesc described(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /// Bytes of a vector in this machine's preferred shape.
    long vectorBytes() {
        return FloatVector.SPECIES_PREFERRED.vectorByteSize();
    }

    /// Bytes of code of the longest method.
    int longestMethod() {
        return ClassFile.of().parse(bytes()).methods().stream()
                .map(method -> method.findAttribute(Attributes.code()).orElseThrow())
                .mapToInt(CodeAttribute::codeLength)
                .max()
                .orElseThrow();
    }

    /// The class loaded, ready to run.
    UpdateLoop load() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes(), true);
            return (UpdateLoop) lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable failure) {
            throw new IllegalStateException("generated class does not load", failure);
        }
    }

    private byte[] bytes() {
        ClassDesc self = ClassDesc.of(UpdateClass.class.getPackageName(), "GeneratedUpdate");
        return ClassFile.of()
                .build(
                        self,
                        type -> type.withFlags(ClassFile.ACC_FINAL)
                                .withInterfaceSymbols(List.of(described(UpdateLoop.class)))
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        0,
                                        body -> body.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "run", RUN, ClassFile.ACC_PUBLIC, body -> new Body(code, body).write()));
    }

    /// The method, while it is written.
    private static final class Body {
        private final UpdateKernel.Code step;
        private final CodeBuilder code;
        private final ClassDesc vector;
        private final ClassDesc number;
        private final int[] local;
        private final int[] rows;
        private final int order;
        private final int offset;
        private final int left;
        private final int mask;

        Body(UpdateKernel.Code step, CodeBuilder code) {
            this.step = step;
            this.code = code;
            this.vector = described(step.wide() ? DoubleVector.class : FloatVector.class);
            this.number = step.wide() ? ConstantDescs.CD_double : ConstantDescs.CD_float;
            this.local = new int[step.values().size()];
            java.util.Arrays.setAll(local, _ -> code.allocateLocal(TypeKind.REFERENCE));
            int used = step.results().stream()
                    .mapToInt(UpdateKernel.Result::row)
                    .max()
                    .orElse(-1);
            for (RowValue value : step.values()) {
                if (value instanceof RowValue.Row(int row)) {
                    used = Math.max(used, row);
                }
            }
            this.rows = new int[used + 1];
            java.util.Arrays.setAll(rows, _ -> code.allocateLocal(TypeKind.REFERENCE));
            this.order = code.allocateLocal(TypeKind.REFERENCE);
            this.left = code.allocateLocal(TypeKind.REFERENCE);
            this.mask = code.allocateLocal(TypeKind.REFERENCE);
            this.offset = code.allocateLocal(TypeKind.INT);
        }

        void write() {
            code.invokestatic(ORDER, "nativeOrder", MethodTypeDesc.of(ORDER)).astore(order);
            for (int row = 0; row < rows.length; row++) {
                code.aload(ROWS).loadConstant(row).aaload().astore(rows[row]);
            }
            for (int i = 0; i < local.length; i++) {
                if (step.values().get(i) instanceof RowValue.Scalar(int slot)) {
                    species();
                    code.aload(SCALARS).loadConstant(slot).daload();
                    narrow();
                    broadcast();
                    code.astore(local[i]);
                }
            }
            Label head = code.newLabel();
            Label end = code.newLabel();
            code.iconst_0().istore(offset).labelBinding(head);
            code.iload(offset).iload(BYTES).if_icmpge(end);
            for (int i = 0; i < local.length; i++) {
                compute(i);
            }
            for (UpdateKernel.Result result : step.results()) {
                code.aload(local[result.value()])
                        .aload(rows[result.row()])
                        .iload(offset)
                        .i2l();
                store();
            }
            for (int total = 0; total < step.totals().size(); total++) {
                add(total);
            }
            code.iload(offset)
                    .loadConstant(FloatVector.SPECIES_PREFERRED.vectorByteSize())
                    .iadd()
                    .istore(offset);
            code.goto_(head).labelBinding(end).return_();
        }

        private void compute(int i) {
            switch (step.values().get(i)) {
                case RowValue.Scalar _ -> {
                    return;
                }
                case RowValue.Row(int row) -> {
                    species();
                    code.aload(rows[row]).iload(offset).i2l();
                    load();
                }
                case RowValue.One(UnaryOperation operation, int a) -> {
                    code.aload(local[a]);
                    apply(operation);
                }
                case RowValue.Two(BinaryOperation operation, int a, int b) -> {
                    code.aload(local[a]).aload(local[b]);
                    code.invokevirtual(vector, name(operation), MethodTypeDesc.of(vector, VECTOR));
                }
            }
            code.astore(local[i]);
        }

        private void load() {
            code.aload(order)
                    .invokestatic(
                            vector, "fromMemorySegment", MethodTypeDesc.of(vector, SPECIES, SEGMENT, LONG, ORDER));
        }

        private void store() {
            code.aload(order)
                    .invokevirtual(
                            vector,
                            "intoMemorySegment",
                            MethodTypeDesc.of(ConstantDescs.CD_void, SEGMENT, LONG, ORDER));
        }

        /// Adds a value to its partial sums: they stay in the first cache, more of them than there are registers.
        private void add(int total) {
            species();
            code.aload(SUMS);
            part(total);
            load();
            code.aload(local[step.totals().get(total)])
                    .invokevirtual(vector, "add", MethodTypeDesc.of(vector, VECTOR))
                    .aload(SUMS);
            part(total);
            store();
        }

        private void part(int total) {
            code.iload(offset)
                    .loadConstant(NumberRow.PARTS - 1)
                    .iand()
                    .loadConstant(total * NumberRow.PARTS)
                    .iadd()
                    .i2l();
        }

        private void apply(UnaryOperation operation) {
            switch (operation) {
                case NEGATE -> code.invokevirtual(vector, "neg", MethodTypeDesc.of(vector));
                case SQRT -> code.invokevirtual(vector, "sqrt", MethodTypeDesc.of(vector));
                case ABS -> code.invokevirtual(vector, "abs", MethodTypeDesc.of(vector));
                case SIGN -> sign();
                case EXP, LOG, SIN, COS, TANH -> throw new IllegalStateException(operation + " is not rounded once");
            }
        }

        private static String name(BinaryOperation operation) {
            return switch (operation) {
                case ADD -> "add";
                case SUBTRACT -> "sub";
                case MULTIPLY -> "mul";
                case DIVIDE -> "div";
                case MIN -> "min";
                case MAX -> "max";
                case POWER -> throw new IllegalStateException(operation + " is not rounded once");
            };
        }

        /// a → 1 where a > 0, −1 where a < 0, a where it is ±0 or NaN.
        private void sign() {
            code.astore(left);
            code.aload(left);
            where("GT", 1);
            where("LT", -1);
        }

        /// v → `number` where the value in `left` is beyond 0, v elsewhere
        private void where(String operator, double replacement) {
            code.aload(left).getstatic(OPERATORS, operator, COMPARISON);
            literal(0);
            code.invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR))
                    .astore(mask);
            literal(replacement);
            code.aload(mask).invokevirtual(vector, "blend", MethodTypeDesc.of(vector, VECTOR, MASK));
        }

        private void literal(double value) {
            species();
            code.loadConstant(value);
            narrow();
            broadcast();
        }

        private void narrow() {
            if (!step.wide()) {
                code.d2f();
            }
        }

        private void species() {
            code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
        }

        private void broadcast() {
            code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, number));
        }
    }
}
