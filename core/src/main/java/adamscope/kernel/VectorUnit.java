package adamscope.kernel;

import java.util.OptionalInt;
import jdk.incubator.vector.DoubleVector;

/// The vector registers that Java sees.
///
/// Java gives access to them by a module that it resolves only when asked to, and warns about on standard error when it
/// is resolved at the start. Most commands never need it; so it is resolved when a kernel first asks, in silence:
/// `docs/decisions/0009-start-up.md`.
public final class VectorUnit {
    /// The module of Java that gives access to them.
    public static final String MODULE = "jdk.incubator.vector";

    /// The option of the JVM that lets this class resolve the module late, as the JDK itself does for agents; without
    /// it, `--add-modules` with [#MODULE] has to be given.
    public static final String LATE = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

    /// The property of the JVM that leaves the registers alone, by the value `off`.
    private static final String SWITCH = "adamscope.vectors";

    /// Set once, before [Resolved] is seen by others; who reads the old value does without vectors.
    private static boolean inUse;

    private VectorUnit() {}

    /// How many doubles one register holds; empty if Java was started with neither option.
    public static OptionalInt doubles() {
        return Resolved.DOUBLES;
    }

    /// Whether something has asked for them and got them, so that using them costs nothing more.
    static boolean inUse() {
        return inUse;
    }

    private static final class Resolved {
        private static final OptionalInt DOUBLES = resolved();

        private static OptionalInt resolved() {
            inUse = isResolved();
            return inUse ? OptionalInt.of(DoubleVector.SPECIES_PREFERRED.length()) : OptionalInt.empty();
        }

        /// By its name, as `--release` hides the type from the compiler.
        private static boolean isResolved() {
            if ("off".equals(System.getProperty(SWITCH))) {
                return false;
            }
            if (ModuleLayer.boot().findModule(MODULE).isPresent()) {
                return true;
            }
            try {
                Class.forName("jdk.internal.module.Modules")
                        .getMethod("loadModule", String.class)
                        .invoke(null, MODULE);
                return true;
            } catch (ReflectiveOperationException notLet) {
                return false;
            }
        }
    }
}
