package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.flow.FlowKind;
import adamscope.formula.PlainText;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.Domain;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.ReducedSystem;
import adamscope.sweep.Axis;
import adamscope.sweep.Bifurcation.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Understands the nodes of an experiment; every complaint begins with where the value came from.
///
/// @param folder where a rule file named in the experiment is looked for
record ExperimentReader(Path folder) {
    private static final List<String> KINDS = List.of(
            "simulation",
            "phase",
            "bifurcation",
            "basin",
            "stability-map",
            "flow",
            "train",
            "series",
            "sweep",
            "reproduction");

    /// The rule, its values and the axes that stand where a value could.
    private record Optimizer(TunedRule tuned, List<Axis> axes) {}

    Experiment read(Node.Mapping given) {
        Node.Mapping root = CommonFields.expanded(given);
        Fields fields = new Fields(root);
        String kind = fields.text("kind");
        Experiment experiment = Fields.at(root, () -> switch (kind) {
            case "simulation" -> simulation(fields);
            case "phase" -> phase(fields);
            case "bifurcation" -> bifurcation(fields);
            case "basin" -> basin(fields);
            case "stability-map" -> stability(fields);
            case "flow" -> flows(fields);
            case "network" ->
                new NetworkFields(fields).read(optimizer(fields, 0).tuned());
            case "train" -> new TrainFields(this, fields).read();
            case "series" -> series(fields);
            case "sweep" -> SweepFields.read(fields, this::read);
            case "reproduction" -> reproduction(fields);
            default ->
                throw new IllegalArgumentException(
                        fields.require("kind").label() + " = " + kind + " is none of " + KINDS);
        });
        fields.refuseOthers();
        return experiment;
    }

    private Simulation simulation(Fields fields) {
        Optimizer optimizer = optimizer(fields, 0);
        return new Simulation(
                optimizer.tuned(),
                objective(fields),
                x0(fields),
                fields.whole("steps", 1, Long.MAX_VALUE),
                fields.choice("init", ClosedMap.Start.ZERO),
                fields.choice("arithmetic", Arithmetic.DOUBLE),
                fields.whole("every", 1, Long.MAX_VALUE, 1));
    }

    private Phase phase(Fields fields) {
        Optimizer optimizer = optimizer(fields, 2);
        return new Phase(
                optimizer.tuned(),
                optimizer.axes().get(0),
                optimizer.axes().get(1),
                objective(fields),
                x0(fields),
                fields.whole("steps", 1, Long.MAX_VALUE),
                fields.choice("init", ClosedMap.Start.ZERO),
                fields.choice("arithmetic", Arithmetic.SCALED));
    }

    private Bifurcation bifurcation(Fields fields) {
        Optimizer optimizer = optimizer(fields, 1);
        String objective = objective(fields);
        Variables standard = adamscope.sweep.Bifurcation.standardVariables(FormulaObjective.read(objective));
        Variables variables = fields.choice("variables", standard);
        boolean reduced = variables == Variables.REDUCED;
        String show = fields.text(
                "show",
                reduced
                        ? ReducedSystem.RELATIVE_STEP
                        : FormulaObjective.read(objective).variables().getFirst());
        int steps = (int) fields.whole("steps", 1, Integer.MAX_VALUE, 4000);
        return new Bifurcation(
                optimizer.tuned(),
                optimizer.axes().getFirst(),
                objective,
                variables,
                show,
                orbitStart(fields, reduced, objective),
                new OrbitDiagram.Length((int) fields.whole("transient", 0, Integer.MAX_VALUE, 1000), steps, (int)
                        fields.whole("keep", 1, steps, Math.min(steps, 200))));
    }

    private static List<Double> orbitStart(Fields fields, boolean reduced, String objective) {
        if (reduced) {
            return fields.find("x0").isPresent() ? fields.numbers("x0") : List.of(0.1);
        }
        return startOf(fields, objective);
    }

    private Basin basin(Fields fields) {
        String objective = objective(fields);
        return new Basin(
                optimizer(fields, 0).tuned(),
                objective,
                coordinate(fields, "x"),
                coordinate(fields, "y"),
                startOf(fields, objective),
                fields.whole("steps", 1, Integer.MAX_VALUE, 2000),
                fields.choice("init", ClosedMap.Start.ZERO),
                fields.choice("arithmetic", Arithmetic.SCALED));
    }

    private Stability stability(Fields fields) {
        Optimizer optimizer = optimizer(fields, 2);
        String objective = objective(fields);
        return new Stability(
                optimizer.tuned(),
                optimizer.axes().get(0),
                optimizer.axes().get(1),
                objective,
                startOf(fields, objective));
    }

    /// An axis over a coordinate, written as on the command line.
    private static Axis coordinate(Fields fields, String key) {
        Node node = fields.require(key);
        return Fields.at(node, () -> Axis.read(Fields.text(node)));
    }

    /// `x0`, 1 in every coordinate if it is not given.
    private static List<Double> startOf(Fields fields, String objective) {
        return fields.find("x0").isPresent()
                ? x0(fields)
                : java.util.Collections.nCopies(FormulaObjective.read(objective).dimension(), 1.0);
    }

