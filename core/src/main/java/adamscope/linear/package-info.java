/// Linear algebra without matrices: vectors of any kind, operators that only multiply, and what products alone tell of
/// their spectrum: extreme eigenpairs, density, trace.
///
/// The three main types are [adamscope.linear.LinearOperator], [adamscope.linear.RestartedLanczos] for one operator and
/// [adamscope.linear.EigenTracker] for one that changes along a path.
///
/// ```java
/// LinearOperator<double[]> matrix = new SymmetricMatrix(new double[][] {{2, 1}, {1, 2}});
/// Eigenpair<double[]> top = new Lanczos(1e-10, 50, 0).top(matrix);              // value 3
/// Eigenpairs<double[]> both = RestartedLanczos.top(2, 1e-10, 50, 0).pairs(matrix); // values 3 and 1
/// ```
package adamscope.linear;
