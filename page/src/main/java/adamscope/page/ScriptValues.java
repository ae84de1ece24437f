package adamscope.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Float64Array;

/// Values of JavaScript as values of Java and back: objects are maps, rows of numbers are `double[]`.
final class ScriptValues {
    private ScriptValues() {}

    /// An object with all that it holds.
    static Map<String, Object> read(JSObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size(object); i++) {
            String key = key(object, i);
            Object value = value(at(object, key));
            if (value != null) {
                map.put(key, value);
            }
        }
        return map;
    }

    private static Object value(JSObject value) {
        return switch (kind(value)) {
            case "string" -> text(value);
            case "number" -> number(value);
            case "boolean" -> number(value) != 0;
            case "numbers" -> numbers(value);
            case "array" -> items(value);
            case "object" -> read(value);
            default -> null;
        };
    }

    private static List<Object> items(JSObject array) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < size(array); i++) {
            items.add(value(at(array, key(array, i))));
        }
        return items;
    }

    /// A value for the page.
    static JSObject written(Object value) {
        return switch (value) {
            case String text -> JSString.valueOf(text);
            case Double number -> ofNumber(number);
            case Boolean flag -> ofFlag(flag);
            case double[] numbers -> Float64Array.copyFromJavaArray(numbers);
            case List<?> items -> {
                JSObject array = array();
                items.forEach(item -> push(array, written(item)));
                yield array;
            }
            case Map<?, ?> entries -> {
                JSObject object = object();
                entries.forEach((key, inner) -> set(object, (String) key, written(inner)));
                yield object;
            }
            default -> throw new IllegalStateException("no script value: " + value);
        };
    }

    @JSBody(
            params = "v",
            script = "return v==null?'none':ArrayBuffer.isView(v)"
                    + "||Array.isArray(v)&&v.every(n=>typeof n==='number')?'numbers'"
                    + ":Array.isArray(v)?'array':typeof v;")
    private static native String kind(JSObject v);

    @JSBody(params = "o", script = "return Object.keys(o).length;")
    private static native int size(JSObject o);

    @JSBody(
            params = {"o", "i"},
            script = "return Object.keys(o)[i];")
    private static native String key(JSObject o, int i);

    @JSBody(
            params = {"o", "key"},
            script = "return o[key];")
    private static native JSObject at(JSObject o, String key);

    @JSBody(params = "v", script = "return v;")
    private static native String text(JSObject v);

    @JSBody(params = "v", script = "return Number(v);")
    private static native double number(JSObject v);

    @JSBody(params = "v", script = "return Float64Array.from(v);")
    private static native double[] numbers(JSObject v);

    @JSBody(params = "n", script = "return n;")
    private static native JSObject ofNumber(double n);

    @JSBody(params = "b", script = "return !!b;")
    private static native JSObject ofFlag(boolean b);

    @JSBody(script = "return {};")
    private static native JSObject object();

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
}
