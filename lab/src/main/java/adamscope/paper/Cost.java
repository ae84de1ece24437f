package adamscope.paper;

/// About how much work a figure is.
///
/// @param network whether networks are trained; if not, it is theory and formulas
/// @param seconds of processor time at the default size, from one seed, measured on one machine; half as long on two
///                processors
/// @param medium  the same at the medium size, of a few steps of each training; 0: it has none
public record Cost(boolean network, int seconds, int medium) {

    /// Formulas, planes, theorems.
    static Cost theory(int seconds) {
        return new Cost(false, seconds, 0);
    }

    /// Trainings of networks.
    static Cost network(int seconds) {
        return new Cost(true, seconds, 0);
    }

    /// With a medium size of so many minutes.
    Cost medium(int minutes) {
        return new Cost(network, seconds, 60 * minutes);
    }

    /// So many times as much.
    Cost times(int seeds) {
        return new Cost(network, seeds * seconds, seeds * medium);
    }

    /// `networks` or `theory`: the name under which `reproduce` takes all of them.
    public String group() {
        return network ? "networks" : "theory";
    }
}
