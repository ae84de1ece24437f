package adamscope.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What could be looked for in a checkpoint, and what could not, and why.
record Coverage(List<String> checked, List<String> unchecked) {

    static Coverage of(OptimizerState state, List<ParameterReading> readings, boolean against) {
        List<String> checked = new ArrayList<>();
        List<String> unchecked = new ArrayList<>();
        List<ParameterReading> states =
                readings.stream().filter(each -> each.state().hasState()).toList();
        checked.add("values, signs, formats and shapes of " + state.tensors() + " tensors");
        said(states, each -> each.state().step().isPresent(), "step counts", "the file has none", checked, unchecked);
        said(
                states,
                each -> each.moments().isPresent()
                        && each.moments().get().declared().applies()
                        && each.count(Role.FIRST).isPresent(),
                "|m|/√v against its bound",
                "it takes m, v and a bound: β₁² < β₂, or the number of steps",
                checked,
                unchecked);
        said(
                states,
                each -> each.moments().isPresent(),
                "eps, last bits and range of v",
                "there is no v with a known β₂",
                checked,
                unchecked);
        said(
                states,
                each -> each.moments().filter(count -> count.moving() > 0).isPresent(),
                "updates against the last bit of the parameters",
                "it takes the parameters beside m and v",
                checked,
                unchecked);
        checked.add("the same numbers in two tensors");
        if (against) {
            said(
                    states,
                    each -> each.changes().isPresent(),
                    "v and m against what the steps since EARLIER allow",
                    "it takes v and step counts on both sides",
                    checked,
                    unchecked);
        } else {
            unchecked.add("whether states belong to these parameters and this run: give an earlier checkpoint by"
                    + " --against");
        }
        return new Coverage(checked, unchecked);
    }

    private static void said(
            List<ParameterReading> states,
            Predicate<ParameterReading> could,
            String what,
            String why,
            List<String> checked,
            List<String> unchecked) {
        long done = states.stream().filter(could).count();
        if (done > 0) {
            checked.add(done == states.size() ? what : what + " (" + done + " of " + states.size() + " parameters)");
        }
        if (done < states.size()) {
            unchecked.add((done == 0 ? "" : states.size() - done + " of " + states.size() + " parameters: ") + what
                    + ": " + why);
        }
    }
}
