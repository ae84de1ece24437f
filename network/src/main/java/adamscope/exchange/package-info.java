/// Runs that come from PyTorch and go back there.
///
/// The main types are [adamscope.exchange.SavedRun], the tensors of a checkpoint found for the parameters of a model;
/// [adamscope.exchange.PyTorchRun], what a training here makes of it; and [adamscope.exchange.PyTorchState], the way
/// back.
///
/// ```java
/// try (CheckpointFiles files = CheckpointFiles.open(List.of(Path.of("checkpoint.pt")))) {
///     SavedRun saved = SavedRun.of(files, "checkpoint.pt", TorchScriptNetwork.load(Path.of("model.pt")), List.of());
///     PyTorchRun run = new PyTorchRun(saved, new PyTorchRun.Told("", OptionalLong.empty()));
///     Checkpoint checkpoint = run.checkpoint(run.optimizer().rule(), hyper, loss);
/// }
/// ```
package adamscope.exchange;
