package adamscope.optimizer;

/// A number that the user chooses: declared once, in the rule, and called by the same name everywhere.
///
/// @param defaultValue value used when none is given
/// @param domain   allowed values
/// @param meaning  what it does, with its unit; may be empty
/// @param symbol   how it is printed, `β₁` for `beta1`
public record HyperParameter(String name, double defaultValue, Domain domain, String meaning, String symbol) {}