    private Flows flows(Fields fields) {
        Optimizer optimizer = optimizer(fields, 0);
        Node time = fields.require("time");
        TunedRule tuned = optimizer.tuned();
        String objective = objective(fields);
        List<Double> x0 = x0(fields);
        ClosedMap.Start init = fields.choice("init", ClosedMap.Start.ZERO);
        long rows = fields.whole("rows", 2, 1_000_000, 500);
        List<FlowKind> kinds = fields.words("flows", FlowKind::read, List.of(FlowKind.LIMIT));
        return Fields.at(time, () -> new Flows(tuned, objective, x0, init, Fields.number(time), rows, kinds));
    }

    private Reproduction reproduction(Fields fields) {
        return new Reproduction(
                fields.text("id"),
                fields.truth("full", false),
                fields.find("experiment").map(node -> read(mapping(node))));
    }

    private Series series(Fields fields) {
        Map<String, Experiment> parts = new LinkedHashMap<>();
        mapping(fields.require("parts")).fields().forEach((name, part) -> parts.put(name, read(mapping(part))));
        return new Series(parts);
    }

    private static String objective(Fields fields) {
        return Fields.at(fields.require("objective"), () -> {
            String text = fields.text("objective");
            FormulaObjective.read(text);
            return text;
        });
    }

    private static List<Double> x0(Fields fields) {
        List<Double> x0 = fields.numbers("x0");
        return Fields.at(fields.require("x0"), () -> {
            Checks.start(fields.text("objective"), x0);
            return x0;
        });
    }

    private Optimizer optimizer(Fields fields, int axesWanted) {
        Node node = fields.require("optimizer");
        Node.Mapping mapping =
                node instanceof Node.Scalar ? new Node.Mapping(node.label(), Map.of("name", node)) : mapping(node);
        Fields optimizer = new Fields(mapping);
        OptimizerRule rule = rule(optimizer);
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, Axis> axes = new LinkedHashMap<>();
        mapping.fields().forEach((name, value) -> {
            if (name.equals("name") || name.equals("rule")) {
                return;
            }
            Domain domain = domain(rule, name, value);
            switch (value) {
                case Node.Mapping axis -> axes.put(name, axis(name, axis, domain));
                case Node.Scalar _, Node.Sequence _ -> values.put(name, value(value, domain));
            }
        });
        if (axes.size() != axesWanted) {
            throw new IllegalArgumentException(
                    switch (axesWanted) {
                        case 0 ->
                            "hyper-parameter " + axes.keySet().iterator().next()
                                    + " has an axis; this kind of experiment takes a single value";
                        case 1 ->
                            "this diagram has one axis, not " + axes.size() + " " + axes.keySet()
                                    + "; give --x NAME=FROM:TO:POINTS";
                        default ->
                            "two axes are needed, not " + axes.size() + " " + axes.keySet()
                                    + "; give --x NAME=FROM:TO:POINTS and --y NAME=FROM:TO:POINTS";
                    });
        }
        Map<String, Double> complete = new LinkedHashMap<>();
        rule.hyperParameters().stream()
                .filter(hyper -> !axes.containsKey(hyper.name()))
                .forEach(hyper -> complete.put(hyper.name(), values.getOrDefault(hyper.name(), hyper.standard())));
        return new Optimizer(new TunedRule(rule, complete), new ArrayList<>(axes.values()));
    }

    OptimizerRule rule(Fields optimizer) {
        Optional<Node> text = optimizer.find("rule");
        if (text.isPresent()) {
            return RuleReader.read(text.get().label(), Fields.text(text.get()));
        }
        Node name = optimizer.require("name");
        String named = Fields.text(name);
        boolean file = named.endsWith(".opt") && !Path.of(named).isAbsolute();
        return Fields.at(name, () -> Catalogue.find(file ? folder.resolve(named).toString() : named));
    }

    private static Domain domain(OptimizerRule rule, String name, Node value) {
        return Fields.at(value, () -> rule.hyper(name).domain());
    }

    static double value(Node node, Domain domain) {
        double value = Fields.number(node);
        if (!domain.contains(value)) {
            throw new IllegalArgumentException(node.label() + " = " + Fields.text(node) + " is outside " + domain);
        }
        return value;
    }

    private static Axis axis(String name, Node.Mapping mapping, Domain domain) {
        Fields fields = new Fields(mapping);
        double from = value(fields.require("from"), domain);
        double to = value(fields.require("to"), domain);
        int points = (int) fields.whole("points", 2, Integer.MAX_VALUE);
        Axis axis = Fields.at(
                mapping,
                () -> new Axis(
                        name, from, to, points, Axis.Scale.read(fields.text("scale", Axis.Scale.LINEAR.word()))));
        fields.refuseOthers();
        return axis;
    }

    static Node.Mapping mapping(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> mapping;
            case Node.Scalar _, Node.Sequence _ ->
                throw new IllegalArgumentException(node.label() + " must be a mapping of keys to values");
        };
    }

    /// A number as it is written into experiments; it reads back with every bit.
    static String written(double value) {
        return (value < 0 ? "-" : "") + new PlainText().number(Math.abs(value));
    }
}
