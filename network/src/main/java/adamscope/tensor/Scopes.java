package adamscope.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// How a tensor outlives the scope that freed everything else around its making.
public final class Scopes {
    private Scopes() {}

    /// The tensor, handed over to `outer`; without an outer scope it lives until the garbage collector finds it.
    public static Tensor kept(PointerScope outer, Tensor tensor) {
        if (outer == null) {
            tensor.retainReference();
        } else {
            outer.attach(tensor);
        }
        return tensor;
    }
}
