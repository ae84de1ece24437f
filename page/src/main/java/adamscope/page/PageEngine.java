package adamscope.page;

import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/// The entry of the compiled engine: one function that takes a question and gives an answer, in a worker of the page.
public final class PageEngine {
    private PageEngine() {}

    /// Nothing to start: the page asks.
    static void main(String[] arguments) {}

    /// Answers a question, see [Answers].
    @JSExport
    public static JSObject ask(JSObject asked) {
        return ScriptValues.written(Answers.of(ScriptValues.read(asked)));
    }
}
