package adamscope.exchange;

import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Rewriting;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A rule as a Python file with a `torch.optim.Optimizer`: every line derived from the statements of the rule.
///
/// States have the shape of their parameter and PyTorch's names where it has one (`exp_avg` for m of the Adam family),
/// so that `import`, `export` and the probe understand them; they begin at their values of a cold start.
public final class PyTorchClass {
    private static final String KEEPS = """
            preconditioners = None  # {} keeps those of the last step, by parameter
        """;

    private static final String KEEP = """
                        if self.preconditioners is not None:
                            self.preconditioners.update(zip(params, preconditioners))
        """;

    private static final String MATRICES = """
                for p in self.param_groups[-1]["params"]:
                    if p.dim() < 2:
                        raise ValueError("{class} orthogonalizes matrices, here is a parameter of shape %s" % (tuple(p.shape),))
        """;

    private final PythonRule rule;
    private final PythonFormula formula;
    private final String source;
    private final String name;
    private final boolean preconditioned;

    private PyTorchClass(OptimizerRule rule, String source) {
        this.source = source;
        this.rule = PythonRule.of(rule, true);
        this.formula = PythonFormula.of(this.rule, PythonFormula.Library.TORCH);
        this.name = PythonFile.className(rule);
        this.preconditioned = rule.precondition().isPresent();
    }

    /// The text of the file; `source` is the rule's name in the catalogue or the path of its file, as the user gave it.
    ///
    /// @throws IllegalArgumentException if Python cannot hold the rule
    public static String of(OptimizerRule rule, String source) {
        return new PyTorchClass(rule, source).text();
    }

    private String text() {
        String step = function("_single_tensor", new TorchLines(rule, formula).step());
        String together = function("_multi_tensor", ForeachLines.of(rule, formula));
        String body = classText();
        String written = PythonFile.functions("torch_functions.py", formula.functions()) + step + together + body;
        return PythonFile.module(rule.rule(), source, "pytorch", "torch 1.13 or later")
                + "\n"
                + (written.contains("math.") ? "import math\n" : "")
                + "from collections import defaultdict\n\nimport torch\nfrom torch.optim import Optimizer\n"
                + PythonFile.constant(rule.rule())
                + written;
    }

    private List<String> hypers() {
        return rule.named(rule.rule().hyperNames());
    }

    private List<String> states() {
        return rule.named(PythonRule.stateNames(rule.rule()));
    }

    private String function(String called, List<String> lines) {
        List<String> arguments = new ArrayList<>(List.of(formula.name("x"), formula.name("g")));
        arguments.addAll(states());
        arguments.add(formula.name("t"));
        boolean one = called.equals("_single_tensor");
        String about = one
                ? "One step of one tensor, in place" + (preconditioned ? "; returns the preconditioner" : "")
                : "The same for lists of tensors";
        return "\n\ndef " + called + "(" + String.join(", ", arguments)
                + (hypers().isEmpty() ? "" : ", *, " + String.join(", ", hypers())) + "):\n"
                + "    \"\"\"" + about + ".\"\"\"\n"
                + PythonFile.indented(lines, "    ")
                + rule.rule().precondition().map(line -> returned(line, one)).orElse("");
    }

    private String returned(Statement.Precondition line, boolean one) {
        String value = formula.name(line.name());
        boolean list = one || rule.isTensor(line.expression());
        return "    return " + (list ? value : "[" + value + "] * len(x)") + "\n";
    }

