package adamscope.sweep;

import adamscope.dynamics.LossHistory;
import adamscope.formula.Enclosure;
import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.FormulaReader;
import adamscope.formula.PlainText;
import adamscope.formula.Rewriting;
import adamscope.kernel.Expected;
import adamscope.kernel.Recurrence;
import adamscope.kernel.TileResult;
import adamscope.kernel.TileRun;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// One run of a rule on a formula at each point of a space.
///
/// The table `sweep` has a row for each point: its coordinates, what was derived from them, and the kept columns. A row
/// does not depend on the engine, the tile, the thread or the order.
///
/// @param run     what is run
/// @param space   the points; a coordinate is a hyper-parameter, a variable (its start), a parameter of the objective,
///                or a name that only `derived` uses
/// @param derived formulas by the name they set, in the coordinates and the values of the run, such as
///                `beta1 = exp(-a*lr)`
/// @param keep    columns of the results, some of [#COLUMNS]
public record FormulaSweep(SweptRun run, Space space, Map<String, String> derived, List<String> keep) {
    /// What can be kept of a point.
    public static final List<String> COLUMNS = List.of(
            "outcome",
            "minLog10Loss",
            "sustainedMinLog10Loss",
            "finalLog10Loss",
            "medianLog10Coupling",
            "maxLog10Coupling",
            "ranSteps",
            "theoryRegime");

    /// Runs that go side by side through the kernel.
    static final int BLOCK = 384;

