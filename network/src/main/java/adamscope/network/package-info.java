/// Networks on libtorch: models, data, the gradient and the Hessian as an operator, training by a rule of the
/// catalogue,
/// and what its curvature does meanwhile.
///
/// The three main types are [adamscope.network.FullyConnected], [adamscope.network.TensorRule] and
/// [adamscope.network.Training].
///
/// ```java
/// FullyConnected network = FullyConnected.of(784, 200, 5, 10, Activation.TANH);
/// Training training = Training.of(network, Catalogue.shipped("adam-uncorrected"), Map.of("lr", 2e-4), 800);
/// TrainingResult result = training.run(FashionMnist.shipped(1000), (step, loss) -> true);
/// result.probes().numbers("preconditionedSharpness");
/// ```
///
/// Native memory is freed by `PointerScope`: every method frees what it made but its result, which belongs to the
/// caller's innermost scope.
package adamscope.network;
