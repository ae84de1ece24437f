package adamscope.rule;

import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.RuleForm;
import adamscope.shape.Shape;
import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A rule with a schedule for each of its hyper-parameters.
///
/// @param schedules by name; hyper-parameters that are not named keep their defaults
/// @param groups    parameters for which some hyper-parameters are others
public record TunedSchedule(OptimizerRule rule, Map<String, Schedule> schedules, List<Group> groups) {
    /// Parameters of a model with hyper-parameters of their own, such as those without weight decay.
    ///
    /// @param parameters names of the parameter tensors
    /// @param schedules  by name; hyper-parameters that are not named are those at large
    public record Group(List<String> parameters, Map<String, Schedule> schedules) {
        public Group {
            parameters = List.copyOf(parameters);
            schedules = Map.copyOf(schedules);
        }
    }

    /// The learning rate, which every rule of the catalogue calls so.
    public static final String LR = "lr";

    /// The rule as experiments write it, a value or a schedule for each hyper-parameter.
    static final RuleForm<Schedule> FORM = new RuleForm<>(hyper -> Schedule.form(hyper.domain()));

    /// The optimizer of a training, in an experiment.
    public static final Key<TunedSchedule> OPTIMIZER = Key.of(
            "optimizer",
            FORM.map(
                    chosen -> new TunedSchedule(chosen.rule(), chosen.values(), List.of()),
                    tuned -> new RuleForm.Chosen<>(tuned.rule(), tuned.schedules())),
            "the rule, and a value or a schedule for each hyper-parameter");

    /// Groups of parameters, in an experiment.
    public static final Key<List<Group>> GROUPS = Key.of(
                    "groups",
                    Forms.mappings(
                            Shape.<Group>of(keys -> {
                                var parameters = keys.add(
                                        Key.of("parameters", Forms.list(Forms.text("NAME"), "names"), "of tensors"),
                                        Group::parameters);
                                var set = keys.add(
                                        Key.of("set", new Change.Schedules(), "values or schedules"), Group::schedules);
                                return in -> new Group(in.get(parameters), in.get(set));
                            }),
                            "{parameters: [layer.bias], set: {weight_decay: 0}}"),
                    "parameters with other hyper-parameters")
            .orElse(List.of())
            .quiet();

    private static final long MOST_CHECKED = 4000;

    public TunedSchedule {
        Map<String, Schedule> complete = new LinkedHashMap<>();
        rule.hyperParameters()
                .forEach(hyper -> complete.put(hyper.name(), new Schedule.Constant(hyper.defaultValue())));
        schedules.forEach((name, schedule) -> complete.put(rule.hyper(name).name(), schedule));
        schedules = Collections.unmodifiableMap(complete);
        if (!schedules.containsKey(LR)) {
            schedules.forEach((name, schedule) -> {
                if (schedule instanceof Schedule.Rate) {
                    throw new IllegalArgumentException(
                            name + " follows the learning rate, but " + rule.name() + " has no hyper-parameter " + LR);
                }
            });
        }
        groups = List.copyOf(groups);
        Set<String> named = new HashSet<>();
        for (Group group : groups) {
            group.schedules().keySet().forEach(rule::hyper);
            for (String name : group.parameters()) {
                if (!named.add(name)) {
                    throw new IllegalArgumentException("groups: the parameter '" + name + "' stands twice");
                }
            }
        }
    }

    /// All parameters alike.
    public TunedSchedule(OptimizerRule rule, Map<String, Schedule> schedules) {
        this(rule, schedules, List.of());
    }

    /// The same with these groups.
    public TunedSchedule with(List<Group> others) {
        return new TunedSchedule(rule, schedules, others);
    }

    /// The same values at every step.
    public static TunedSchedule constant(OptimizerRule rule, Map<String, Double> chosen) {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        rule.values(chosen).forEach((name, value) -> schedules.put(name, new Schedule.Constant(value)));
        return new TunedSchedule(rule, schedules);
    }

    /// The same with some schedules replaced.
    public TunedSchedule with(Map<String, Schedule> changed) {
        Map<String, Schedule> all = new LinkedHashMap<>(schedules);
        changed.forEach((name, schedule) -> all.put(rule.hyper(name).name(), schedule));
        return new TunedSchedule(rule, all, groups);
    }

    /// Every value at step t, in the domain of its hyper-parameter.
    ///
    /// @throws IllegalArgumentException if one is not
    public Map<String, Double> at(long step) {
        return at(step, schedules);
    }

    /// The values at large, then those of each group.
    public List<Map<String, Double>> allAt(long step) {
        List<Map<String, Double>> all = new ArrayList<>(List.of(at(step)));
        for (Group group : groups) {
            Map<String, Schedule> own = new LinkedHashMap<>(schedules);
            own.putAll(group.schedules());
            all.add(at(step, own));
        }
        return all;
    }

    private Map<String, Double> at(long step, Map<String, Schedule> schedules) {
        double lr = schedules.containsKey(LR) ? schedules.get(LR).at(step, Double.NaN) : Double.NaN;
        Map<String, Double> values = new LinkedHashMap<>();
        schedules.forEach((name, schedule) -> {
            double value = schedule.at(step, lr);
            if (!rule.hyper(name).domain().contains(value)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s: %s = %s at step %d is outside %s",
                        rule.name(),
                        name,
                        new PlainText().number(value),
                        step,
                        rule.hyper(name).domain()));
            }
            values.put(name, value);
        });
        return values;
    }

    /// Refuses a value outside its domain at the steps `from` to `to`: at the first and the last, and of many at
    /// thousands between them, evenly.
    public void refuseOutside(long from, long to) {
        if (from > to) {
            return;
        }
        boolean constant = Stream.concat(Stream.of(schedules), groups.stream().map(Group::schedules))
                .flatMap(all -> all.values().stream())
                .allMatch(Schedule.Constant.class::isInstance);
        long stride = constant ? Math.max(1, to - from) : Math.max(1, (to - from) / MOST_CHECKED);
        for (long step = from; step < to; step += stride) {
            allAt(step);
        }
        allAt(to);
    }

    /// Refuses a rule that cannot run on such parameters, and groups of parameters that are not among them, before
    /// anything is loaded.
    public void refuseMisfit(List<Block> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        GroupedBlocks.of(blocks, groups);
        for (boolean matrix : new boolean[] {false, true}) {
            blocks.stream()
                    .filter(block -> block.isMatrix() == matrix)
                    .findFirst()
                    .ifPresent(block -> RuleGraph.of(rule.statements(), Set.of(), block));
        }
    }
}
