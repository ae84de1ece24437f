package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Flows;
import adamscope.experiment.Simulation;
import adamscope.run.FormulaRun;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
    private final FormulaKind kind;

    @Spec
    private CommandSpec command;

    @Mixin
    private ExperimentOption experiment;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    FormulaCommand(Console console, FormulaKind kind) {
        this.console = console;
        this.kind = kind;
    }

    FormulaKind kind() {
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
        Experiment plan = kind.finished(draft.ofKind(kind.kind()), this::given, experiment.rule.settings);
        ExperimentCommand run = new ExperimentCommand(console, out, json);
        FormulaRun memory = new FormulaRun(console);
        return switch (plan) {
            case Simulation simulation ->
                run.runOrPrint(simulation, "trajectory", "trajectory", () -> memory.of(simulation));
            case Flows flows -> run.runOrPrint(flows, "flow", "table", () -> memory.of(flows));
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
}
