package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.experiment.Flows;
import adamscope.shape.Decimal;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What is said about a command over a formula, and what it has beside the keys of its kind.
///
/// @param word    of the kind, and the command
/// @param axes    how many hyper-parameters are axes, `--x` and `--y`
/// @param about   what it does
/// @param example command lines
/// @param rates   options that stand for a decay, by name
record FormulaKind(String word, int axes, List<String> about, String example, Map<String, String> rates) {
    private static final String FOLDER = "Writes a run folder with tables (Parquet), figures and report.";
    private static final String FOLDER_IF_ASKED = "With --out also a run folder with table, figure and report.";

    /// Every command of this form.
    static final List<FormulaKind> ALL = List.of(
            of(
                    "simulate",
                    0,
                    List.of(
                            "Run an optimizer on a formula and say what it did: converged, cycling, spiking, diverged,"
                                    + " left-range (a state left the range of double) or undecided.",
                            FOLDER_IF_ASKED),
                    "  adamscope simulate --optimizer adam --objective \"x^4/4\" --x0 1 \\%n"
                            + "      --set lr=1e-3,beta1=0.9,beta2=0.93,eps=0 --steps 3000%n"
                            + "  adamscope simulate --optimizer gd --objective \"x^2/2\" --x0 1 --set lr=0.1 \\%n"
                            + "      --steps 5000 --noise 0.1 --seed 1"),
            of(
                    "phase",
                    2,
                    List.of(
                            "Run an optimizer on a formula for every pair of two hyper-parameters, and draw what it"
                                    + " did: outcome, losses, coupling v/g^2, with the borders of theory where there is"
                                    + " one.",
                            FOLDER),
                    "  adamscope phase --optimizer adam-uncorrected --objective \"x^4/4\" --x0 1 \\%n"
                            + "      --set lr=1e-3,eps=0 --steps 5000 \\%n"
                            + "      --x beta1=0.003:0.99:100 --y beta2=0.01:0.985:100 --out runs/example"),
            of(
                    "bifurcation",
                    1,
                    List.of(
                            "Draw the points that an optimizer's orbits visit in the long run over one hyper-parameter,"
                                    + " and below them the largest Lyapunov exponent on the same axis.",
                            "On c*|x|^k with k > 2 and eps = 0 the orbits are those of the scale-free system derived"
                                    + " from the rule: its fixed point is linear convergence, whatever the size of x."
                                    + " There --x0 is the w that orbits begin with. For gd-exponential, w <-"
                                    + " factor*w*(1-w)^(k-2) with factor = gamma.",
                            FOLDER),
                    "  adamscope bifurcation --optimizer gd-exponential --objective \"x^4/4\" \\%n"
                            + "      --x factor=1:9.3:2000 --out runs/bifurcation"),
            of(
                    "basin",
                    0,
                    List.of(
                            "Run an optimizer on a formula from every start in a plane, and draw which start leads to"
                                    + " which outcome: linear convergence and a stable oscillation may stand side by"
                                    + " side.",
                            "An axis is a variable of the objective or a state of the optimizer, such as v; in more"
                                    + " than one dimension a state is written v[x].",
                            FOLDER),
                    "  adamscope basin --optimizer rmsprop --objective \"x^4/4\" \\%n"
                            + "      --set lr=1,beta2=0.1,eps=0 \\%n"
                            + "      --x x=0.05:1:150 --y v=1e-6:1:150:log --out runs/basin"),
            of(
                    "stability-map",
                    2,
                    List.of(
                            "Find the fixed point of an optimizer and its multipliers for every pair of two"
                                    + " hyper-parameters, and draw the spectral radius, how stability is lost, and the"
                                    + " curves on which it is lost.",
                            "On c*|x|^k with k > 2 and eps = 0 it is the fixed point of the scale-free system derived"
                                    + " from the rule: linear convergence. On other objectives it is the optimizer's"
                                    + " own, searched from --x0.",
                            FOLDER),
                    "  adamscope stability-map --optimizer adam --objective \"x^4/4\" --set eps=0 \\%n"
                            + "      --x beta1=0.001:0.99:200 --y beta2=0.005:0.99:200 --out runs/stability"),
            new FormulaKind(
                    "flow",
                    0,
                    List.of(
                            "Run an optimizer on a formula and solve, from the same start and on the same axis of time"
                                    + " lr*step, the differential equations that it follows as lr tends to 0.",
                            "Flows: limit (of the rule, derived from its text with beta = 1 - rate*lr), gradient, sign"
                                    + " (slides where a gradient vanishes), smoothed-sign, rmsprop, and central (the"
                                    + " average of a run that oscillates at the edge of stability).",
                            FOLDER_IF_ASKED),
                    "  adamscope flow --optimizer adam --objective \"x^4/4\" --x0 1 --set eps=0 \\%n"
                            + "      --time 2 --flows limit,sign",
                    Map.of(
                            "a",
                            "In place of --set beta2: the rate a of forgetting per unit of time, beta2 = 1 - a*lr.",
                            "b",
                            "In place of --set beta1: the rate b, beta1 = 1 - b*lr.")));

    private static FormulaKind of(String word, int axes, List<String> about, String example) {
        return new FormulaKind(word, axes, about, example, Map.of());
    }

    /// The word in an experiment.
    String kind() {
        return word.equals("simulate") ? "simulation" : word;
    }

    /// The experiment with the rates in place of decays.
    Experiment finished(Experiment experiment, UnaryOperator<String> given, List<String> settings) {
        if (!(experiment instanceof Flows flows)) {
            return experiment;
        }
        Flows plan = flows.atRates(rate("a", "beta2", given, settings), rate("b", "beta1", given, settings));
        plan.comparison().requireSolvable();
        return plan;
    }

    /// The rate, refused beside the decay that it stands for; null: not given.
    private static Double rate(String option, String decay, UnaryOperator<String> given, List<String> settings) {
        String text = given.apply(option);
        if (text == null) {
            return null;
        }
        double rate = Decimal.read("--" + option, text);
        if (settings.stream().anyMatch(setting -> setting.startsWith(decay + "="))) {
            throw new IllegalArgumentException("--" + option + " = " + rate + " stands for " + decay
                    + ", which --set gives too; leave one of them out");
        }
        return rate;
    }
}
