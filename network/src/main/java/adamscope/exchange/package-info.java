/// Runs that come from PyTorch and go back there, without pickles.
///
/// The three main types are [adamscope.exchange.PyTorchState], [adamscope.exchange.PyTorchOptimizer] and
/// [adamscope.exchange.StateNames].
///
/// ```java
/// PyTorchState state = PyTorchState.read(Path.of("state.safetensors"));
/// PyTorchOptimizer optimizer = state.optimizer();
/// Checkpoint checkpoint = state.checkpoint(network.blocks(), optimizer, place, loss);
/// ```
package adamscope.exchange;
