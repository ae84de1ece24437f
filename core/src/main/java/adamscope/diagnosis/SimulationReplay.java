package adamscope.diagnosis;

import adamscope.dynamics.SingleRun;
import adamscope.dynamics.SteppedRule;
import adamscope.kernel.BlockInterpreter;
import adamscope.kernel.Program;
import adamscope.regime.SpikeEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Replays of a run on a formula, in double.
public final class SimulationReplay {
    private SimulationReplay() {}

    /// Reruns a simulation in double from before one of its rises.
    ///
    /// @param all rises of the run, in order
    /// @throws IllegalArgumentException if the rule cannot be stepped coordinate by coordinate
    public static Replay of(SingleRun plan, SpikeEvent event, List<SpikeEvent> all) {
        double beta2 = plan.iteration().values().getOrDefault("beta2", 0.99);
        long from = Replay.begin(event, all, beta2);
        long to = Math.min(plan.steps(), event.peak() + 2 * event.climb());
        Map<String, Double> values = plan.iteration().values();
        SteppedRule start = SteppedRule.start(
                plan.iteration().rule(),
                plan.iteration().x0().stream().mapToDouble(Double::doubleValue).toArray(),
                values);
        Formulas formulas = new Formulas(plan);
        while (start.steps() < from) {
            start.advance(formulas.gradient(start.x()));
        }
        Map<Replay.Variation, Double> rises = new EnumMap<>(Replay.Variation.class);
        for (Replay.Variation change : Replay.Variation.values()) {
            if (possible(change, start)) {
                rises.put(change, rise(start.copy(), change, formulas, to));
            }
        }
        return Replay.of(event, from, to, rises);
    }

    private static boolean possible(Replay.Variation change, SteppedRule rule) {
        return switch (change) {
            case NOTHING, LR_HALVED -> true;
            case V_FLOORED -> rule.hasState("v") && rule.steps() > 0;
            // Before the first step there is no preconditioner to keep.
            case PRECONDITIONER_FROZEN -> rule.hasState("v") && rule.hasHyper("beta2") && rule.steps() > 0;
            case BETA2_LOWER -> rule.hasState("v") && rule.hasHyper("beta2");
            case M_RESET -> rule.hasState("m");
            case BETA1_LOWER -> rule.hasHyper("beta1") && rule.value("beta1") > 0;
            case EPS_RAISED -> rule.hasState("v") && rule.hasHyper("eps");
            // Nothing is scheduled in a simulation, and there are no batches.
            case LR_HELD, BATCH_SKIPPED -> false;
        };
    }

    private static double rise(SteppedRule rule, Replay.Variation change, Formulas formulas, long to) {
        double[] floor = rule.hasState("v") ? rule.state("v").clone() : new double[0];
        switch (change) {
            case NOTHING, V_FLOORED, LR_HELD, BATCH_SKIPPED -> {}
            // The largest number below 1: v then keeps every bit, up to rounding.
            case PRECONDITIONER_FROZEN -> rule.set("beta2", Math.nextDown(1.0));
            case M_RESET -> rule.replace("m", _ -> 0);
            case LR_HALVED -> rule.set("lr", rule.value("lr") / 2);
            case BETA2_LOWER -> rule.set("beta2", Math.max(0, 1 - 10 * (1 - rule.value("beta2"))));
            case BETA1_LOWER -> rule.set("beta1", Math.max(0, 1 - 2 * (1 - rule.value("beta1"))));
            case EPS_RAISED ->
                rule.set("eps", Math.sqrt(Arrays.stream(floor).average().orElseThrow()));
        }
        List<Double> losses = new ArrayList<>();
        while (rule.steps() < to) {
            rule.advance(formulas.gradient(rule.x()));
            if (change == Replay.Variation.V_FLOORED) {
                double[] v = rule.state("v");
                Arrays.setAll(v, i -> Math.max(v[i], floor[i]));
            }
            losses.add(formulas.log10Loss(rule.x()));
        }
        return Replay.rise(losses.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// Loss and gradient of the objective as programs.
    private static final class Formulas {
        private final List<String> variables;
        private final BlockInterpreter interpreter;
        private final double[][] results;

        Formulas(SingleRun plan) {
            this.variables = plan.iteration().objective().variables();
            List<adamscope.formula.Expression> all =
                    new ArrayList<>(plan.iteration().objective().gradient());
            all.add(plan.iteration().objective().loss());
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
