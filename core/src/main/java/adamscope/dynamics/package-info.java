/// One rule on one objective as a closed map, its runs and what they did.
///
/// Main types: [adamscope.dynamics.ClosedMap], the map as formulas; [adamscope.dynamics.SingleRun], one run;
/// [adamscope.dynamics.Outcome], what became of it.
///
/// ```java
/// Recurrence map = ClosedMap.of(Catalogue.shipped("adam"), FormulaObjective.read("x^4/4"), ClosedMap.Start.ZERO);
/// ```
package adamscope.dynamics;
