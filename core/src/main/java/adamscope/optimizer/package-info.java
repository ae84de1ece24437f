/// Update rules as data, and the catalogue of those that ship.
///
/// Main types: [adamscope.optimizer.OptimizerRule], one rule; [adamscope.optimizer.RuleReader], from its text;
/// [adamscope.optimizer.Catalogue], by name or file.
///
/// ```java
/// OptimizerRule adam = Catalogue.shipped("adam");
/// Map<String, Double> values = adam.values(Map.of("beta2", 0.99));
/// ```
package adamscope.optimizer;
