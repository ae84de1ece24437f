/// Training of a network by a rule of the catalogue or of the user, with its curvature measured on the way.
///
/// The three main types are [adamscope.training.Training], [adamscope.training.TensorRule] and
/// [adamscope.training.TrainingResult].
///
/// ```java
/// FullyConnected network = FullyConnected.of(784, 200, 5, 10, Activation.TANH);
/// Training training = Training.of(network, Catalogue.shipped("adam-uncorrected"), Map.of("lr", 2e-4), 800);
/// TrainingResult result = training.run(FashionMnist.shipped(1000), (step, loss) -> true);
/// result.probes().numbers("preconditionedSharpness");
/// ```
package adamscope.training;
