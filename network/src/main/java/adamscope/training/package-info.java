/// Training of any loss by a rule of the catalogue or of the user: the loop over minibatches, with probes on the way
/// and checkpoints from which a run goes on with the same bits.
///
/// The three main types are [adamscope.training.Training], what the numbers depend on;
/// [adamscope.training.TrainingResult], its rows; and [adamscope.training.CheckpointFolder].
///
/// ```java
/// Training training = Training.of(Catalogue.shipped("adam-uncorrected"), Map.of("lr", 2e-4), 800);
/// Probe.Source curvature = SharpnessProbe.source(ProbeSchedule.DEFAULT, 0);
/// TrainingResult result = training.run(
///         place -> NetworkLoss.halfSquared(network, images.toSamples(place)),
///         Training.Watch.of(List.of(curvature), (step, loss) -> true));
/// result.probes().numbers("preconditionedSharpness");
/// ```
package adamscope.training;
