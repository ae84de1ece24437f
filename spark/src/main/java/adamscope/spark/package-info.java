/// The sweeps of `adamscope.sweep` over the executors of a Spark cluster.
///
/// Main types: [adamscope.spark.SparkProcess], the engine for a program without Spark, which starts a driver of its
/// own;
/// [adamscope.spark.SparkDriver], that driver; [adamscope.spark.SparkEngine], the engine inside it. Only the last two
/// need Spark's classes.
///
/// ```java
/// SparkStart start = new SparkStart(jar, System.getenv(), "spark://host:7077", Path.of("spark.log"));
/// Engine engine = new SparkProcess(start, Duration.ofSeconds(60), System.err::println);
/// ```
package adamscope.spark;
