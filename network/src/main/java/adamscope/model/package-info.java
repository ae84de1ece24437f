/// Networks as functions of one flat parameter vector, and their losses over batches of samples: one small file for
/// each model of the papers.
///
/// The three main types are [adamscope.model.Network], [adamscope.model.BatchLoss] and
/// [adamscope.model.ModelSource], the model as an experiment names it. A new model is one file and one case of
/// [adamscope.model.ModelSource].
///
/// ```java
/// ModelSource.OfSamples source = new ModelSource.Residual(ResNet.Depth.EIGHTEEN, 0.5, ResNet.Stem.CIFAR,
/// BatchNorm.DEFAULT, true);
/// Network network = source.network(new DataShape.Images(3, 32, 32, 10));
/// BatchLoss loss = new NetworkLoss(network, samples, Criterion.CROSS_ENTROPY);
/// Tensor mean = loss.mean(network.initial(0, samples.place()), Batch.all(loss));
/// ```
package adamscope.model;