    private String classText() {
        String catalogue = "    catalogue = \"" + rule.rule().name() + "\"  # it is this very rule\n";
        String signature = PythonFile.defaults(rule, formula);
        String keywords = hypers().stream().map(key -> key + "=" + key + ", ").collect(Collectors.joining());
        return """


            class {class}(Optimizer):
                \"""The optimizer {rule}; each group of parameters may have its own hyper-parameters.

            {about}
                foreach: one call for all tensors of a group, faster where they are many and small.
                \"""

                rule = RULE
                hyper_parameters = {hypers}
                states = {states}
            {catalogue}{keeps}
                def __init__(self, params, {defaults}foreach=False, maximize=False):
                    defaults = dict({keywords}foreach=foreach, maximize=maximize)
                    super().__init__(params, defaults)

                def add_param_group(self, param_group):
                    super().add_param_group(param_group)
                    self._check(self.param_groups[-1])
            {matrices}
                def load_state_dict(self, state_dict):
                    for group in state_dict["param_groups"]:
                        self._check(group)
                    super().load_state_dict(state_dict)

                @classmethod
                def _check(cls, group):
                    missing = [key for key in cls.hyper_parameters if key not in group]
                    if missing:
                        raise ValueError("no %s: this is no group of {class}" % ", ".join(missing))
                    if group.get("maximize"):
                        raise ValueError("{class} minimizes; to maximize, give it the gradient of -loss")
            {checks}
                @torch.no_grad()
                def step(self, closure=None):
                    \"""Makes one step; `closure`, if given, computes the loss and its gradient anew and returns the loss.\"""
                    loss = None
                    if closure is not None:
                        with torch.enable_grad():
                            loss = closure()
                    for group in self.param_groups:
                        hyper = {key: group[key] for key in self.hyper_parameters}
                        together = defaultdict(list)
                        for p in group["params"]:
                            if p.grad is None:
                                continue
                            if p.grad.is_sparse:
                                raise RuntimeError("{class} takes no sparse gradients")
                            state = self.state[p]
                            if not state:
                                state["step"] = 0
            {start}                state["step"] += 1
                            together[state["step"], p.device, p.dtype].append(p)
                        for (t, _, _), params in together.items():
                            gradients = [p.grad for p in params]
            {lists}                if group["foreach"]:
                                {all}_multi_tensor(params, gradients, {names}t, **hyper)
                            else:
                                {each}
            {keep}        return loss
            """.replace("{class}", name)
                .replace("{rule}", rule.rule().name())
                .replace("{hypers}", tuple())
                .replace("{states}", keys())
                .replace("{defaults}", signature.isEmpty() ? "" : signature + ", ")
                .replace("{catalogue}", Catalogue.holds(rule.rule()) ? catalogue : "")
                .replace("{keeps}", preconditioned ? KEEPS : "")
                .replace("{keywords}", keywords)
                .replace("{matrices}", matrices())
                .replace("{checks}", checks())
                .replace("{start}", starts())
                .replace("{lists}", lists())
                .replace("{names}", states().stream().map(state -> state + ", ").collect(Collectors.joining()))
                .replace("{all}", preconditioned ? "preconditioners = " : "")
                .replace("{each}", each())
                .replace("{keep}", preconditioned ? KEEP : "")
                .replace("{about}", PythonFile.hyperParameters(rule, "    "));
    }

    private String tuple() {
        List<String> quoted = hypers().stream().map(key -> "\"" + key + "\"").toList();
        return "(" + String.join(", ", quoted) + (quoted.size() == 1 ? ",)" : ")");
    }

    private String keys() {
        return rule.rule().states().stream()
                .map(state -> "\"" + state.name() + "\": \"" + key(state) + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String key(StateVariable state) {
        return StateNames.inPyTorch(rule.rule(), state.name());
    }

    private String each() {
        String step = "_single_tensor(*tensors, t, **hyper)";
        String over = " for tensors in zip(params, gradients"
                + states().stream().map(s -> ", " + s).collect(Collectors.joining()) + ")";
        return preconditioned
                ? "preconditioners = [" + step + over + "]"
                : over.strip() + ":\n" + " ".repeat(24) + step;
    }

    private String lists() {
        return rule.rule().states().stream()
                .map(state -> " ".repeat(16) + rule.names().get(state.name()) + " = [self.state[p][\"" + key(state)
                        + "\"] for p in params]\n")
                .collect(Collectors.joining());
    }

    /// The states before the first step; hyper-parameters are read from the group.
    private String starts() {
        Map<String, String> local = new HashMap<>(rule.names());
        rule.rule()
                .hyperNames()
                .forEach(hyper -> local.put(hyper, "group[\"" + rule.names().get(hyper) + "\"]"));
        local.put(OptimizerRule.PARAMETER, "p");
        local.put(OptimizerRule.GRADIENT, "p.grad");
        TorchLines lines = new TorchLines(rule, formula.named(local));
        return rule.rule().states().stream()
                .map(state -> " ".repeat(20) + "state[\"" + key(state) + "\"] = " + lines.start(state.start()) + "\n")
                .collect(Collectors.joining());
    }

    private String checks() {
        return rule.rule().hyperParameters().stream().map(this::check).collect(Collectors.joining());
    }

    private String check(HyperParameter hyper) {
        String key = rule.names().get(hyper.name());
        String value = "group[\"" + key + "\"]";
        return "        if not " + PythonFile.inside(hyper, value, formula) + ":\n" + "            raise ValueError(\""
                + key + " = %r is outside " + hyper.domain() + "\" % (" + value + ",))\n";
    }

    /// A refusal of vectors where the rule takes matrices only.
    private String matrices() {
        boolean[] found = new boolean[1];
        rule.statements()
                .forEach(line -> Rewriting.rewrite(line.expression(), node -> {
                    found[0] |= node instanceof Reduction(var kind, var _) && kind == ReductionKind.ORTHOGONALIZE;
                    return null;
                }));
        return found[0] ? MATRICES.replace("{class}", name) : "";
    }
}
