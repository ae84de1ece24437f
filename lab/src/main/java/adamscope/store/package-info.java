/// Where results live: run folders, tables as Parquet, provenance and JSON.
///
/// Main types: [adamscope.store.ResultStore], a run folder; [adamscope.store.Provenance], where its results come from;
/// [adamscope.store.JsonDocument], plain data as JSON.
///
/// ```java
/// ResultStore store = ResultStore.create(Path.of("runs/mine"), experiment, List.of("simulate"));
/// store.write(new Table("trajectory", List.of(new Column.Numbers("loss", "", losses))));
/// store.finish(Map.of(), JsonDocument.object("outcome", "converged"));
/// Table table = ResultStore.open(Path.of("runs/mine")).table("trajectory");
/// ```
package adamscope.store;
