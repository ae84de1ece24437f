package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Flows;
import adamscope.experiment.KindUsage;
import adamscope.experiment.Simulation;
import adamscope.formula.PlainText;
import adamscope.run.FlowsFound;
import adamscope.run.SimulationFound;
import adamscope.shape.Decimal;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/// A command that runs one kind of experiment on a formula. Its options are the keys of the kind's shape.
@Command
final class FormulaCommand implements Callable<Integer> {
    private static final String AXIS = "NAME=FROM:TO:POINTS[:SCALE]";
    private static final List<String> AXES = List.of("x", "y");

    private final Console console;
    private final KindUsage kind;

    @Spec
    private CommandSpec command;

    @Mixin
    private ExperimentOption experiment;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    FormulaCommand(Console console, KindUsage kind) {
        this.console = console;
        this.kind = kind;
    }

    KindUsage kind() {
        return kind;
    }

    /// With its options, which are read from the shape.
    CommandLine line() {
        CommandLine line = new CommandLine(this);
        CommandSpec spec = line.getCommandSpec().name(kind.word());
        List<String> needed = new ArrayList<>(List.of("--optimizer NAME|FILE"));
        for (Key<?> key : options()) {
            String label = key.form().allowed().label();
            spec.addOption(option(key.name(), label, sentence(key)));
            if (key.absent().isEmpty()) {
                needed.add("--" + key.name() + " " + label);
            }
        }
        for (String axis : AXES.subList(0, kind.axes())) {
            String place = axis.equals("x") ? "Horizontal" : "Vertical";
            spec.addOption(option(
                    axis, AXIS, place + " axis, a hyper-parameter; SCALE is linear (default), log or one-minus-log."));
            needed.add("--" + axis + " AXIS");
        }
        kind.rates().forEach((name, about) -> spec.addOption(option(name, "RATE", about)));
        spec.usageMessage()
                .customSynopsis(
                        "adamscope " + kind.word() + " -c FILE.yaml [OPTIONS]",
                        "   or: adamscope " + kind.word() + " " + String.join(" ", needed.subList(0, 2)),
                        "           " + String.join(" ", needed.subList(2, needed.size())) + " [OPTIONS]")
                .description(kind.about().toArray(String[]::new))
                .footerHeading("%nExample:%n")
                .footer(kind.example());
        return line;
    }

    private Shape<?> shape() {
        return Experiment.Kinds.ALL.shape(kind.kind()).orElseThrow();
    }

    /// Keys that have an option of their own; the optimizer has several.
    private List<Key<?>> options() {
        return shape().keys().stream()
                .filter(key -> !key.name().equals("optimizer"))
                .toList();
    }

    private static OptionSpec option(String name, String label, String about) {
        return OptionSpec.builder("--" + name)
                .paramLabel(label)
                .description(about)
                .type(String.class)
                .build();
    }

    private static String sentence(Key<?> key) {
        String described = key.described();
        return (Character.toUpperCase(described.charAt(0)) + described.substring(1) + ".").replace("%", "%%");
    }

    @Override
    public Integer call() {
        ExperimentDraft draft = experiment.draft(kind.kind()).axes(axis(0), axis(1));
        for (Key<?> key : options()) {
            draft = draft.with(key.name(), given(key.name()));
        }
        refuseMissing(draft);
        Experiment plan = finished(draft.ofKind(kind.kind()), this::given, experiment.rule.settings);
        ExperimentCommand run = new ExperimentCommand(console, out, json);
        return switch (plan) {
            case Simulation simulation ->
                run.runOrPrint(simulation, "trajectory", "trajectory", () -> SimulationFound.made(simulation, console));
            case Flows flows -> run.runOrPrint(flows, "flow", "table", () -> FlowsFound.made(flows, console));
            default -> run.run(plan);
        };
    }

    /// The text behind an option; null: not given.
    private String given(String option) {
        return command.commandLine().getParseResult().matchedOptionValue("--" + option, (String) null);
    }

    private String axis(int place) {
        return place < kind.axes() ? given(AXES.get(place)) : null;
    }

    /// All that is missing at once, axes too.
    private void refuseMissing(ExperimentDraft draft) {
        List<String> missing = new ArrayList<>(draft.missing(shape()));
        if (experiment.file == null && !missing.isEmpty()) {
            AXES.subList(0, kind.axes()).stream()
                    .filter(axis -> given(axis) == null)
                    .forEach(missing::add);
            throw new IllegalArgumentException(
                    Shape.missing(missing.stream().map(name -> "--" + name).toList()));
        }
    }

    /// The experiment with the rates in place of decays.
    private static Experiment finished(Experiment experiment, UnaryOperator<String> given, List<String> settings) {
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
            throw new IllegalArgumentException("--" + option + " = " + new PlainText().number(rate) + " stands for "
                    + decay + ", which --set gives too; leave one of them out");
        }
        return rate;
    }
}
