package adamscope.page;

import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleFormulas;
import adamscope.optimizer.StateVariable;

/// What a rule's text says: its hyper-parameters as declared, its states, its equations typeset.
final class RuleAnswer {
    private RuleAnswer() {}

    static Reply of(OptimizerRule rule) {
        return new Reply()
                .with("name", rule.name())
                .with("note", rule.note())
                .with("math", RuleFormulas.mathml(rule))
                .with("preconditioned", rule.precondition().isPresent())
                .withTexts(
                        "states",
                        rule.states().stream().map(StateVariable::name).toList())
                .withTexts(
                        "axes",
                        PlaneAxis.order(rule).stream().map(HyperParameter::name).toList())
                .with(
                        "hypers",
                        rule.hyperParameters().stream().map(RuleAnswer::of).toList());
    }

    private static Reply of(HyperParameter hyper) {
        PlaneAxis axis = PlaneAxis.of(hyper);
        return new Reply()
                .with("name", hyper.name())
                .with("symbol", hyper.symbol())
                .with("meaning", hyper.meaning())
                .with("default", hyper.defaultValue())
                .with("low", hyper.domain().low())
                .with("lowIncluded", hyper.domain().lowIncluded())
                .with("high", hyper.domain().high())
                .with("highIncluded", hyper.domain().highIncluded())
                .with("domain", hyper.domain().toString())
                .with(
                        "axis",
                        new Reply()
                                .with("from", axis.from())
                                .with("to", axis.to())
                                .with("scale", axis.spacing().word()));
    }
}
