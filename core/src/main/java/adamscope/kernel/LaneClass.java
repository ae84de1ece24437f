package adamscope.kernel;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
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

/// A class file for a [LaneCode]: several vectors of lanes held in registers, time innermost.
///
/// Each operation is issued for all vectors of the group before the next one, which hides the latency of roots and
/// divisions. Nothing is fused or reordered within a lane, so a lane's bits do not depend on the width.
///
/// @param code    the step
/// @param bits    width of a vector: 128, 256 or 512
/// @param vectors vectors in a group
record LaneClass(LaneCode code, int bits, int vectors) {
    /// Bytes of a method beyond which HotSpot interprets it for good. Generated methods also need the flag
    /// `-XX:Tier3DelayOn=100000`: HotSpot's first compiler runs out of registers on many of them, and without the flag
    /// it may by then have made code that the second compiler never replaces, 60 times slower.
    static final int LONGEST_METHOD = 8000;

    private static final ClassDesc LOOP = LaneLoop.class.describeConstable().orElseThrow();
    private static final ClassDesc ARRAY = ConstantDescs.CD_double.arrayType();
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final MethodTypeDesc ADVANCE =
            MethodTypeDesc.of(ConstantDescs.CD_void, ARRAY, INT, INT, INT, ConstantDescs.CD_double);

    /// Vectors of a group on a machine with registers enough: measured, see docs/decisions/0002.
    static final int PREFERRED_VECTORS = 4;

    /// The class with the most vectors, up to `vectors`, whose methods are short enough; empty if none is.
    static Optional<LaneClass> fitting(LaneCode code, int bits, int vectors) {
        for (int count = vectors; count >= 1; count--) {
            LaneClass type = new LaneClass(code, bits, count);
            if (type.longestMethod() < LONGEST_METHOD) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
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
        return ClassFile.of()
                .build(
                        self,
                        type -> type.withFlags(ClassFile.ACC_FINAL)
                                .withInterfaceSymbols(List.of(LOOP))
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
                                        "advance", ADVANCE, ClassFile.ACC_PUBLIC, body -> overGroups(body, self))
                                .withMethodBody(
                                        "group",
                                        ADVANCE,
                                        ClassFile.ACC_STATIC,
                                        body -> new GroupBody(this, body).write()));
    }

    /// The class loaded, ready to run.
    LaneLoop load() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes(), true);
            return (LaneLoop) lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable failure) {
            throw new IllegalStateException("generated class does not load", failure);
        }
    }

    /// for (lane = 0; lane < lanes; lane += group) group(memory, stride, lane, steps, clock)
    private void overGroups(CodeBuilder body, ClassDesc self) {
        int lane = body.allocateLocal(TypeKind.INT);
        Label head = body.newLabel();
        Label end = body.newLabel();
        body.iconst_0().istore(lane).labelBinding(head);
        body.iload(lane).iload(3).if_icmpge(end);
        body.aload(1).iload(2).iload(lane).iload(4).dload(5).invokestatic(self, "group", ADVANCE);
        body.iinc(lane, group()).goto_(head).labelBinding(end).return_();
    }
}
