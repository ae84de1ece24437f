package adamscope.exchange;

import adamscope.inspection.Role;
import adamscope.inspection.StateRule;
import adamscope.inspection.StateRule.Averages;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.ClockedRule;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is known of the rules of states: from the names of the states and the hyper-parameters beside them, or from the
/// statements of a rule.
public final class StateRules {
    /// Rules whose step is lr·m̂/(√v̂ + ε) with the averages of Adam.
    private static final Set<String> STEPS_LIKE_ADAM =
            Set.of("adam", "adamw", "adam-uncorrected", "amsgrad", "amsgrad-corrected");

    private StateRules() {}

    /// Of a parameter without states.
    static StateRule none() {
        return new StateRule("", Averages.OTHER, Map.of(), Set.of(), false);
    }

    /// Of states of which nothing can be said but what holds for all.
    static StateRule unknown() {
        return new StateRule("an unknown rule", Averages.OTHER, Map.of(), Set.of(), false);
    }

    /// Of states in PyTorch's names.
    ///
    /// @param words  what the states are called
    /// @param hyper  by PyTorch's names
    /// @param called the class of the optimizer, where the file says so
    static StateRule of(Set<Role> roles, Set<String> words, Map<String, Double> hyper, Optional<String> called) {
        boolean adam = words.contains("exp_avg") || words.contains("exp_avg_sq") || words.contains("state2");
        boolean other = words.stream().anyMatch(word -> word.startsWith("exp_") && !word.startsWith("exp_avg"))
                || words.contains("exp_avg_var")
                || words.contains("acc_delta")
                || words.contains("mu_product");
        Averages averages = other || !roles.contains(Role.SECOND) && !words.contains("exp_avg_sq")
                ? words.contains("exp_avg") && words.size() == 1 && hyper.containsKey("eps")
                        ? Averages.BOTH
                        : Averages.OTHER
                : adam ? Averages.BOTH : Averages.SECOND;
        Map<String, Double> known = new LinkedHashMap<>();
        take(known, "lr", hyper, "lr");
        switch (averages) {
            case BOTH -> {
                take(known, "beta1", hyper, "betas.0", "beta1");
                take(known, "beta2", hyper, "betas.1", "beta2");
                take(known, "eps", hyper, "eps");
            }
            case SECOND -> {
                take(known, "beta2", hyper, "alpha");
                take(known, "eps", hyper, "eps");
            }
            case OTHER -> take(known, "beta1", hyper, "momentum");
        }
        String name = called.orElse(
                averages == Averages.BOTH ? "Adam" : averages == Averages.SECOND ? "RMSprop" : "an unknown rule");
        return assumed(new StateRule(
                words.contains("momentum_buffer") && averages == Averages.OTHER ? "SGD" : name,
                averages,
                known,
                Set.of(),
                averages == Averages.BOTH));
    }

    /// Of averages m and v of which nothing is known: Adam with its defaults, but no learning rate.
    public static StateRule assumed() {
        return assumed(new StateRule("Adam", Averages.BOTH, Map.of(), Set.of(), true));
    }

    /// The defaults of Adam and RMSprop where nothing is known of the decays and ε.
    private static StateRule assumed(StateRule rule) {
        if (rule.averages() == Averages.OTHER) {
            return rule;
        }
        OptimizerRule defaults = Catalogue.shipped(rule.averages() == Averages.BOTH ? "adam" : "rmsprop");
        Map<String, Double> hyper = new LinkedHashMap<>(rule.hyper());
        Set<String> assumed = new TreeSet<>();
        for (String name : defaults.hyperNames()) {
            if (!name.equals("lr")
                    && hyper.putIfAbsent(name, defaults.hyper(name).defaultValue()) == null) {
                assumed.add(name);
            }
        }
        return new StateRule(rule.name(), rule.averages(), hyper, assumed, rule.corrected());
    }

    private static void take(Map<String, Double> known, String own, Map<String, Double> hyper, String... names) {
        for (String name : names) {
            if (hyper.containsKey(name)) {
                known.put(own, hyper.get(name));
            }
        }
    }

    /// Of a rule of this program.
    ///
    /// @param hyper every hyper-parameter
    public static StateRule of(OptimizerRule rule, Map<String, Double> hyper) {
        OptimizerRule adam = Catalogue.shipped("adam");
        boolean first = same(rule, adam, "m");
        boolean second = same(rule, adam, "v");
        Averages averages = !second ? Averages.OTHER : first ? Averages.BOTH : Averages.SECOND;
        Map<String, Double> known = new LinkedHashMap<>(hyper);
        boolean stepsAlike = STEPS_LIKE_ADAM.contains(rule.name()) && Catalogue.holds(rule)
                || rule.name().equals("amsgrad-corrected")
                || averages == Averages.SECOND && rule.name().equals("rmsprop");
        if (!stepsAlike) {
            known.keySet().removeAll(Set.of("lr", "eps"));
        }
        return new StateRule(
                rule.name(),
                averages,
                known,
                Set.of(),
                !ClockedRule.of(rule).powers().isEmpty());
    }

    private static boolean same(OptimizerRule rule, OptimizerRule adam, String state) {
        return advance(rule, state).isPresent() && advance(rule, state).equals(advance(adam, state));
    }

    private static Optional<Statement> advance(OptimizerRule rule, String state) {
        return rule.statements().stream()
                .filter(statement -> statement instanceof Statement.Advance
                        && statement.name().equals(state))
                .findFirst();
    }

    /// The same with hyper-parameters that somebody named.
    ///
    /// @throws IllegalArgumentException for one that has no say here
    public static StateRule with(StateRule rule, Map<String, Double> named) {
        Map<String, Double> hyper = new LinkedHashMap<>(rule.hyper());
        hyper.putAll(named);
        Set<String> assumed = new TreeSet<>(rule.assumed());
        assumed.removeAll(named.keySet());
        return new StateRule(rule.name(), rule.averages(), hyper, assumed, rule.corrected());
    }
}
