package adamscope.paper;

import adamscope.optimizer.Catalogue;
import adamscope.tensor.Place;
import adamscope.training.Batching;
import adamscope.training.Change;
import adamscope.training.Probe;
import adamscope.training.Schedule;
import adamscope.training.Task;
import adamscope.training.Training;
import adamscope.training.TrainingObserver;
import adamscope.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A training of a figure: what is learned, by which rule and for how long, and what is looked at on the way.
///
/// Equal ones give equal numbers: figures that ask for the same share one run, see [Trainings].
///
/// ```java
/// MeasuredTraining adam = MeasuredTraining.of(task, "adam", Map.of("lr", 1e-3), 600)
///         .inspected(Inspection.Sharpness.every(10));
/// ```
record MeasuredTraining(Problem problem, Training training, List<Inspection> inspections) {
    /// Of weights, batches and searches, unless a figure takes others.
    static final long SEED = 1;

    MeasuredTraining {
        inspections = List.copyOf(inspections);
    }

    /// Full batch, constant hyper-parameters, nothing looked at but the loss.
    static MeasuredTraining of(Task task, String rule, Map<String, Double> hyper, long steps) {
        return of(new Problem.Learning(task), rule, hyper, steps);
    }

    /// The same of any problem.
    static MeasuredTraining of(Problem problem, String rule, Map<String, Double> hyper, long steps) {
        Training plain = Training.of(Catalogue.shipped(rule), hyper, steps);
        Training.Settings standard = plain.run();
        return new MeasuredTraining(
                problem,
                new Training(
                        plain.tuned(),
                        plain.ending(),
                        plain.batching(),
                        plain.gradient(),
                        plain.changes(),
                        new Training.Settings(SEED, standard.start(), standard.place(), standard.threads())),
                List.of());
    }

    /// With one more thing to look at.
    MeasuredTraining inspected(Inspection more) {
        List<Inspection> all = new ArrayList<>(inspections);
        all.add(more);
        return new MeasuredTraining(problem, training, all);
    }

    /// With changes on the way.
    MeasuredTraining changed(Change... changes) {
        return with(new Training(
                training.tuned(),
                training.ending(),
                training.batching(),
                training.gradient(),
                List.of(changes),
                training.run()));
    }

    /// Ends at the first step whose loss is at most this.
    MeasuredTraining until(double loss) {
        return with(new Training(
                training.tuned(),
                new Training.Ending(
                        training.ending().steps(), loss, training.ending().bound()),
                training.batching(),
                training.gradient(),
                training.changes(),
                training.run()));
    }

    /// In shuffled batches of so many samples.
    MeasuredTraining inBatches(long size) {
        return with(new Training(
                training.tuned(),
                training.ending(),
                new Batching(size, 0, SEED),
                training.gradient(),
                training.changes(),
                training.run()));
    }

    /// With a hyper-parameter that follows a schedule.
    MeasuredTraining scheduled(String hyper, Schedule schedule) {
        return with(new Training(
                training.tuned().with(Map.of(hyper, schedule)),
                training.ending(),
                training.batching(),
                training.gradient(),
                training.changes(),
                training.run()));
    }

    /// From another seed of the weights.
    MeasuredTraining seeded(long seed) {
        Training.Settings run = training.run();
        return with(new Training(
                training.tuned(),
                training.ending(),
                training.batching(),
                training.gradient(),
                training.changes(),
                new Training.Settings(seed, run.start(), run.place(), run.threads())));
    }

    /// At another place, in another precision.
    MeasuredTraining at(Place place) {
        Training.Settings run = training.run();
        return with(new Training(
                training.tuned(),
                training.ending(),
                training.batching(),
                training.gradient(),
                training.changes(),
                new Training.Settings(run.seed(), run.start(), place, run.threads())));
    }

    private MeasuredTraining with(Training other) {
        return new MeasuredTraining(problem, other, inspections);
    }

    /// How many steps there are at most.
    long steps() {
        return training.ending().steps();
    }

    /// Runs it.
    MeasuredRun run(TrainingObserver observer) {
        long seed = training.run().seed();
        List<Probe.Source> probes =
                inspections.stream().map(inspection -> inspection.source(seed)).toList();
        MeasuredSteps steps = new MeasuredSteps();
        TrainingResult result = training.run(
                place -> problem.at(place, seed),
                new Training.Watch(probes, 0, List.of(steps), observer, Optional.empty()));
        return new MeasuredRun(result.outcome(), steps.table(), result.probes());
    }
}
