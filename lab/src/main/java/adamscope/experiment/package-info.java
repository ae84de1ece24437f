/// Experiments as data: what is to be run, complete, checked, and as a YAML file that runs again as it is.
///
/// Main types: [adamscope.experiment.Experiment] and its kinds; [adamscope.experiment.ExperimentDraft], a file and
/// the options of a command line put together; [adamscope.experiment.ExperimentText], the YAML.
///
/// ```java
/// Experiment run = ExperimentDraft.of("simulation")
///         .optimizer("adam")
///         .set(List.of("eps=0"))
///         .with("objective", "x^4/4")
///         .with("x0", "1")
///         .with("steps", "3000")
///         .ofKind("simulation");
/// String yaml = ExperimentText.write(run);
/// ```
package adamscope.experiment;
