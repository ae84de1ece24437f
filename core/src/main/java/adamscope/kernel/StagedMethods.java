package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.kernel.LaneCode.LaneOperation;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;

/// The methods of a [LaneClass] whose code has functions: each step is a pass over all lanes, functions of whole rows,
/// the next pass, and so on.
///
/// @param type   the class
/// @param staged its code
record StagedMethods(LaneClass type, StagedCode staged) {
    private static final ClassDesc FUNCTIONS =
            Transcendental.class.describeConstable().orElseThrow();
    private static final ClassDesc ARRAY = ConstantDescs.CD_double.arrayType();
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final int MEMORY = 1;
    private static final int LANES = 3;
    private static final int STEPS = 4;
    private static final int CLOCK = 5;

    /// Rows that the class needs beside those of the code.
    int ownRows() {
        return staged.rows() - type.code().rows() + Transcendental.SCRATCH;
    }

    /// What is recorded at the last step alone need not be stored at the others.
    void write(ClassBuilder builder, ClassDesc self) {
        builder.withMethodBody("advance", LaneClass.ADVANCE, ClassFile.ACC_PUBLIC, body -> advance(body, self));
        int last = staged.passes().size() - 1;
        for (int p = 0; p < last; p++) {
            pass(builder, "pass" + p, staged.passes().get(p));
        }
        pass(builder, "steps", staged.passes().get(last).withoutLast());
        pass(builder, "last", staged.passes().get(last));
    }

    private void pass(ClassBuilder builder, String name, LaneCode code) {
        builder.withMethodBody(
                name, LaneClass.ADVANCE, ClassFile.ACC_STATIC, body -> new GroupBody(type, code, body).inMemory());
    }

    /// for (step = 1; step < steps; step++, clock++) { … steps(…); } … last(…);
    private void advance(CodeBuilder code, ClassDesc self) {
        int functions = code.allocateLocal(TypeKind.REFERENCE);
        int step = code.allocateLocal(TypeKind.INT);
        staged.literals()
                .forEach((row, number) -> code.aload(MEMORY)
                        .loadConstant(row * LaneClass.STRIDE)
                        .loadConstant((row + 1) * LaneClass.STRIDE)
                        .loadConstant(number)
                        .invokestatic(
                                Arrays.class.describeConstable().orElseThrow(),
                                "fill",
                                MethodTypeDesc.of(ConstantDescs.CD_void, ARRAY, INT, INT, ConstantDescs.CD_double)));
        code.new_(FUNCTIONS)
                .dup()
                .aload(MEMORY)
                .loadConstant(staged.rows() * LaneClass.STRIDE)
                .iload(LANES)
                .invokespecial(
                        FUNCTIONS, ConstantDescs.INIT_NAME, MethodTypeDesc.of(ConstantDescs.CD_void, ARRAY, INT, INT))
                .astore(functions);
        Label head = code.newLabel();
        Label end = code.newLabel();
        code.iconst_1().istore(step).labelBinding(head);
        code.iload(step).iload(STEPS).if_icmpge(end);
        step(code, self, functions);
        call(code, self, "steps");
        code.dload(CLOCK).dconst_1().dadd().dstore(CLOCK);
        code.iinc(step, 1).goto_(head).labelBinding(end);
        step(code, self, functions);
        call(code, self, "last");
        code.return_();
    }

    /// All passes but the last, and the functions.
    private void step(CodeBuilder code, ClassDesc self, int functions) {
        for (int p = 0; p < staged.functions().size(); p++) {
            if (!staged.passes().get(p).trackers().isEmpty()) {
                call(code, self, "pass" + p);
            }
            for (StagedCode.RowFunction function : staged.functions().get(p)) {
                code.aload(functions);
                call(code, function);
            }
        }
    }

    /// One step of all lanes.
    private static void call(CodeBuilder code, ClassDesc self, String pass) {
        code.aload(MEMORY).iconst_0().iload(LANES).iconst_1().dload(CLOCK).invokestatic(self, pass, LaneClass.ADVANCE);
    }

    private static void call(CodeBuilder code, StagedCode.RowFunction function) {
        switch (function.operation()) {
            case LaneOperation.One(var operation, int a) -> {
                code.loadConstant(a * LaneClass.STRIDE).loadConstant(function.result() * LaneClass.STRIDE);
                code.invokevirtual(FUNCTIONS, operation.word(), MethodTypeDesc.of(ConstantDescs.CD_void, INT, INT));
            }
            case LaneOperation.Two(BinaryOperation _, int a, int b) -> {
                code.loadConstant(a * LaneClass.STRIDE).loadConstant(b * LaneClass.STRIDE);
                code.loadConstant(function.result() * LaneClass.STRIDE);
                code.invokevirtual(FUNCTIONS, "power", MethodTypeDesc.of(ConstantDescs.CD_void, INT, INT, INT));
            }
            case LaneOperation.State _, LaneOperation.Invariant _, LaneOperation.Literal _, LaneOperation.Clock _ ->
                throw new IllegalStateException("no function");
        }
    }
}
