package adamscope.exchange;

import adamscope.inspection.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a state stands in the tree of a checkpoint: `optimizer.state.0.exp_avg`, `layer.weight.exp_avg`,
/// `optimizer.state.exp_avg.layer.weight`.
///
/// @param optimizer what comes before `state.`, such as `optimizer`; empty without it
/// @param owner     the parameter, by name or number
/// @param state     the last word, such as `exp_avg`
record StatePath(String optimizer, String owner, String state) {
    static final String STEP = "step";

    private static final Map<String, Role> ROLES = Map.of(
            "exp_avg", Role.FIRST,
            "exp_avg_sq", Role.SECOND,
            "max_exp_avg_sq", Role.LARGEST,
            "square_avg", Role.SECOND,
            "grad_avg", Role.CENTRE,
            "momentum_buffer", Role.FIRST,
            "state1", Role.FIRST,
            "state2", Role.SECOND);

    /// States of other rules and parts of quantised ones: known as states wherever they stand.
    private static final Pattern OTHERS =
            Pattern.compile("exp_\\w+|max_exp_avg_sq|square_avg|grad_avg|momentum_buffer|qmap[12]|absmax[12]");

    private static final Set<String> OPTIMIZERS = Set.of("""
        optimizer optimizers optim opt optimizer_state_dict optimizer_states optimizer_state optim_state
        optim_state_dict opt_state optimizer_dict base_optimizer_state app train_state states\
        """.split("\\s+"));

    /// What a path is, if it is a state of an optimizer.
    static Optional<StatePath> of(String path) {
        List<String> words = Arrays.asList(path.split("\\.", -1));
        int state = words.indexOf("state");
        boolean inState = state >= 0 && state < words.size() - 1 && isOptimizer(words.subList(0, state));
        List<String> rest = inState ? words.subList(state + 1, words.size()) : words;
        if (rest.size() < 2) {
            return Optional.empty();
        }
        String optimizer = inState ? String.join(".", words.subList(0, state)) : "";
        String last = rest.getLast();
        if (inState && OTHERS.matcher(rest.getFirst()).matches() && !isState(last)) {
            return Optional.of(new StatePath(optimizer, owner(rest.subList(1, rest.size())), rest.getFirst()));
        }
        return inState || isState(last)
                ? Optional.of(new StatePath(optimizer, owner(rest.subList(0, rest.size() - 1)), last))
                : Optional.empty();
    }

    /// Whether the words lead to an optimizer.
    static boolean isOptimizer(List<String> words) {
        return words.stream().allMatch(word -> OPTIMIZERS.contains(word) || word.matches("\\d+"));
    }

    private static boolean isState(String word) {
        return word.equals(STEP) || OTHERS.matcher(word).matches();
    }

    private static String owner(List<String> words) {
        return SavedNames.plain(String.join(".", words));
    }

    /// What the state is to its parameter; empty for one that is not looked at.
    Optional<Role> role() {
        return Optional.ofNullable(ROLES.get(state));
    }

    /// Whether the parameter is told by its number.
    boolean numbered() {
        return owner.matches("\\d{1,9}");
    }
}
