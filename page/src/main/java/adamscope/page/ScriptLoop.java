package adamscope.page;

import adamscope.kernel.LaneCode;
import adamscope.kernel.LaneLoop;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSObject;

/// Lane code run as generated JavaScript.
final class ScriptLoop implements LaneLoop {
    private static final int TOGETHER = 4;

    private final JSObject function;

    ScriptLoop(LaneCode code) {
        this.function = compiled(ScriptCode.of(code, TOGETHER, ScriptLoop::literal));
    }

    @Override
    public void advance(double[] memory, int stride, int lanes, int steps, double clock) {
        call(function, memory, stride, lanes, steps, clock);
    }

    @JSBody(params = "body", script = "return new Function('m','stride','lanes','steps','clock',body);")
    private static native JSObject compiled(String body);

    @JSBody(
            params = {"f", "m", "stride", "lanes", "steps", "clock"},
            script = "f(m,stride,lanes,steps,clock);")
    private static native void call(JSObject f, @JSByRef double[] m, int stride, int lanes, int steps, double clock);

    /// The shortest text that JavaScript reads as this number.
    @JSBody(params = "x", script = "return Object.is(x,-0)||x<0?'('+(Object.is(x,-0)?'-0':String(x))+')':String(x);")
    private static native String literal(double x);
}
