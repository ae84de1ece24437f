/// Sweeps over hyper-parameters as data: which values, in which order.
///
/// Main types: [adamscope.sweep.Axis], the values of one hyper-parameter, and [adamscope.sweep.Grid], every combination
/// of several.
///
/// ```java
/// double[] beta1 = Axis.read("beta1=0.003:0.99:200").values();
/// ```
package adamscope.sweep;
