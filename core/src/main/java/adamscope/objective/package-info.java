/// What is minimised: losses given as formulas.
///
/// Main type: [adamscope.objective.FormulaObjective], with gradient and Hessian derived symbolically.
///
/// ```java
/// FormulaObjective quartic = FormulaObjective.read("x^4/4 + y^2/2");
/// ```
package adamscope.objective;
