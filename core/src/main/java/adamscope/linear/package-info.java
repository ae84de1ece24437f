/// Linear algebra without matrices: vectors of any kind, operators that only multiply, and the extreme eigenpair.
///
/// The three main types are [adamscope.linear.VectorSpace], [adamscope.linear.LinearOperator] and
/// [adamscope.linear.Lanczos].
///
/// ```java
/// LinearOperator<double[]> matrix = new SymmetricMatrix(new double[][] {{2, 1}, {1, 2}});
/// Eigenpair<double[]> top = new Lanczos(1e-10, 50, 0).top(matrix);   // value 3
/// ```
package adamscope.linear;
