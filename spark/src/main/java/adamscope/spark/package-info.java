/// The sweeps of `adamscope.sweep` over the executors of a Spark cluster.
///
/// Main type: [adamscope.spark.SparkEngine]. The others carry a sweep to an executor and a tile's rows back.
///
/// ```java
/// Table table = new SparkEngine(context).run(sweep, cells -> {}, () -> false);
/// ```
package adamscope.spark;
