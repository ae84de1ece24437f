/// A rule of the catalogue or of the user on the flat tensors of a network, with its schedules and what changes on the
/// way. Nothing here knows a loss.
///
/// The three main types are [adamscope.rule.TunedSchedule], a rule with a schedule for each of its hyper-parameters;
/// [adamscope.rule.Schedule]; and [adamscope.rule.TensorRule], the rule's text as operations of libtorch or as one
/// generated loop over memory.
package adamscope.rule;
