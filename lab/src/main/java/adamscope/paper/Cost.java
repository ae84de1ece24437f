package adamscope.paper;

/// About how much work a figure is at its default size.
///
/// @param network whether networks are trained; if not, it is theory and formulas
/// @param seconds of processor time, measured on one machine; half as long on two processors
public record Cost(boolean network, int seconds) {

    /// Formulas, planes, theorems.
    static Cost theory(int seconds) {
        return new Cost(false, seconds);
    }

    /// Trainings of networks.
    static Cost network(int seconds) {
        return new Cost(true, seconds);
    }

    /// `networks` or `theory`: the name under which `reproduce` takes all of them.
    public String group() {
        return network ? "networks" : "theory";
    }
}
