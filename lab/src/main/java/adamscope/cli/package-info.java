/// The command line: what a person types, checked once, and what comes back.
///
/// Main types: [adamscope.cli.Main] holds the list of commands and turns failures into one line and an exit code;
/// [adamscope.cli.Console] is where a command writes; [adamscope.cli.ProgressLine] shows how far a long task has come.
///
/// ```java
/// int exitCode = Main.run(List.of("optimizers", "show", "adam"), System.out, System.err);
/// ```
package adamscope.cli;
