package adamscope.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
