package adamscope.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

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
}
