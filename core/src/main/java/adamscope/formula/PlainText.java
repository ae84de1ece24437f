package adamscope.formula;

import adamscope.formula.Expression.BinaryOperation;

/// Formulas as text that reads back as the same formula.
public record PlainText() implements Notation {

    @Override
    public String number(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return "inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value).replace(".0E", "e").replace("E", "e");
    }

    @Override
    public String name(String name) {
        return name;
    }

    @Override
    public String sum(String a, BinaryOperation operation, String b) {
        return a + " " + operation.word() + " " + b;
    }

    @Override
    public String product(String a, String b) {
        return a + "*" + b;
    }

    @Override
    public String fraction(String a, String b) {
        return a + "/" + b;
    }

    @Override
    public String power(String a, String b) {
        return a + "^" + b;
    }

    @Override
    public String root(String a) {
        return function("sqrt", a);
    }

    @Override
    public String magnitude(String a) {
        return function("abs", a);
    }

    @Override
    public String negation(String a) {
        return "-" + a;
    }

    @Override
    public String function(String word, String... arguments) {
        return word + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public String grouped(String a) {
        return "(" + a + ")";
    }

    @Override
    public boolean fractionsGroup() {
        return false;
    }
}
