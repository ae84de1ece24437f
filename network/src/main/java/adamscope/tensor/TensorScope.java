package adamscope.tensor;

import org.bytedeco.javacpp.PointerScope;

/// A `PointerScope` for callers that know no libtorch: what is made within it is freed at its end.
public final class TensorScope implements AutoCloseable {
    private final PointerScope scope = new PointerScope();

    @Override
    public void close() {
        scope.close();
    }
}
