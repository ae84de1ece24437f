package adamscope.kernel;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A class file for a [LaneCode]: several vectors of lanes held in registers, time innermost, or one vector after the
/// other from memory, time outermost.
///
/// In registers each operation is issued for all vectors of the group before the next one, which hides the latency of
/// roots and divisions. Nothing is fused or reordered within a lane, so a lane's bits do not depend on the shape.
///
/// @param code    the step
/// @param bits    width of a vector: 128, 256 or 512
/// @param vectors vectors in a group; one is taken from memory
record LaneClass(LaneCode code, int bits, int vectors) {
    /// Bytes of a method beyond which HotSpot interprets it for good. Generated methods also need the flag
    /// `-XX:Tier3DelayOn=100000`: HotSpot's first compiler runs out of registers on many of them, and without the flag
    /// it may by then have made code that the second compiler never replaces, 60 times slower.
    static final int LONGEST_METHOD = 8000;

    private static final ClassDesc LOOP = LaneLoop.class.describeConstable().orElseThrow();
    private static final ClassDesc ARRAY = ConstantDescs.CD_double.arrayType();
    private static final ClassDesc INT = ConstantDescs.CD_int;
    /// Of the methods that take steps.
    static final MethodTypeDesc ADVANCE =
            MethodTypeDesc.of(ConstantDescs.CD_void, ARRAY, INT, INT, INT, ConstantDescs.CD_double);

    /// Numbers from a row to the next, part of the code, so that it reaches every row from one address: a piece of a
    /// few dozen rows stays in the first caches.
    static final int STRIDE = 128;

    /// The class with up to `vectors` whose methods are short enough, the most; empty if none is.
    static Optional<LaneClass> fitting(LaneCode code, int bits, int vectors) {
        return IntStream.iterate(vectors, count -> count >= 1, count -> count - 1)
                .mapToObj(count -> new LaneClass(code, bits, count))
                .filter(type -> type.longestMethod() < LONGEST_METHOD)
                .findFirst();
    }

    /// Vectors of a group, measured, see docs/decisions/0002: four where there are 32 registers, which come with the
    /// widest vectors; else their numbers do not fit.
    static int preferredVectors(int bits) {
        return bits == 512 ? 4 : 1;
    }

    /// Bytes of code of the longest method.
    int longestMethod() {
        return ClassFile.of().parse(bytes()).methods().stream()
                .map(method -> method.findAttribute(Attributes.code()).orElseThrow())
                .mapToInt(CodeAttribute::codeLength)
                .max()
                .orElseThrow();
    }

    /// Lanes of a vector.
    int width() {
        return bits / Double.SIZE;
    }

    /// Lanes of a group: a call runs a multiple of these.
    int group() {
        return width() * vectors;
    }

    /// The class as bytes.
    byte[] bytes() {
        ClassDesc self = ClassDesc.of(LaneClass.class.getPackageName(), "GeneratedLanes");
        return ClassFile.of().build(self, type -> {
            type.withFlags(ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(List.of(LOOP))
                    .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            ConstantDescs.MTD_void,
                            0,
                            body -> body.aload(0)
                                    .invokespecial(
                                            ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                    .return_());
            Optional<StagedMethods> staged = staged();
            if (staged.isPresent()) {
                staged.get().write(type, self);
            } else if (vectors == 1) {
                inMemory(type, self);
            } else {
                inRegisters(type, self);
            }
        });
    }

    private Optional<StagedMethods> staged() {
        return StagedCode.of(code).map(staged -> new StagedMethods(this, staged));
    }

    /// The class loaded, ready to run.
    GroupLoop load() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes(), true);
            Object made = lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
            return new GroupLoop(
                    (LaneLoop) made,
                    group(),
                    STRIDE,
                    staged().map(StagedMethods::ownRows).orElse(0));
        } catch (Throwable failure) {
            throw new IllegalStateException("generated class does not load", failure);
        }
    }

    /// for (lane = 0; lane < lanes; lane += group) group(memory, lane, lanes, steps, clock)
    private void inRegisters(ClassBuilder type, ClassDesc self) {
        type.withMethodBody("advance", ADVANCE, ClassFile.ACC_PUBLIC, body -> {
                    int lane = body.allocateLocal(TypeKind.INT);
                    Label head = body.newLabel();
                    Label end = body.newLabel();
                    body.iconst_0().istore(lane).labelBinding(head);
                    body.iload(lane).iload(3).if_icmpge(end);
                    body.aload(1).iload(lane).iload(3).iload(4).dload(5).invokestatic(self, "group", ADVANCE);
                    body.iinc(lane, group()).goto_(head).labelBinding(end).return_();
                })
                .withMethodBody(
                        "group", ADVANCE, ClassFile.ACC_STATIC, body -> new GroupBody(this, code, body).inRegisters());
    }

    /// steps(memory, 0, lanes, steps − 1, clock); last(memory, 0, lanes, 1, clock + steps − 1): what is recorded at the
    /// last step alone need not be stored at the others.
    private void inMemory(ClassBuilder type, ClassDesc self) {
        type.withMethodBody("advance", ADVANCE, ClassFile.ACC_PUBLIC, body -> {
                    body.iload(4).iconst_1().isub().istore(4);
                    body.aload(1).iconst_0().iload(3).iload(4).dload(5).invokestatic(self, "steps", ADVANCE);
                    body.aload(1).iconst_0().iload(3).iconst_1();
                    body.dload(5).iload(4).i2d().dadd().invokestatic(self, "last", ADVANCE);
                    body.return_();
                })
                .withMethodBody(
                        "steps",
                        ADVANCE,
                        ClassFile.ACC_STATIC,
                        body -> new GroupBody(this, code.withoutLast(), body).inMemory())
                .withMethodBody(
                        "last", ADVANCE, ClassFile.ACC_STATIC, body -> new GroupBody(this, code, body).inMemory());
    }
}