    public FormulaSweep {
        derived = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(derived));
        keep = List.copyOf(keep);
        for (String column : keep) {
            if (!COLUMNS.contains(column)) {
                throw new IllegalArgumentException("keep: no column '" + column + "'; there are " + COLUMNS);
            }
        }
        if (keep.isEmpty() || new TreeSet<>(keep).size() < keep.size()) {
            throw new IllegalArgumentException("keep = " + keep + " must name one or more columns, each once");
        }
        refuseUnusable(run, space, derived);
    }

    private static void refuseUnusable(SweptRun run, Space space, Map<String, String> derived) {
        List<String> settable = run.settable();
        TreeSet<String> used = new TreeSet<>();
        derived.forEach((name, formula) -> {
            if (!settable.contains(name)) {
                throw new IllegalArgumentException(
                        "derive: '" + name + "' is nothing that a point can set; there are " + settable);
            }
            used.addAll(Rewriting.names(FormulaReader.read("derive." + name, formula)));
        });
        for (Coordinate coordinate : space.coordinates()) {
            String name = coordinate.name();
            if (derived.containsKey(name)) {
                throw new IllegalArgumentException(name + " has both an axis and a formula under derive");
            }
            if (!settable.contains(name) && !used.contains(name)) {
                throw new IllegalArgumentException("axis " + name + ": a point can set " + settable
                        + ", or a name that a formula under derive uses");
            }
            if (run.iteration().rule().hyperNames().contains(name)) {
                run.iteration().rule().checked(name, coordinate.least());
                run.iteration().rule().checked(name, coordinate.greatest());
            }
        }
        for (String name : used) {
            boolean known = run.iteration().values().containsKey(name)
                    || space.coordinates().stream().anyMatch(c -> c.name().equals(name));
            if (!known) {
                throw new IllegalArgumentException(
                        "derive: '" + name + "' is neither an axis nor a value of the run; there are "
                                + new TreeSet<>(run.iteration().values().keySet()) + " and the axes");
            }
        }
    }

    /// The sweep compiled, so that its points can be run, in any thread.
    public TileWork prepared() {
        Judge judge = judge();
        return new Prepared(kernel(judge), judge);
    }

    private Judge judge() {
        Map<String, Enclosure> varying = new TreeMap<>();
        for (String parameter : run.iteration().objective().parameters()) {
            space.coordinates().stream()
                    .filter(coordinate -> coordinate.name().equals(parameter))
                    .forEach(coordinate ->
                            varying.put(parameter, new Enclosure(coordinate.least(), coordinate.greatest())));
            if (derived.containsKey(parameter)) {
                varying.put(parameter, Enclosure.ALL);
            }
        }
        return new Judge(
                run.iteration().objective(),
                run.iteration().x0(),
                run.iteration().values(),
                varying);
    }

    private TileRun kernel(Judge judge) {
        Recurrence map = judge.judging(run.map());
        List<String> parameters = new ArrayList<>(map.parameters());
        parameters.addAll(run.iteration().objective().parameters());
        Map<String, Double> uniform = new TreeMap<>(run.iteration().values());
        space.coordinates().forEach(coordinate -> uniform.remove(coordinate.name()));
        derived.keySet().forEach(uniform::remove);
        TileRun kernel = TileRun.of(
                new Recurrence(parameters, map.components(), map.observables()),
                uniform,
                run.iteration().arithmetic(),
                run.steps(),
                LossHistory.windowLength(run.steps()));
        return run.ending() == Ending.FULL_LENGTH ? kernel.fullLength() : kernel;
    }

    private final class Prepared implements TileWork {
        private final TileRun kernel;
        private final Judge judge;
        private final OptionalDouble degree =
                PowerLawTheory.appliesTo(run.iteration().rule())
                        ? PowerLawTheory.degreeOf(run.iteration().objective())
                        : OptionalDouble.empty();
        private final Map<String, Expression> formulas = new LinkedHashMap<>();

        private Prepared(TileRun kernel, Judge judge) {
            this.kernel = kernel;
            this.judge = judge;
            derived.forEach((name, text) -> formulas.put(name, FormulaReader.read("derive." + name, text)));
        }

        @Override
        public Table rows(long[] points, BooleanSupplier stopped) {
            List<Table> blocks = new ArrayList<>();
            for (int from = 0; from < points.length; from += BLOCK) {
                if (stopped.getAsBoolean()) {
                    throw new CancellationException();
                }
                blocks.add(block(Arrays.copyOfRange(points, from, Math.min(points.length, from + BLOCK)), stopped));
            }
            return Table.concatenated(blocks);
        }

        /// The one place where a sweep calls the kernel.
        private Table block(long[] points, BooleanSupplier stopped) {
            Map<String, double[]> at = coordinates(points);
            Map<String, double[]> inputs = new TreeMap<>(at);
            for (int i = 0; i < run.iteration().x0().size(); i++) {
                double[] start = new double[points.length];
                Arrays.fill(start, run.iteration().x0().get(i));
                inputs.putIfAbsent(run.iteration().objective().variables().get(i), start);
            }
            judge.addInputs(inputs, points.length);
            List<Optional<PowerLawTheory>> theories = theories(at, points.length);
            TileResult result = kernel.run(inputs, expected(theories), stopped);
            List<Column> columns = new ArrayList<>();
            at.forEach((name, values) -> columns.add(new Column.Numbers(name, "", values)));
            RunColumns found = new RunColumns(result, judge, inputs);
            for (String column : keep) {
                columns.add(column.equals("theoryRegime") ? regimes(theories) : found.column(column));
            }
            return new Table("sweep", columns);
        }

        private Map<String, double[]> coordinates(long[] points) {
            Map<String, double[]> at = space.at(points);
            formulas.forEach((name, formula) -> {
                double[] values = new double[points.length];
                Arrays.setAll(values, i -> checked(name, Evaluation.value(formula, symbol -> value(at, symbol, i))));
                at.put(name, values);
            });
            return at;
        }

        private double checked(String name, double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "derive." + name + " gives " + new PlainText().number(value) + " at some point");
            }
            return run.iteration().rule().hyperNames().contains(name)
                    ? run.iteration().rule().checked(name, value)
                    : value;
        }

        private double value(Map<String, double[]> at, String name, int i) {
            return at.containsKey(name)
                    ? at.get(name)[i]
                    : run.iteration().values().getOrDefault(name, Double.NaN);
        }

        private List<Optional<PowerLawTheory>> theories(Map<String, double[]> at, int points) {
            Map<String, Double> values = new TreeMap<>(run.iteration().values());
            List<Optional<PowerLawTheory>> theories = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                int point = i;
                at.forEach((name, column) -> values.put(name, column[point]));
                theories.add(theory(degree, values));
            }
            return theories;
        }

        /// Where the fixed point is stable, the loss goes as ρ^(kt), and v/g² as (β₂/ρ^(2(k−1)))^t.
        private Expected expected(List<Optional<PowerLawTheory>> theories) {
            Expected expected = Expected.nothing(theories.size());
            for (int i = 0; i < theories.size() && run.ending() == Ending.DECIDED; i++) {
                Optional<PowerLawTheory> stable = theories.get(i).filter(PowerLawTheory::stable);
                if (stable.isPresent()) {
                    PowerLawTheory theory = stable.get();
                    expected.lossSlope()[i] = theory.lossRatePerStep() / Math.log(10);
                    expected.couplingSlope()[i] =
                            Math.log10(theory.beta2()) - 2 * (theory.degree() - 1) * Math.log10(theory.rho());
                }
            }
            return expected;
        }

        private static Column regimes(List<Optional<PowerLawTheory>> theories) {
            return new Column.Words(
                    "theoryRegime",
                    theories.stream()
                            .map(theory -> theory.map(t -> t.regime().name()).orElse(""))
                            .toList());
        }
    }

    /// The theory at a point: present for Adam or RMSProp with ε = 0 on a power law, where it decides the outcome.
    ///
    /// It does not decide below β₂ = ((k−2)/k)^(2(k−2)) when only the flip makes the fixed point unstable: there the
    /// loss may converge through cycles and chaos.
    ///
    /// @param degree of the power law, if the rule is one of those and the objective is one
    private static Optional<PowerLawTheory> theory(OptionalDouble degree, Map<String, Double> values) {
        if (degree.isEmpty() || !PowerLawTheory.knows(values)) {
            return Optional.empty();
        }
        PowerLawTheory theory =
                new PowerLawTheory(degree.getAsDouble(), values.getOrDefault("beta1", 0.0), values.get("beta2"));
        return Optional.of(theory)
                .filter(decides -> theory.stable()
                        || theory.beta2() >= theory.flipFreeBeta2()
                        || theory.beta1() >= theory.stabilityBoundary());
    }
}
