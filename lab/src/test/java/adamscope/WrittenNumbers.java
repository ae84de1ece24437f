package adamscope;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the code of a class writes a double as Java does, `1.0E-8`: by `+`, by `Double.toString` and the like, or by
/// `%s`.
final class WrittenNumbers {
    private static final Set<ClassDesc> NUMBERS =
            Set.of(ConstantDescs.CD_double, ConstantDescs.CD_float, ConstantDescs.CD_Double, ConstantDescs.CD_Float);
    private static final Set<String> TEXTS =
            Set.of("java/lang/String.valueOf", "java/lang/Double.toString", "java/lang/StringBuilder.append");
    private static final Pattern PLACE = Pattern.compile("%[-#+ 0,(]*\\d*(?:\\.\\d+)?([a-zA-Z%])");

    private final List<String> found = new ArrayList<>();
    private final Deque<Arguments> open = new ArrayDeque<>();
    private String text = "";
    private CodeElement before;
    private int line;

    private WrittenNumbers() {}

    /// The arguments of a call with any number of them, as far as they are known.
    private static final class Arguments {
        private final String format;
        private final Set<Integer> doubles = new HashSet<>();
        private int index;

        Arguments(String format) {
            this.format = format;
        }

        boolean areShownAsText() {
            Matcher place = PLACE.matcher(format);
            int at = 0;
            boolean shown = false;
            while (place.find()) {
                if (!place.group(1).equals("%") && !place.group(1).equals("n")) {
                    shown |= place.group(1).equals("s") && doubles.contains(at);
                    at++;
                }
            }
            return shown;
        }
    }

    /// The methods that do, each with how.
    static List<String> in(ClassModel model) {
        List<String> all = new ArrayList<>();
        for (MethodModel method : model.methods()) {
            WrittenNumbers reading = new WrittenNumbers();
            method.code().ifPresent(code -> code.forEach(reading::read));
            String place = model.thisClass().asInternalName() + "."
                    + method.methodName().stringValue();
            reading.found.forEach(how -> all.add(place + how));
        }
        return all;
    }

    private void read(CodeElement element) {
        switch (element) {
            case InvokeDynamicInstruction call -> {
                if (call.name().stringValue().equals("makeConcatWithConstants")
                        && call.typeSymbol().parameterList().stream().anyMatch(NUMBERS::contains)) {
                    add("+");
                }
                call.bootstrapArgs().stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .forEach(constant -> text = constant);
            }
            case ConstantInstruction constant -> {
                if (constant.constantValue() instanceof String said) {
                    text = said;
                } else if (constant.constantValue() instanceof Integer index
                        && before instanceof StackInstruction dup
                        && dup.opcode() == Opcode.DUP
                        && !open.isEmpty()) {
                    open.peek().index = index;
                }
            }
            case NewReferenceArrayInstruction made -> {
                if (made.componentType().asInternalName().equals("java/lang/Object")) {
                    open.push(new Arguments(text));
                }
            }
            case ArrayStoreInstruction stored -> {
                if (stored.opcode() == Opcode.AASTORE && !open.isEmpty() && isBoxing(before)) {
                    open.peek().doubles.add(open.peek().index);
                }
            }
            case InvokeInstruction call -> read(call);
            case LineNumber at -> line = at.line();
            default -> {}
        }
        if (element instanceof Instruction) {
            before = element;
        }
    }

    private void read(InvokeInstruction call) {
        String name = call.owner().asInternalName() + "." + call.name().stringValue();
        if (TEXTS.contains(name) && call.typeSymbol().parameterList().stream().anyMatch(NUMBERS::contains)) {
            add(call.name().stringValue());
        }
        if (!open.isEmpty() && call.typeSymbol().parameterList().contains(ConstantDescs.CD_Object.arrayType())) {
            if (open.pop().areShownAsText()) {
                add("%s");
            }
        }
    }

    private void add(String how) {
        found.add(", line " + line + ", by " + how);
    }

    private static boolean isBoxing(CodeElement element) {
        return element instanceof InvokeInstruction call
                && call.owner().asInternalName().equals("java/lang/Double")
                && call.name().stringValue().equals("valueOf");
    }
}
