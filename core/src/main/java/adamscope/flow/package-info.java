/// Continuous-time limits: the differential equations that optimizers follow as the learning rate tends to 0.
///
/// Main types: [adamscope.flow.Flow], which equation, [adamscope.flow.FlowRun], its solution from a start, and
/// [adamscope.flow.CentralFlow], the equation of the average of a run that oscillates at the edge of stability.
///
/// ```java
/// FlowTrajectory solution = new FlowRun(
///         new Flow.Adam(1, 100, 0, true), FormulaObjective.power(4), List.of(1.0), ClosedMap.Start.ZERO)
///     .run(FlowRun.evenly(2, 201));
/// ```
package adamscope.flow;
