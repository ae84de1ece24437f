/// Readers of other people's training logs, at full resolution and without a network, and a writer for TensorBoard.
///
/// Main types: [adamscope.log.LogReader], files and folders to runs; [adamscope.log.NameMap], from the names in a log
/// to those of [adamscope.regime.Quantity]; [adamscope.log.TensorBoardWriter], scalars as an event file.
///
/// ```java
/// List<RunLog> runs = LogReader.read(Path.of("runs/gpt"), NameMap.byDefault());
/// double[] loss = runs.getFirst().numbers(Quantity.LOSS).orElseThrow();
/// ```
///
/// What is kept: the step and the value of every recognised scalar, nothing else of the file. Past 2^24 values of one
/// read, the longest series are thinned to the lowest and the highest value of each group of neighbours, which the
/// remarks of the run say.
package adamscope.log;
