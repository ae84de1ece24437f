/// What is measured during a training, and when: curvature by question and plan, evaluations of the model, and the
/// quantities that every step has at hand.
///
/// The three main types are [adamscope.probe.Probe], what is called after a step; [adamscope.probe.ProbePlan], which
/// questions are asked how often; and [adamscope.probe.LiveMeasurement].
package adamscope.probe;
