package adamscope.page;

import java.util.List;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Float64Array;

/// What the engine answers: a JavaScript object that is filled key by key.
final class Reply {
    private final JSObject object = empty();

    /// A text.
    Reply with(String key, String text) {
        set(object, key, JSString.valueOf(text));
        return this;
    }

    /// A number.
    Reply with(String key, double number) {
        setNumber(object, key, number);
        return this;
    }

    /// A yes or no.
    Reply with(String key, boolean flag) {
        setFlag(object, key, flag);
        return this;
    }

    /// Numbers in a row.
    Reply with(String key, double[] numbers) {
        set(object, key, Float64Array.copyFromJavaArray(numbers));
        return this;
    }

    /// Another answer inside this one.
    Reply with(String key, Reply inner) {
        set(object, key, inner.object);
        return this;
    }

    /// Several answers in a row.
    Reply with(String key, List<Reply> inner) {
        JSObject array = array();
        inner.forEach(answer -> push(array, answer.object));
        set(object, key, array);
        return this;
    }

    /// Several texts in a row.
    Reply withTexts(String key, List<String> texts) {
        JSObject array = array();
        texts.forEach(text -> push(array, JSString.valueOf(text)));
        set(object, key, array);
        return this;
    }

    JSObject toScript() {
        return object;
    }

    @JSBody(script = "return {};")
    private static native JSObject empty();

    @JSBody(script = "return [];")
    private static native JSObject array();

    @JSBody(
            params = {"array", "item"},
            script = "array.push(item);")
    private static native void push(JSObject array, JSObject item);

    @JSBody(
            params = {"o", "key", "value"},
            script = "o[key]=value;")
    private static native void set(JSObject o, String key, JSObject value);

    @JSBody(
            params = {"o", "key", "value"},
            script = "o[key]=value;")
    private static native void setNumber(JSObject o, String key, double value);

    @JSBody(
            params = {"o", "key", "value"},
            script = "o[key]=!!value;")
    private static native void setFlag(JSObject o, String key, boolean value);
}
