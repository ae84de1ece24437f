package adamscope.objective;

import adamscope.formula.FormulaException;
import adamscope.text.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;

/// Test functions of two variables that go by a name; each has its least value 0.
public final class NamedObjectives {
    private static final Map<String, String> FORMULAS = new LinkedHashMap<>();

    static {
        // Rosenbrock 1960: a curved valley, minimum at (1, 1)
        FORMULAS.put("rosenbrock", "(1 - x)^2 + 100*(y - x^2)^2");
        // Beale 1958: a plateau with steep walls, minimum at (3, 0.5)
        FORMULAS.put("beale", "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2");
        // Himmelblau 1972: four minima
        FORMULAS.put("himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2");
        // Rastrigin 1974 in two dimensions: a bowl full of wells, least at (0, 0)
        FORMULAS.put("rastrigin", "20 + x^2 - 10*cos(6.283185307179586*x) + y^2 - 10*cos(6.283185307179586*y)");
        // Ackley 1987 in two dimensions: a funnel with ripples, least at (0, 0)
        FORMULAS.put(
                "ackley",
                "20 + 2.718281828459045 - 20*exp(-0.2*sqrt((x^2 + y^2)/2))"
                        + " - exp((cos(6.283185307179586*x) + cos(6.283185307179586*y))/2)");
    }

    private NamedObjectives() {}

    /// The names and their formulas.
    public static Map<String, String> all() {
        return java.util.Collections.unmodifiableMap(FORMULAS);
    }

    /// The formula that a text names, or the text.
    ///
    /// @throws FormulaException if the text is a single word close to a name: as a formula it would be a straight line
    static String formula(String text) {
        String word = text.strip();
        if (!FORMULAS.containsKey(word) && word.matches("\\p{L}{4,}")) {
            Nearest.to(word, FORMULAS.keySet()).ifPresent(meant -> {
                throw new FormulaException(
                        "objective", 1, 1, "'" + word + "' names no objective; did you mean '" + meant + "'?");
            });
        }
        return FORMULAS.getOrDefault(word, text);
    }
}
