package adamscope.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.teavm.model.AccessLevel;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.MethodReference;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;
import org.teavm.model.emit.ValueEmitter;

/// What a browser has no counterpart of, replaced while core is compiled for it: vector registers, generated classes,
/// the log. The replacement of a method is the method of [Browser] of that name.
public final class Replacements implements ClassHolderTransformer {
    private static final Map<String, Set<String>> REPLACED = Map.ofEntries(
            Map.entry("adamscope.kernel.VectorUnit", Set.of("doubles")),
            Map.entry("adamscope.kernel.LaneInterpreter", Set.of("loop")),
            Map.entry("adamscope.kernel.LaneSource", Set.of("remark")),
            // halves of 32 bits in place of 64 bits
            Map.entry("adamscope.kernel.WideNumber", Set.of("of")),
            Map.entry("adamscope.kernel.Order", Set.of("of")),
            Map.entry("adamscope.kernel.LogMagnitudes", Set.of("log10")),
            Map.entry("adamscope.page.DoubleWords", Set.of("high", "low", "of", "withHigh", "upper")),
            // the program's numbers, not the browser's
            Map.entry(StrictMath.class.getName(), Set.of("exp", "log", "sin", "cos", "tanh", "pow")),
            // the browser's own is faster
            Map.entry(Arrays.class.getName(), Set.of("sort")),
            // %g, %e; ties to the even number; numbers below the normal ones
            Map.entry(String.class.getName(), Set.of("format")),
            Map.entry(Math.class.getName(), Set.of("rint", "scalb", "getExponent")));

    /// Methods of the JDK that TeaVM lacks.
    private static final Map<String, MethodDescriptor> ADDED = Map.of(
            Math.class.getName(),
            new MethodDescriptor("fma", double.class, double.class, double.class, double.class),
            BigDecimal.class.getName(),
            new MethodDescriptor("sqrt", MathContext.class, BigDecimal.class),
            Collections.class.getName(),
            new MethodDescriptor("unmodifiableSequencedMap", SequencedMap.class, SequencedMap.class),
            // a worker is one thread
            IntStream.class.getName(),
            new MethodDescriptor("parallel", IntStream.class),
            Collection.class.getName(),
            new MethodDescriptor("parallelStream", Stream.class));

    /// Classes whose added methods need no instance.
    private static final Set<String> STATIC = Set.of(Math.class.getName(), Collections.class.getName());

    /// Ends the names of classes of `adamscope.kernel` that only run where there are vector registers.
    private static final String VECTORS = "$Vectors";

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (ADDED.containsKey(type.getName())) {
            add(type, ADDED.get(type.getName()), context);
        }
        Set<String> replaced = REPLACED.getOrDefault(type.getName(), Set.of());
        boolean vectors =
                type.getName().startsWith("adamscope.kernel.") && type.getName().endsWith(VECTORS);
        for (MethodHolder method : List.copyOf(type.getMethods())) {
            if (vectors) {
                ProgramEmitter.create(method, context.getHierarchy())
                        .construct(UnsupportedOperationException.class)
                        .raise();
            } else if (replaced.contains(method.getName()) && isKnown(method)) {
                redirect(method, context);
            } else if (method.getName().equals("getLocalizedString")
                    && type.getName().startsWith("org.hipparchus.exception.Local")) {
                inEnglish(type, method, context);
            }
        }
    }

    /// Adds a method that calls the one of [Browser] of its name, an instance before its arguments.
    private static void add(ClassHolder type, MethodDescriptor added, ClassHolderTransformerContext context) {
        MethodHolder method = new MethodHolder(added);
        method.setLevel(AccessLevel.PUBLIC);
        boolean still = STATIC.contains(type.getName());
        if (still) {
            method.getModifiers().add(ElementModifier.STATIC);
        }
        type.addMethod(method);
        ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
        List<ValueEmitter> arguments = new ArrayList<>();
        List<ValueType> signature = new ArrayList<>();
        if (!still) {
            ValueType own = ValueType.object(type.getName());
            arguments.add(body.var(0, own));
            signature.add(own);
        }
        for (int i = 0; i < method.parameterCount(); i++) {
            arguments.add(body.var(i + 1, method.parameterType(i)));
        }
        signature.addAll(List.of(added.getSignature()));
        body.invoke(
                        new MethodReference(
                                Browser.class.getName(), added.getName(), signature.toArray(ValueType[]::new)),
                        arguments.toArray(ValueEmitter[]::new))
                .returnValue();
    }

    /// Whether [Browser] has a method of that name and those parameters: others of the name stay.
    private static boolean isKnown(MethodHolder method) {
        return Arrays.stream(Browser.class.getDeclaredMethods())
                .anyMatch(known -> new MethodDescriptor(
                                known.getName(), signature(known.getParameterTypes(), known.getReturnType()))
                        .equals(method.getDescriptor()));
    }

    private static Class<?>[] signature(Class<?>[] parameters, Class<?> result) {
        Class<?>[] signature = Arrays.copyOf(parameters, parameters.length + 1);
        signature[parameters.length] = result;
        return signature;
    }

    /// Messages of Hipparchus as its source says them: no bundles.
    private static void inEnglish(ClassHolder type, MethodHolder method, ClassHolderTransformerContext context) {
        ProgramEmitter.create(method, context.getHierarchy())
                .var(0, ValueType.object(type.getName()))
                .invokeVirtual("getSourceString", String.class)
                .returnValue();
    }

    /// The method calls the one of [Browser] with its own arguments.
    private static void redirect(MethodHolder method, ClassHolderTransformerContext context) {
        ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
        ValueEmitter[] arguments = new ValueEmitter[method.parameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = body.var(i + 1, method.parameterType(i));
        }
        ValueEmitter result =
                body.invoke(new MethodReference(Browser.class.getName(), method.getDescriptor()), arguments);
        if (result == null) {
            body.exit();
        } else {
            result.returnValue();
        }
    }
}
