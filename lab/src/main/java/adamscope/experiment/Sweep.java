package adamscope.experiment;

import adamscope.dynamics.Iteration;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Decimal;
import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.sweep.Axis;
import adamscope.sweep.Coordinate;
import adamscope.sweep.Ending;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.Listed;
import adamscope.sweep.Refinement;
import adamscope.sweep.Space;
import adamscope.sweep.SweptRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One experiment again and again, at each point of a space.
///
/// @param base       a simulation or a training, with the values that hold where no axis gives another
/// @param space      the points
/// @param parameters names in the objective that the optimizer does not move; their values stand in `x0`
/// @param derive     formulas by the name they set
/// @param keep       columns of the results
/// @param refine     where points are spent: [#EVERYWHERE], or along the boundary of an outcome, or of any ([#ANY])
/// @param fullLength whether every step of a simulation is computed, also where the rest is known
public record Sweep(
        Experiment base,
        Space space,
        List<String> parameters,
        Map<String, String> derive,
        List<String> keep,
        String refine,
        boolean fullLength)
        implements Experiment {

    /// Every point of the space is run.
    public static final String EVERYWHERE = "";

    /// Points are spent where any outcome changes.
    public static final String ANY = Refinement.ANY;

    /// What can be kept of a training.
    static final List<String> TRAINING_COLUMNS = List.of(
            "outcome",
            "stepsDone",
            "finalLoss",
            "minLoss",
            "finalPreconditionedSharpness",
            "finalPreconditionedSharpnessStanding",
            "finalSharpness",
            "finalSharpnessStanding");

    /// The axis over seeds of a training.
    public static final String SEED = "seed";

    /// As text.
    public static final Shape<Sweep> SHAPE = Shape.of(keys -> {
        var base = keys.add(
                Key.of("base", Experiment.FORM, "a simulation or a training, repeated at each point"), Sweep::base);
        var axes = keys.add(
                Key.of("axes", Forms.named(Coordinate::form), "what varies"),
                sweep -> byName(sweep.space().coordinates()));
        var samples = keys.add(
                Key.of("samples", count(), "points of the sequence, for axes without points")
                        .orElse(0)
                        .quiet(),
                sweep -> sweep.space().samples());
        var parameters = keys.add(
                words("parameters", "names in the objective that stay as they are")
                        .orElse(List.of())
                        .quiet(),
                Sweep::parameters);
        var derive = keys.add(
                Key.of("derive", Forms.named(name -> Forms.text()), "formulas by the name they set")
                        .orElse(Map.of())
                        .quiet(),
                Sweep::derive);
        var keep = keys.add(
                words("keep", "columns of the results")
                        .orElse(
                                in -> in.get(base) instanceof Train train ? columns(train) : FormulaSweep.COLUMNS,
                                "all"),
                Sweep::keep);
        var fullLength = keys.add(
                Key.of("fullLength", Forms.truth(), "whether every step is computed, also where the rest is known")
                        .orElse(false)
                        .quiet(),
                Sweep::fullLength);
        var refine = keys.add(
                Key.of("refine", Forms.text(), "spend points along the boundary of this outcome, or of any")
                        .orElse(EVERYWHERE)
                        .quiet(),
                Sweep::refine);
        return in -> new Sweep(
                in.get(base),
                in.at(axes, () -> new Space(List.copyOf(in.get(axes).values()), in.get(samples))),
                in.get(parameters),
                in.get(derive),
                in.get(keep),
                in.get(refine),
                in.get(fullLength));
    });

    private static Form<Integer> count() {
        return Forms.count(2);
    }

    private static Key<List<String>> words(String name, String meaning) {
        return Key.of(name, Forms.list(Forms.text(), "words"), meaning);
    }

    private static Map<String, Coordinate> byName(List<Coordinate> coordinates) {
        Map<String, Coordinate> named = new LinkedHashMap<>();
        coordinates.forEach(coordinate -> named.put(coordinate.name(), coordinate));
        return named;
    }

    public Sweep {
        parameters = List.copyOf(parameters);
        derive = Collections.unmodifiableMap(new LinkedHashMap<>(derive));
        keep = List.copyOf(keep);
        if (base instanceof Simulation run) {
            formula(run, space, parameters, derive, keep, fullLength);
        } else if (base instanceof Train train) {
            refuseUnusable(train, space, derive, keep);
        } else {
            throw new IllegalArgumentException(
                    "base: kind = " + base.kind() + " cannot be swept; a simulation or a training can");
        }
        if (!refine.equals(EVERYWHERE)) {
            refuseRefinement(base, space, keep, refine);
        }
    }

    /// The same as a computation, for a simulation.
    public FormulaSweep formula() {
        if (base instanceof Simulation run) {
            return formula(run, space, parameters, derive, keep, fullLength);
        }
        throw new IllegalStateException("only a simulation is a formula");
    }

    /// The seeds that a training is repeated with at each point of the other axes; none where no axis is one.
    public List<Long> seeds() {
        return space.coordinates().stream()
                .filter(coordinate -> base instanceof Train && coordinate.name().equals(SEED))
                .flatMap(coordinate -> switch (coordinate) {
                    case Listed list -> list.values().stream();
                    case Axis axis -> java.util.Arrays.stream(axis.values()).boxed();
                    case adamscope.sweep.Sampled _ -> java.util.stream.Stream.<Double>empty();
                })
                .map(Double::longValue)
                .toList();
    }

    /// The axes beside the seeds.
    public List<Coordinate> besideSeeds() {
        return space.coordinates().stream()
                .filter(coordinate -> !coordinate.name().equals(SEED))
                .toList();
    }

    private static FormulaSweep formula(
            Simulation run,
            Space space,
            List<String> parameters,
            Map<String, String> derive,
            List<String> keep,
            boolean fullLength) {
        if (run.noise().present()) {
            throw new IllegalArgumentException(
                    "base: noise = " + Decimal.written(run.noise().deviation())
                            + ": a sweep runs simulations without noise; leave it out, or sweep a training");
        }
        Checks.atMost("steps", run.steps(), Phase.MOST_STEPS, "the windows of a longer run fill the memory");
        FormulaObjective objective =
                FormulaKeys.objective(FormulaObjective.read(run.objective(), parameters), run.minimum());
        Map<String, Double> values = new LinkedHashMap<>(run.optimizer().values());
        List<Double> x0 = new ArrayList<>();
        List<String> written = run.formula().variables();
        for (int i = 0; i < written.size(); i++) {
            if (parameters.contains(written.get(i))) {
                values.put(written.get(i), run.x0().get(i));
            } else {
                x0.add(run.x0().get(i));
            }
        }
        return new FormulaSweep(
                new SweptRun(
                        new Iteration(run.optimizer().rule(), objective, values, x0, run.init(), run.arithmetic()),
                        Math.toIntExact(run.steps()),
                        fullLength ? Ending.FULL_LENGTH : Ending.DECIDED),
                space,
                derive,
                keep);
    }

    private static void refuseUnusable(Train train, Space space, Map<String, String> derive, List<String> keep) {
        if (!derive.isEmpty()) {
            throw new IllegalArgumentException("derive: only a sweep of simulations derives values from axes");
        }
        for (Coordinate coordinate : space.coordinates()) {
            if (coordinate.name().equals(SEED)) {
                refuseBrokenSeeds(coordinate);
            }
            train.with(Map.of(coordinate.name(), coordinate.least()));
            train.with(Map.of(coordinate.name(), coordinate.greatest()));
        }
        if (train.watch().spectrum().isPresent()) {
            throw new IllegalArgumentException("base: spectrum: a sweep keeps one row a training and no densities of"
                    + " eigenvalues; leave it out, or run a series");
        }
        List<String> columns = columns(train);
        for (String column : keep) {
            if (!columns.contains(column)) {
                throw new IllegalArgumentException("keep: no column '" + column + "'; there are " + columns
                        + (TRAINING_COLUMNS.contains(column) ? ", and sharpness where probe is not 0" : "")
                        + (column.contains("Validation") ? ", and more where base has validation" : ""));
            }
        }
    }

    /// What can be kept of a training: its curvature only where it is measured.
    static List<String> columns(Train train) {
        List<String> columns =
                new ArrayList<>(train.probe().isPresent() ? TRAINING_COLUMNS : TRAINING_COLUMNS.subList(0, 4));
        train.watch().evaluate().ifPresent(_ -> columns.add("finalSolutionError"));
        train.task().validation().ifPresent(plan -> {
            columns.addAll(validation(train, ""));
            if (plan.ema().isPresent()
                    || train.training().tuned().rule().evaluation().isPresent()) {
                columns.addAll(validation(train, "Averaged"));
            }
        });
        return columns;
    }

    private static List<String> validation(Train train, String suffix) {
        List<String> names =
                new ArrayList<>(List.of("finalValidationLoss", "bestValidationLoss", "bestValidationStep"));
        names.addAll(
                switch (train.task().data().orElseThrow().learned()) {
                    case CLASSES -> List.of("finalValidationAccuracy", "bestValidationAccuracy");
                    case TOKENS -> List.of("finalValidationPerplexity");
                    case NUMBERS -> List.<String>of();
                });
        return names.stream().map(name -> name + suffix).toList();
    }

    private static void refuseBrokenSeeds(Coordinate seeds) {
        boolean whole = switch (seeds) {
            case Listed list -> list.values().stream().allMatch(seed -> seed == Math.rint(seed));
            case Axis axis -> java.util.Arrays.stream(axis.values()).allMatch(seed -> seed == Math.rint(seed));
            case adamscope.sweep.Sampled _ -> false;
        };
        if (!whole) {
            throw new IllegalArgumentException("axis seed: seeds are whole numbers; give a list of values");
        }
    }

    private static void refuseRefinement(Experiment base, Space space, List<String> keep, String refine) {
        List<String> allowed =
                new ArrayList<>(List.of(ANY, "converged", "spiking", "cycling", "undecided", "diverged", "left-range"));
        Checks.oneOf("refine", refine, allowed);
        boolean plane =
                space.coordinates().size() == 2 && space.coordinates().stream().allMatch(Axis.class::isInstance);
        if (!plane || !(base instanceof Simulation)) {
            throw new IllegalArgumentException(
                    "refine: points can be spent along boundaries in a plane of two axes with points, of simulations");
        }
        if (!keep.contains("outcome")) {
            throw new IllegalArgumentException("refine: keep = " + keep + " lacks outcome, which decides where");
        }
    }

    @Override
    public List<OptimizerRule> rules() {
        return base.rules();
    }
}
