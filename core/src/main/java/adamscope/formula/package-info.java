/// Formulas as data: read, differentiated, rewritten, printed, evaluated.
///
/// Main types: [adamscope.formula.Expression], the graph of a formula; [adamscope.formula.FormulaReader], from text;
/// [adamscope.formula.Derivative], symbolically.
///
/// ```java
/// Expression loss = FormulaReader.read("objective", "x^4/4");
/// Expression gradient = Derivative.of(loss, "x");        // x^3
/// String latex = new Latex(Map.of()).write(gradient);
/// ```
package adamscope.formula;
