/// Networks as functions of one flat parameter vector, and their losses over batches of samples.
///
/// The three main types are [adamscope.model.Network], [adamscope.model.BatchLoss] and
/// [adamscope.model.NetworkLoss].
///
/// ```java
/// Network network = FullyConnected.of(784, 200, 5, 10, Activation.TANH);
/// BatchLoss loss = new NetworkLoss(network, samples, Criterion.HALF_SQUARED);
/// Tensor mean = loss.mean(network.initial(0, samples.place()), Batch.all(loss));
/// ```
package adamscope.model;
