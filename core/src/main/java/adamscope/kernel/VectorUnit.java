package adamscope.kernel;

import java.util.OptionalInt;
import jdk.incubator.vector.DoubleVector;

/// The vector registers that Java sees.
public final class VectorUnit {
    /// The module of Java that gives access to them; it has to be asked for at the start.
    public static final String MODULE = "jdk.incubator.vector";

    private VectorUnit() {}

    /// How many doubles one register holds; empty if Java was started without the module.
    public static OptionalInt doubles() {
        return ModuleLayer.boot().findModule(MODULE).isPresent()
                ? OptionalInt.of(DoubleVector.SPECIES_PREFERRED.length())
                : OptionalInt.empty();
    }
}
