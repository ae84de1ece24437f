package adamscope.formula;

/// Formulas as text that reads back as the same formula.
public record PlainText() implements Notation {

    @Override
    public String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value).replace(".0E", "e").replace("E", "e");
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
}
