/// Runs that come from PyTorch and go back there, without pickles.
///
/// The main types are [adamscope.exchange.PyTorchState], a file of parameters and states, and
/// [adamscope.exchange.PyTorchOptimizer], the rule that goes with it.
///
/// ```java
/// PyTorchState state = PyTorchState.read(Path.of("state.safetensors"));
/// PyTorchOptimizer optimizer = state.optimizer();
/// Checkpoint checkpoint = state.checkpoint(network.blocks(), optimizer, place, loss);
/// ```
package adamscope.exchange;
