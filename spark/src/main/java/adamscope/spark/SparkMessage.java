package adamscope.spark;

import java.io.Serializable;

/// What a [SparkDriver] tells the process that started it.
sealed interface SparkMessage extends Serializable {

    /// The first line; whatever stands before it on the stream is not ours.
    String GREETING = "adamscope-spark 1";

    /// Executors answer.
    record Ready() implements SparkMessage {}

    /// A tile is finished.
    record Finished(TileRows rows) implements SparkMessage {}

    /// Nothing more comes: the sweep failed for this reason, or ended where it is empty.
    record Ended(String failure) implements SparkMessage {}
}
