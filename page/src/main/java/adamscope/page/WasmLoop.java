package adamscope.page;

import adamscope.kernel.GroupLoop;
import adamscope.kernel.LaneCode;
import adamscope.kernel.LaneLoop;
import java.util.Optional;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Float64Array;

/// Lane code run as WebAssembly with SIMD, on numbers in its own memory.
final class WasmLoop implements LaneLoop {
    private static final int PAGE_BITS = 16;

    private final JSObject instance;
    private double[] room = {};

    private WasmLoop(JSObject instance) {
        this.instance = instance;
    }

    /// The loop; none where the browser has no WebAssembly with SIMD, or no memory for it.
    static Optional<GroupLoop> of(LaneCode code) {
        int vectors = WasmCode.vectors(code);
        JSObject instance = instance(WasmCode.of(code, vectors), ScriptLoop.FUNCTIONS);
        return instance == null
                ? Optional.empty()
                : Optional.of(new GroupLoop(new WasmLoop(instance), WasmCode.WIDTH * vectors));
    }

    @Override
    public double[] room(int numbers) {
        long bytes = (long) numbers * Double.BYTES;
        room = new Float64Array(buffer(instance, (int) (bytes + (1 << PAGE_BITS) - 1 >> PAGE_BITS)), 0, numbers)
                .toJavaArray();
        return room;
    }

    @Override
    public void advance(double[] memory, int stride, int lanes, int steps, double clock) {
        if (memory != room) {
            throw new IllegalArgumentException("these numbers are not in the room of the loop");
        }
        advance(instance, Double.BYTES * stride, Double.BYTES * lanes, steps, clock);
    }

    @JSBody(
            params = {"code", "functions"},
            script = "try{return new WebAssembly.Instance(new WebAssembly.Module(code),{f:functions}).exports;}"
                    + "catch(lacking){return null;}")
    private static native JSObject instance(@JSByRef byte[] code, JSObject functions);

    /// The memory, of at least so many pages.
    @JSBody(
            params = {"instance", "pages"},
            script = "var m=instance." + WasmModule.MEMORY + ",more=pages-(m.buffer.byteLength>>>16);"
                    + "if(more>0)m.grow(more);return m.buffer;")
    private static native ArrayBuffer buffer(JSObject instance, int pages);

    @JSBody(
            params = {"instance", "stride", "lanes", "steps", "clock"},
            script = "instance." + WasmModule.ADVANCE + "(stride,lanes,steps,clock);")
    private static native void advance(JSObject instance, int stride, int lanes, int steps, double clock);
}
