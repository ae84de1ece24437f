/// What somebody's training run did, from its log alone: spikes, their causes with the measured sides of an inequality,
/// and what to change.
///
/// Main types: [adamscope.regime.RunLog], a log under canonical names; [adamscope.regime.Quantity], these names.
///
/// ```java
/// RunLog log = RunLog.of("run", table, Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.999));
/// ```
package adamscope.regime;
