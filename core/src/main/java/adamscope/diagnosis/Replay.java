package adamscope.diagnosis;

import adamscope.dynamics.Simulation;
import adamscope.dynamics.SteppedRule;
import adamscope.kernel.BlockInterpreter;
import adamscope.kernel.Program;
import adamscope.regime.SpikeEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A run on a formula done again from before a rise with one thing changed each time: what removes the rise?
///
/// @param from    step from which the changes act
/// @param to      last step of the reruns
/// @param results one for each change, the unchanged run first
public record Replay(long from, long to, List<Result> results) {
    /// Share of the height that a rise may keep to count as removed.
    private static final double REMOVED = 0.1;

    /// One thing that is changed.
    public enum Change {
        NOTHING("nothing changed"),
        V_FLOORED("v held at or above its value there"),
        PRECONDITIONER_FROZEN("v frozen at its value there"),
        M_RESET("m set to 0 there"),
        LR_HALVED("lr halved"),
        BETA2_LOWER("1 − beta2 ten times as large"),
        BETA1_LOWER("1 − beta1 twice as large"),
        EPS_RAISED("eps raised to √v there");

        private final String words;

        Change(String words) {
            this.words = words;
        }

        /// The change for a reader.
        public String words() {
            return words;
        }
    }

    /// What came of a change.
    ///
    /// @param rise    largest rise of log₁₀ loss above its value at the start of the rerun's rise window
    /// @param removed whether less than a tenth of the unchanged rise was left
    public record Result(Change change, double rise, boolean removed) {}

    public Replay {
        results = List.copyOf(results);
    }

    /// Reruns a simulation in double from before one of its rises.
    ///
    /// @throws IllegalArgumentException if the rule cannot be stepped coordinate by coordinate
    public static Replay of(Simulation plan, SpikeEvent event) {
        double beta2 = plan.values().getOrDefault("beta2", 0.99);
        long from = Math.max(0, event.onset() - Math.clamp((long) (1 / (1 - beta2)), 20, 500));
        long to = Math.min(plan.steps(), event.peak() + 2 * event.climb());
        Map<String, Double> values = plan.values();
        SteppedRule start = SteppedRule.start(
                plan.rule(), plan.x0().stream().mapToDouble(Double::doubleValue).toArray(), values);
        Formulas formulas = new Formulas(plan);
        while (start.steps() < from) {
            start.advance(formulas.gradient(start.x()));
        }
        List<Result> results = new ArrayList<>();
        double unchanged = rise(start.copy(), Change.NOTHING, formulas, to);
        for (Change change : Change.values()) {
            if (possible(change, start)) {
                double rise = change == Change.NOTHING ? unchanged : rise(start.copy(), change, formulas, to);
                results.add(new Result(change, rise, rise < REMOVED * unchanged));
            }
        }
        return new Replay(from, to, results);
    }

    private static boolean possible(Change change, SteppedRule rule) {
        return switch (change) {
            case NOTHING, LR_HALVED -> true;
            case V_FLOORED -> rule.hasState("v");
            case PRECONDITIONER_FROZEN, BETA2_LOWER -> rule.hasState("v") && rule.hasHyper("beta2");
            case M_RESET -> rule.hasState("m");
            case BETA1_LOWER -> rule.hasHyper("beta1") && rule.value("beta1") > 0;
            case EPS_RAISED -> rule.hasState("v") && rule.hasHyper("eps");
        };
    }

    private static double rise(SteppedRule rule, Change change, Formulas formulas, long to) {
        double[] floor = rule.hasState("v") ? rule.state("v").clone() : new double[0];
        switch (change) {
            case NOTHING, V_FLOORED -> {}
            // The largest number below 1: v then keeps every bit, up to rounding.
            case PRECONDITIONER_FROZEN -> rule.set("beta2", Math.nextDown(1.0));
            case M_RESET -> rule.replace("m", _ -> 0);
            case LR_HALVED -> rule.set("lr", rule.value("lr") / 2);
            case BETA2_LOWER -> rule.set("beta2", Math.max(0, 1 - 10 * (1 - rule.value("beta2"))));
            case BETA1_LOWER -> rule.set("beta1", Math.max(0, 1 - 2 * (1 - rule.value("beta1"))));
            case EPS_RAISED ->
                rule.set("eps", Math.sqrt(Arrays.stream(floor).max().orElseThrow()));
        }
        double lowest = Double.POSITIVE_INFINITY;
        double sustained = Double.NEGATIVE_INFINITY;
        double rise = 0;
        int window = 10;
        double[] recent = new double[window];
        int seen = 0;
        while (rule.steps() < to) {
            rule.advance(formulas.gradient(rule.x()));
            if (change == Change.V_FLOORED) {
                double[] v = rule.state("v");
                Arrays.setAll(v, i -> Math.max(v[i], floor[i]));
            }
            double y = formulas.log10Loss(rule.x());
            if (Double.isNaN(y) || y == Double.POSITIVE_INFINITY) {
                return Double.POSITIVE_INFINITY;
            }
            recent[seen++ % window] = y;
            if (seen >= window) {
                sustained = Arrays.stream(recent).max().orElseThrow();
                rise = Math.max(rise, y - lowest);
                lowest = Math.min(lowest, sustained);
            }
        }
        return rise;
    }

    /// Loss and gradient of the objective as programs.
    private static final class Formulas {
        private final List<String> variables;
        private final BlockInterpreter interpreter;
        private final double[][] results;

        Formulas(Simulation plan) {
            this.variables = plan.objective().variables();
            List<adamscope.formula.Expression> all =
                    new ArrayList<>(plan.objective().gradient());
            all.add(plan.objective().loss());
            this.interpreter = new BlockInterpreter(Program.of(all), 1);
            this.results = new double[all.size()][1];
        }

        double[] gradient(double[] x) {
            evaluate(x);
            return Arrays.stream(results, 0, variables.size())
                    .mapToDouble(r -> r[0])
                    .toArray();
        }

        double log10Loss(double[] x) {
            evaluate(x);
            return Math.log10(results[variables.size()][0]);
        }

        private void evaluate(double[] x) {
            Map<String, double[]> at = new HashMap<>();
            for (int i = 0; i < x.length; i++) {
                at.put(variables.get(i), new double[] {x[i]});
            }
            interpreter.evaluate(at, results);
        }
    }
}
