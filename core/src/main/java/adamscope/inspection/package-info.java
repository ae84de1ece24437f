/// What a checkpoint of parameters and optimizer states says of itself: values, counts and scales that no run of its
/// rule can have, numbers that its format has lost, steps that it will make.
///
/// Main types: [adamscope.inspection.OptimizerState], what is looked at, its numbers streamed;
/// [adamscope.inspection.PostMortem], the findings; [adamscope.inspection.Fault], one of them with its inequality.
///
/// ```java
/// PostMortem inspection = PostMortem.of(state, Optional.empty(), Optional.empty());
/// inspection.faults().forEach(fault -> console.line(fault.sentence()));
/// ```
package adamscope.inspection;
