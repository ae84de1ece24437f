/// Where results live: run folders, tables as Parquet, provenance and JSON.
///
/// Main types: [adamscope.store.ProgramBuild] and [adamscope.store.JsonDocument].
///
/// ```java
/// String text = JsonDocument.text(JsonDocument.object("regime", "I", "rho", 0.25));
/// ```
package adamscope.store;
