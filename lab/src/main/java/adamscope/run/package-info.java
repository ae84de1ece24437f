/// Runs experiments: any of them, into a run folder or in memory, from the start or from where it was cut off.
///
/// Main types: [adamscope.run.Run], which executes an experiment into its folder; [adamscope.run.Finding], what came
/// out, a record for each kind; [adamscope.run.Host], who watches and may end it.
///
/// ```java
/// ResultStore store = ResultStore.create(folder, experiment, arguments);
/// Finding found = Run.begin(store, Host.QUIET);
/// ```
package adamscope.run;
