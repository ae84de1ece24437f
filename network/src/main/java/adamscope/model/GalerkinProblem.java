package adamscope.model;

import adamscope.formula.Expression;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A differential equation in a region, what holds on its boundary, and the solution where it is known.
///
/// @param equation inside
/// @param boundary on the boundary
/// @param exact    the solution as a formula of the coordinates
public record GalerkinProblem(Region region, Equation equation, Equation boundary, Optional<String> exact) {
    /// −Δu = 0 on (0,1)⁴ with u = x₁x₂ + x₃x₄ on the boundary and so everywhere (Ma, Wu & E 2022, section 4.2).
    public static final GalerkinProblem CUBE =
            read(Region.Box.unit(4), "-laplace(u) = 0", "u = x1*x2 + x3*x4", Optional.of("x1*x2 + x3*x4"));

    /// −Δu = 1 on the unit disk with u = 0 on the boundary (its formula there, 0 up
    /// to rounding), so u = (1 − |x|²)/4; the paper prints (|x|² − 1)/4, which
    /// solves −Δu = −1.
    public static final GalerkinProblem DISK =
            read(Region.Disk.UNIT, "-laplace(u) = 1", "u = (1 - x*x - y*y)/4", Optional.of("(1 - x*x - y*y)/4"));

    private static final String SHIPPED_CUBE = "cube";
    private static final Key<Optional<String>> EQUATION =
            Key.optional("equation", Forms.text("EQUATION"), "inside: `-laplace(u) = 1`");
    private static final Key<Optional<String>> BOUNDARY =
            Key.optional("boundary", Forms.text("EQUATION"), "on the boundary: `u = 0`, `u_n = 0`");
    private static final Key<Optional<String>> EXACT =
            Key.optional("exact", Forms.text("FORMULA"), "the solution, where it is known");

    /// As keys of a model.
    static final Shape<GalerkinProblem> SHAPE = Shape.of(keys -> {
        var shipped = keys.add(
                Key.optional(
                        "problem",
                        Forms.word(List.of(SHIPPED_CUBE, "disk"), word -> word),
                        "an equation that ships, in place of the next four; without both: cube"),
                problem -> Optional.<String>empty());
        var equation =
                keys.add(EQUATION, problem -> Optional.of(problem.equation().text()));
        var boundary =
                keys.add(BOUNDARY, problem -> Optional.of(problem.boundary().text()));
        var exact = keys.add(EXACT, GalerkinProblem::exact);
        var domain = keys.add(
                Key.optional("domain", Region.WORDS, "where: `{box: [[0, 1], [0, 1]]}`, `{disk: 1}`"),
                problem -> Optional.of(problem.region()));
        return in -> {
            boolean own = Stream.of(in.get(equation), in.get(boundary), in.get(exact), in.get(domain))
                    .anyMatch(Optional::isPresent);
            if (!own) {
                return named(in.get(shipped).orElse(SHIPPED_CUBE));
            }
            if (in.get(shipped).isPresent()) {
                throw new IllegalArgumentException(
                        "problem: a shipped one, or an equation, boundary and domain of your own, not both");
            }
            Region region = in.get(domain)
                    .orElseThrow(() -> missing("domain", "where it holds, as in {box: [[0, 1], [0, 1]]} or {disk: 1}"));
            int dimension = region.dimension();
            String inside = in.get(equation).orElseThrow(() -> missing("equation", "as in -laplace(u) = 1"));
            String edge = in.get(boundary).orElseThrow(() -> missing("boundary", "what holds there, as in u = 0"));
            return new GalerkinProblem(
                    region,
                    in.at(EQUATION, () -> Equation.read(inside, dimension, Equation.Where.INSIDE)),
                    in.at(BOUNDARY, () -> Equation.read(edge, dimension, Equation.Where.BOUNDARY)),
                    in.at(EXACT, () -> checked(in.get(exact), dimension)));
        };
    });

    private static IllegalArgumentException missing(String key, String words) {
        return new IllegalArgumentException(key + " is missing: " + words);
    }

    private static Optional<String> checked(Optional<String> exact, int dimension) {
        exact.ifPresent(text -> Equation.function(text, dimension));
        return exact;
    }

    public GalerkinProblem {
        checked(exact, region.dimension());
    }

    /// Of texts.
    ///
    /// @throws adamscope.formula.FormulaException if one is no formula or equation
    public static GalerkinProblem read(Region region, String equation, String boundary, Optional<String> exact) {
        int dimension = region.dimension();
        return new GalerkinProblem(
                region,
                Equation.read(equation, dimension, Equation.Where.INSIDE),
                Equation.read(boundary, dimension, Equation.Where.BOUNDARY),
                exact);
    }

    /// The shipped one of that word.
    static GalerkinProblem named(String word) {
        return word.equals(SHIPPED_CUBE) ? CUBE : DISK;
    }

    /// Refuses a stated solution that solves neither or one of both.
    public void refuseWrongSolution() {
        SolutionCheck.refuseWrong(this);
    }

    /// Of the space.
    public int dimension() {
        return region.dimension();
    }

    /// u* at a point, where it is known.
    public double solution(double... point) {
        Expression formula = Equation.function(exact.orElseThrow(), dimension());
        return Equation.at(formula, point);
    }
}
