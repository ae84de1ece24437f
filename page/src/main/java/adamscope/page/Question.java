package adamscope.page;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/// What the page asks: a JavaScript object, read and checked here.
final class Question {
    private final JSObject asked;

    Question(JSObject asked) {
        this.asked = asked;
    }

    String text(String key) {
        return text(asked, key);
    }

    double number(String key) {
        return number(asked, key);
    }

    double[] numbers(String key) {
        return numbers(asked, key);
    }

    /// The rule, by its text.
    OptimizerRule rule() {
        return RuleReader.read(PageEngine.RULE, text("rule"));
    }

    FormulaObjective objective() {
        return FormulaObjective.read(text("objective"));
    }

    /// The values of hyper-parameters, checked against the rule.
    Map<String, Double> values(OptimizerRule rule) {
        Map<String, Double> chosen = new LinkedHashMap<>();
        rule.hyperNames().forEach(name -> {
            double value = number(object(asked, "values"), name);
            if (!Double.isNaN(value)) {
                chosen.put(name, value);
            }
        });
        return rule.values(chosen);
    }

    List<Double> x0() {
        List<Double> x0 = new ArrayList<>();
        for (double x : numbers("x0")) {
            x0.add(x);
        }
        return x0;
    }

    ClosedMap.Start start() {
        return text("start").equals("gradient") ? ClosedMap.Start.GRADIENT : ClosedMap.Start.ZERO;
    }

    Arithmetic arithmetic() {
        return text("arithmetic").equals("scaled") ? Arithmetic.SCALED : Arithmetic.DOUBLE;
    }

    @JSBody(
            params = {"o", "key"},
            script = "return o&&o[key]!=null?String(o[key]):'';")
    private static native String text(JSObject o, String key);

    @JSBody(
            params = {"o", "key"},
            script = "return o&&o[key]!=null?Number(o[key]):NaN;")
    private static native double number(JSObject o, String key);

    @JSBody(
            params = {"o", "key"},
            script = "return Float64Array.from(o[key]||[]);")
    private static native double[] numbers(JSObject o, String key);

    @JSBody(
            params = {"o", "key"},
            script = "return o[key]||{};")
    private static native JSObject object(JSObject o, String key);
}
