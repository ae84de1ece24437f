/// Flat vectors on libtorch: where they live, how the linear algebra of the core works on them, who frees them.
///
/// The three main types are [adamscope.tensor.Place], [adamscope.tensor.Block] and [adamscope.tensor.TensorVectors].
///
/// ```java
/// Tensor theta = Place.CPU_FLOAT64.zeros(10);
/// new TensorVectors(10, Place.CPU_FLOAT64).dot(theta, theta);
/// ```
///
/// Native memory is freed by `PointerScope`: every method frees what it made but its result, which belongs to the
/// caller's innermost scope.
package adamscope.tensor;
