package adamscope.experiment;

import java.util.List;

/// Small experiments for tests.
public final class Experiments {
    /// A rule that does not ship, with comments, an indented line and an infinite bound.
    public static final String OWN_RULE = """
        # My own: the sign of an average.
        # Second line of the note: with 'quotes' and "more".
        optimizer my-sign
        hyper lr   = 1e-3 in (0, inf)  "learning rate" symbol η
        hyper mu   = 0.9  in [0, 1)
        hyper clip = inf  in (0, inf]
        state m = 0
          m <- mu*m + (1 - mu)*g
        x <- x - lr*min(abs(m), clip)*sign(m)
        """;

    private Experiments() {}

    /// Adam on x⁴/4.
    public static Simulation simulation() {
        return (Simulation) ExperimentDraft.of("simulation")
                .optimizer("adam")
                .set(List.of("lr=3.0000000000000005e-3", "eps=0"))
                .with("objective", "x^4/4")
                .with("x0", "1")
                .with("steps", 3000)
                .ofKind("simulation");
    }

    /// The plane of β₁ and β₂.
    public static Phase phase() {
        return (Phase) ExperimentDraft.of("phase")
                .optimizer("adam-uncorrected")
                .set(List.of("eps=0"))
                .axes("beta2=0.003:0.99:200", "beta1=0.9:0.9999:64:one-minus-log")
                .with("objective", "x^4/4 + y^2/2")
                .with("x0", "1,-0.5")
                .with("steps", "2e4")
                .with("init", "gradient")
                .ofKind("phase");
    }

    /// RMSProp beside three flows.
    public static Flows flows() {
        return (Flows) ExperimentDraft.of("flow")
                .optimizer("rmsprop")
                .set(List.of("lr=0.05", "beta2=0.95"))
                .with("objective", "x^2*(1 + y^2)/2 + (y - 2)^2/4")
                .with("x0", "1,0.5")
                .with("init", "gradient")
                .with("time", "0.4")
                .with("flows", "limit,central,sign")
                .ofKind("flow");
    }

    /// The network of the demonstration, smaller, as such trainings were once written.
    public static Train network() {
        return ExperimentDraft.of("network")
                .optimizer("adam-uncorrected")
                .set(List.of("lr=2e-4"))
                .with("hidden", "20,20")
                .with("images", 100)
                .with("steps", 8)
                .with("seed", -3)
                .train();
    }

    /// The map of Eq. 18.
    public static Bifurcation bifurcation() {
        return (Bifurcation) ExperimentDraft.of("bifurcation")
                .optimizer("gd-exponential")
                .axes("factor=1:9.3:40", null)
                .with("objective", "x^4/4")
                .with("steps", 300)
                .with("keep", 20)
                .ofKind("bifurcation");
    }

    /// RMSProp where convergence and a cycle coexist.
    public static Basin basin() {
        return (Basin) ExperimentDraft.of("basin")
                .optimizer("rmsprop")
                .set(List.of("lr=1", "beta2=0.1", "eps=0"))
                .with("objective", "x^4/4")
                .with("x", "x=0.3:1:8")
                .with("y", "v=1e-4:1:8:log")
                .with("steps", 500)
                .ofKind("basin");
    }

    /// Adam on x⁴/4 over β₁ and β₂.
    public static Stability stability() {
        return (Stability) ExperimentDraft.of("stability-map")
                .optimizer("adam")
                .set(List.of("eps=0"))
                .axes("beta1=0.01:0.99:20", "beta2=0.01:0.99:20")
                .with("objective", "x^4/4")
                .ofKind("stability-map");
    }

    /// A simulation with [#OWN_RULE].
    public static Experiment withOwnRule() {
        String text = "kind: simulation\nobjective: x^2/2\nx0: 1\nsteps: 10\noptimizer:\n  lr: 0.5\n  rule: |\n"
                + OWN_RULE.indent(4);
        return ExperimentText.read("own.yaml", text);
    }
}
