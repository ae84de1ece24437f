package adamscope.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.formula.FormulaReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CatalogueTest {
    static final java.util.List<String> NAMES = Catalogue.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyShippedRuleReadsUnderItsOwnName(String name) {
        OptimizerRule rule = Catalogue.shipped(name);
        assertThat(rule.name()).isEqualTo(name);
        assertThat(rule.hyperNames()).contains("lr");
        assertThat(rule.note()).isNotBlank();
    }

    /// What a decay forgets, in words and as the line of the rule: h the decay, s the state.
    private static final Map<String, String> DECAYS = Map.of(
            "decay of the average gradient, per step", "h*s + (1 - h)*g",
            "decay of the remembered average gradient, per step", "h*s + (1 - h)*g",
            "decay of the average squared gradient, per step", "h*s + (1 - h)*g^2",
            "decay of the average squared surprise g - m, per step", "h*s + (1 - h)*(g - m)^2 + eps",
            "decay of the average scaled gradient, per step", "h*s + (1 - h)*g/P",
            "decay of the largest absolute gradient, per step", "max(h*s, abs(g) + eps)",
            "decay of the sum of gradients, per step", "h*s + g");

    @ParameterizedTest
    @FieldSource("NAMES")
    void aDecayIsSaidToForgetWhatItForgets(String name) {
        OptimizerRule rule = Catalogue.shipped(name);
        for (HyperParameter decay : rule.hyperParameters()) {
            if (decay.meaning().startsWith("decay of")) {
                assertThat(DECAYS).containsKey(decay.meaning());
                assertThat(rule.statements())
                        .as(decay.meaning())
                        .anyMatch(line -> line.expression()
                                .equals(FormulaReader.read(
                                        name,
                                        DECAYS.get(decay.meaning())
                                                .replaceAll("\\bh\\b", decay.name())
                                                .replaceAll("\\bs\\b", line.name()))));
            }
        }
    }

    /// Lion's β₂ is the decay of an average of gradients, and β₁ no decay at all: nothing in it is squared.
    @Test
    void nothingThatIsSaidOfLionIsOfASquaredGradient() {
        OptimizerRule lion = Catalogue.shipped("lion");
        assertThat(lion.hyper("beta2").meaning()).isEqualTo("decay of the remembered average gradient, per step");
        assertThat(lion.hyper("beta1").meaning()).isEqualTo("weight of the remembered average in the step");
        assertThat(lion.note()).doesNotContain("squared");
        assertThat(lion.hyperParameters()).noneMatch(hyper -> hyper.meaning().contains("squared"));
    }

    @Test
    void theOptimizerThatWasMeantIsNamed() {
        assertThatThrownBy(() -> Catalogue.find("adamm"))
                .hasMessageStartingWith("no optimizer 'adamm'; there are gd, ")
                .hasMessageEndingWith("; did you mean 'adam'?");
        assertThatThrownBy(() -> Catalogue.find("AdamW")).hasMessageEndingWith("; did you mean 'adamw'?");
        assertThatThrownBy(() -> Catalogue.find("SGD"))
                .hasMessageEndingWith("; what is meant is gd, with momentum heavy-ball, with Nesterov's nesterov");
        assertThatThrownBy(() -> Catalogue.find("sophia")).hasMessageEndingWith("give the path of a rule file");
    }
}
