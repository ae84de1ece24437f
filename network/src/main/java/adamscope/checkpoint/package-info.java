/// Checkpoints of other programs, read without running code: named tensors whose numbers stay in the file until they
/// are asked for, and the plain values beside them.
///
/// The three main types are [adamscope.checkpoint.TensorFile], [adamscope.checkpoint.StoredTensor] and
/// [adamscope.checkpoint.Value].
///
/// ```java
/// try (TensorFile file = TensorFile.open(Path.of("checkpoint.pt"))) {
///     StoredTensor v = file.tensors().get("optimizer.state.0.exp_avg_sq");
///     double[] first = v.doubles(0, 10);
/// }
/// ```
///
/// Why that is safe with files of strangers: docs/decisions/0007-pickles-without-code.md.
package adamscope.checkpoint;
