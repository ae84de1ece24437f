package adamscope.cli;

import adamscope.optimizer.OptimizerRule;
import adamscope.report.ShortNumber;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.Remark;
import adamscope.store.JsonDocument;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope theory`: what the theory of degenerate polynomials says of an optimizer's hyper-parameters.
@Command(
        name = "theory",
        description = {
            "What theory says of Adam or RMSProp with eps = 0 on |x|^k/k, k > 2: the fixed point of the normalised"
                    + " dynamics, its multipliers, the regime and the rate.",
            "omega = m/g and w = lr x^(k-2)/sqrt(v) at the fixed point; trace, det and spectralRadius belong to the"
                    + " Jacobian in (omega, w); rho is the multiplier of x; lossRatePerStep = d ln L/dt. They do not"
                    + " depend on lr. Null where there is no fixed point."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope theory --optimizer adam --degree 4 --set beta1=0.9 --set beta2=0.93")
final class CommandTheory implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RuleOptions options;

    @Option(names = "--degree", required = true, paramLabel = "K", description = "Degree k of |x|^k/k, above 2.")
    private double degree;

    @Option(
            names = "--what",
            paramLabel = "TOPIC",
            description = "In place of the fixed point: corner, map, cycle, descent, quadratic, coupling, bound, henon,"
                    + " lyapunov or eps.")
    private String what;

    @Mixin
    private JsonOption json;

    CommandTheory(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OptimizerRule rule = options.rule();
        Map<String, Double> values = options.values(rule);
        PowerLawTheory theory = PowerLawTheory.of(rule, values, degree)
                .orElseThrow(() -> new IllegalArgumentException("there is no closed theory for " + rule.name()
                        + "; it exists for adam, adam-uncorrected and rmsprop"));
        if (what != null) {
            topic(TheoryTopic.read(what), theory, values);
        } else if (json.wanted) {
            console.json("theory", document(theory));
        } else {
            print(rule, values, theory);
        }
        return ExitCode.DONE;
    }

    private void topic(TheoryTopic topic, PowerLawTheory theory, Map<String, Double> values) {
        Map<String, Object> numbers = topic.numbers(theory, values);
        if (json.wanted) {
            console.json("theory/" + what, numbers);
            return;
        }
        console.line(topic.text());
        numbers.forEach(
                (name, value) -> console.line("  " + name + " = " + (value == null ? "does not apply" : shown(value))));
    }

    private static String shown(Object value) {
        return value instanceof double[] numbers ? Arrays.toString(numbers) : value.toString();
    }

    static Map<String, Object> document(PowerLawTheory theory) {
        boolean exists = theory.exists();
        return JsonDocument.object(
                "regime", theory.regime().name(),
                "exists", exists,
                "stable", theory.stable(),
                "rho", exists ? theory.rho() : null,
                "omega", exists ? theory.omega() : null,
                "w", exists ? theory.w() : null,
                "trace", exists ? theory.trace() : null,
                "det", exists ? theory.det() : null,
                "spectralRadius", exists ? theory.spectralRadius() : null,
                "lossRatePerStep", exists ? theory.lossRatePerStep() : null);
    }

    private void print(OptimizerRule rule, Map<String, Double> values, PowerLawTheory theory) {
        console.line(String.format(
                Locale.ROOT,
                "%s on |x|^k/k with k = %s, beta1 = %s, beta2 = %s",
                rule.name(),
                ShortNumber.of(theory.degree(), 12),
                ShortNumber.of(theory.beta1(), 12),
                ShortNumber.of(theory.beta2(), 12)));
        console.line("regime " + theory.regime() + ": " + meaning(theory));
        console.line(String.format(
                        Locale.ROOT,
                        "  fixed point exists for beta1 < %.6g, keeps stable for beta1 < %.6g",
                        theory.existenceBoundary(),
                        theory.stabilityBoundary())
                + (theory.flipBoundary() > 0
                        ? String.format(Locale.ROOT, " and beta1 > %.6g (flip)", theory.flipBoundary())
                        : ""));
        if (theory.exists()) {
            console.line(String.format(
                    Locale.ROOT, "  omega = %.12g, w = %.12g, rho = %.12g", theory.omega(), theory.w(), theory.rho()));
            console.line(String.format(
                    Locale.ROOT,
                    "  trace = %.12g, det = %.12g, spectral radius = %.12g",
                    theory.trace(),
                    theory.det(),
                    theory.spectralRadius()));
            console.line(String.format(
                    Locale.ROOT,
                    "  d ln L/dt = %.12g per step, %.6g decades per 1000 steps",
                    theory.lossRatePerStep(),
                    1000 * theory.lossRatePerStep() / Math.log(10)));
        }
        remarks(values, theory);
    }

    private static String meaning(PowerLawTheory theory) {
        return switch (theory.regime()) {
            case I -> "the fixed point is stable, the loss converges linearly by itself";
            case II ->
                theory.beta2() < theory.flipFreeBeta2() && theory.beta1() < theory.stabilityBoundary()
                        ? "the fixed point has lost stability by a flip; the loss may still converge, through cycles or"
                                + " chaos of the normalised variables"
                        : "the fixed point is unstable, the loss falls and spikes";
            case III -> "there is no fixed point, the loss oscillates as under sign descent";
        };
    }

    private void remarks(Map<String, Double> values, PowerLawTheory theory) {
        double eps = values.getOrDefault("eps", 0.0);
        if (eps > 0 && theory.stable()) {
            double lambdaTimesLr = theory.w();
            double lr = values.get("lr");
            double end = Math.pow(lambdaTimesLr / lr * eps, 1 / (theory.degree() - 2));
            console.line(String.format(
                    Locale.ROOT,
                    "  note: with eps = %s the linear phase ends near |x| = %.3g, where sqrt(v) = eps",
                    ShortNumber.of(eps, 12),
                    end));
        }
        for (Remark remark : Remark.at(theory, values.get("lr"))) {
            console.line(String.format(Locale.ROOT, "  note on %s: %s", remark.where(), remark.text()));
        }
        if (theory.regime() != PowerLawTheory.Regime.I) {
            console.line("  note: the border between II and III is a crossover in simulations, only I is sharp");
        }
    }
}
