package adamscope.experiment;

import adamscope.optimizer.HyperParameter;
import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.RuleForm;
import adamscope.sweep.Axis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A rule, values of most of its hyper-parameters, and axes of the others, in the order of the text.
record SweptRule(TunedRule tuned, List<Axis> axes) {

    /// What stands for a hyper-parameter.
    private sealed interface Setpoint {
        record Single(double value) implements Setpoint {}

        record Along(Axis axis) implements Setpoint {}
    }

    /// The rule with any number of axes.
    static final Form<SweptRule> FORM = new RuleForm<>(SweptRule::setpoint).map(SweptRule::of, SweptRule::chosen);

    private static Form<Setpoint> setpoint(HyperParameter hyper) {
        return Forms.<Setpoint>either(
                Forms.number(hyper.domain()).map(Setpoint.Single::new, point -> ((Setpoint.Single) point).value()),
                Axis.shape(hyper.name(), hyper.domain())
                        .map(Setpoint.Along::new, point -> ((Setpoint.Along) point).axis()),
                Setpoint.Single.class::isInstance);
    }

    private static SweptRule of(RuleForm.Chosen<Setpoint> chosen) {
        Map<String, Double> values = new LinkedHashMap<>();
        List<Axis> axes = new ArrayList<>();
        chosen.values().forEach((name, point) -> {
            switch (point) {
                case Setpoint.Single(double value) -> values.put(name, value);
                case Setpoint.Along(Axis axis) -> axes.add(axis);
            }
        });
        List<String> names = axes.stream().map(Axis::name).toList();
        Map<String, Double> complete = new LinkedHashMap<>();
        chosen.rule().hyperParameters().stream()
                .filter(hyper -> !names.contains(hyper.name()))
                .forEach(hyper -> complete.put(hyper.name(), values.getOrDefault(hyper.name(), hyper.defaultValue())));
        return new SweptRule(new TunedRule(chosen.rule(), complete), axes);
    }

    /// The axes, which have to be so many.
    List<Axis> along(int wanted) {
        List<String> names = axes.stream().map(Axis::name).toList();
        if (axes.size() != wanted) {
            throw new IllegalArgumentException(
                    switch (wanted) {
                        case 0 ->
                            "hyper-parameter " + names.getFirst()
                                    + " has an axis; this kind of experiment takes a single value";
                        case 1 ->
                            "this diagram has one axis, not " + axes.size() + " " + names
                                    + "; give --x NAME=FROM:TO:POINTS";
                        default ->
                            "two axes are needed, not " + axes.size() + " " + names
                                    + "; give --x NAME=FROM:TO:POINTS and --y NAME=FROM:TO:POINTS";
                    });
        }
        return axes;
    }

    /// The rule without an axis.
    TunedRule single() {
        along(0);
        return tuned;
    }

    private RuleForm.Chosen<Setpoint> chosen() {
        Map<String, Setpoint> points = new LinkedHashMap<>();
        tuned.values().forEach((name, value) -> points.put(name, new Setpoint.Single(value)));
        axes.forEach(axis -> points.put(axis.name(), new Setpoint.Along(axis)));
        return new RuleForm.Chosen<>(tuned.rule(), points);
    }
}
