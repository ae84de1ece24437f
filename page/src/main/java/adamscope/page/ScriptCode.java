package adamscope.page;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.kernel.LaneCode;
import adamscope.kernel.LaneCode.LaneOperation;
import adamscope.kernel.LaneCode.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// Lane code as JavaScript: the body of `function (m, stride, lanes, steps, clock, f)`, f with the functions that
/// browsers do not agree on.
///
/// A few lanes stay in variables while time runs, so that the processor has independent work; the last lanes run one by
/// one. Every operation is the one of the interpreter, in its order: the same bits.
final class ScriptCode {
    private final LaneCode code;
    private final DoubleFunction<String> literal;
    private final StringBuilder text = new StringBuilder();

    private ScriptCode(LaneCode code, DoubleFunction<String> literal) {
        this.code = code;
        this.literal = literal;
    }

    /// The text.
    ///
    /// @param together lanes that run side by side
    /// @param literal  a number as JavaScript reads it
    static String of(LaneCode code, int together, DoubleFunction<String> literal) {
        ScriptCode script = new ScriptCode(code, literal);
        script.text.append("let l=0;");
        if (together > 1) {
            script.text.append("for(;l+" + together + "<=lanes;l+=" + together + "){");
            script.group(together);
            script.text.append("}");
        }
        script.text.append("for(;l<lanes;l++){");
        script.group(1);
        script.text.append("}");
        return script.text.toString();
    }

    private void group(int lanes) {
        List<Integer> kept = new ArrayList<>();
        for (int row = 0; row < code.rows(); row++) {
            kept.add(row);
            for (int lane = 0; lane < lanes; lane++) {
                text.append("let " + row(row, lane) + "=m[" + row + "*stride+l+" + lane + "];");
            }
        }
        text.append("for(let k=0;k<steps;k++){const t=clock+k;");
        for (int at = 0; at < code.operations().size(); at++) {
            for (int lane = 0; lane < lanes; lane++) {
                text.append("const " + value(at, lane) + "="
                        + written(code.operations().get(at), lane) + ";");
            }
        }
        for (Tracker tracker : code.trackers()) {
            for (int lane = 0; lane < lanes; lane++) {
                text.append(written(tracker, lane));
            }
        }
        for (int row = 0; row < code.next().length; row++) {
            for (int lane = 0; lane < lanes; lane++) {
                text.append(row(row, lane) + "=" + value(code.next()[row], lane) + ";");
            }
        }
        text.append("}");
        for (int row : kept) {
            for (int lane = 0; lane < lanes; lane++) {
                text.append("m[" + row + "*stride+l+" + lane + "]=" + row(row, lane) + ";");
            }
        }
    }

    private static String row(int row, int lane) {
        return "r" + row + "_" + lane;
    }

    private static String value(int at, int lane) {
        return "o" + at + "_" + lane;
    }

    private String written(LaneOperation operation, int lane) {
        return switch (operation) {
            case LaneOperation.State(int row) -> row(row, lane);
            case LaneOperation.Invariant(int row) -> row(row, lane);
            case LaneOperation.Literal(double number) -> literal.apply(number);
            case LaneOperation.Clock() -> "t";
            case LaneOperation.One(var one, int a) -> written(one, value(a, lane));
            case LaneOperation.Two(var two, int a, int b) -> written(two, value(a, lane), value(b, lane));
        };
    }

    private static String written(UnaryOperation operation, String a) {
        return switch (operation) {
            case NEGATE -> "-" + a;
            case SQRT -> "Math.sqrt(" + a + ")";
            case ABS -> "Math.abs(" + a + ")";
            case SIGN -> "Math.sign(" + a + ")";
            case EXP -> "f.exp(" + a + ")";
            case LOG -> "f.log(" + a + ")";
            case SIN -> "f.sin(" + a + ")";
            case COS -> "f.cos(" + a + ")";
            case TANH -> "f.tanh(" + a + ")";
        };
    }

    private static String written(BinaryOperation operation, String a, String b) {
        return switch (operation) {
            case ADD -> a + "+" + b;
            case SUBTRACT -> a + "-" + b;
            case MULTIPLY -> a + "*" + b;
            case DIVIDE -> a + "/" + b;
            case POWER -> "f.pow(" + a + "," + b + ")";
            case MIN -> "Math.min(" + a + "," + b + ")";
            case MAX -> "Math.max(" + a + "," + b + ")";
        };
    }

    private static String written(Tracker tracker, int lane) {
        return switch (tracker) {
            case Tracker.Least(int value, int row) -> {
                String magnitude = "Math.abs(" + value(value, lane) + ")";
                yield "if(" + magnitude + "<" + row(row, lane) + ")" + row(row, lane) + "=" + magnitude + ";";
            }
            case Tracker.Greatest(int value, int row) ->
                row(row, lane) + "=Math.max(" + row(row, lane) + ",Math.abs(" + value(value, lane) + "));";
            case Tracker.GreatestNumber(int value, int row) ->
                "if(" + value(value, lane) + ">" + row(row, lane) + ")" + row(row, lane) + "=" + value(value, lane)
                        + ";";
            case Tracker.GreatestQuotient(int a, int b, int rowA, int rowB) ->
                "if(" + value(a, lane) + "*" + row(rowB, lane) + ">" + row(rowA, lane) + "*" + value(b, lane) + "){"
                        + row(rowA, lane) + "=" + value(a, lane) + ";" + row(rowB, lane) + "=" + value(b, lane) + ";}";
            case Tracker.Outside _ -> throw new IllegalStateException("code in log-scaled arithmetic runs in no page");
            case Tracker.Last(int value, int row) -> row(row, lane) + "=" + value(value, lane) + ";";
        };
    }
}
