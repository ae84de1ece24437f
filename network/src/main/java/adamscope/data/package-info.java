/// Data sets as the public formats hold them, and as samples that a network is trained on.
///
/// The three main types are [adamscope.data.LabelledImages], [adamscope.data.FashionMnist] and
/// [adamscope.data.Samples].
///
/// ```java
/// Samples samples = FashionMnist.shipped(1000).toSamples(Place.CPU_FLOAT32);
/// ```
package adamscope.data;
