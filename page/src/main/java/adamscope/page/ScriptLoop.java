package adamscope.page;

import adamscope.kernel.LaneCode;
import adamscope.kernel.LaneLoop;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/// Lane code run as generated JavaScript.
final class ScriptLoop implements LaneLoop {
    private static final int TOGETHER = 4;

    /// What browsers do not agree on, by name.
    static final JSObject FUNCTIONS =
            functions(Browser::exp, Browser::log, Browser::sin, Browser::cos, Browser::tanh, Browser::pow);

    private final JSObject function;

    /// A function of the engine that generated code calls.
    @JSFunctor
    private interface One extends JSObject {
        double of(double a);
    }

    /// Likewise, of two numbers.
    @JSFunctor
    private interface Two extends JSObject {
        double of(double a, double b);
    }

    ScriptLoop(LaneCode code) {
        this.function = compiled(ScriptCode.of(code, TOGETHER, ScriptLoop::literal));
    }

    @Override
    public void advance(double[] memory, int stride, int lanes, int steps, double clock) {
        call(function, memory, stride, lanes, steps, clock, FUNCTIONS);
    }

    @JSBody(params = "body", script = "return new Function('m','stride','lanes','steps','clock','f',body);")
    private static native JSObject compiled(String body);

    @JSBody(
            params = {"run", "m", "stride", "lanes", "steps", "clock", "f"},
            script = "run(m,stride,lanes,steps,clock,f);")
    private static native void call(
            JSObject run, @JSByRef double[] m, int stride, int lanes, int steps, double clock, JSObject f);

    @JSBody(
            params = {"exp", "log", "sin", "cos", "tanh", "pow"},
            script = "return {exp:exp,log:log,sin:sin,cos:cos,tanh:tanh,pow:pow};")
    private static native JSObject functions(One exp, One log, One sin, One cos, One tanh, Two pow);

    /// The shortest text that JavaScript reads as this number.
    @JSBody(params = "x", script = "return Object.is(x,-0)||x<0?'('+(Object.is(x,-0)?'-0':String(x))+')':String(x);")
    private static native String literal(double x);
}
