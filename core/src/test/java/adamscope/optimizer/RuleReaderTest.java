package adamscope.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.formula.FormulaException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
    private static final String RULE = """
        # A rule to break.
        optimizer breakable
        hyper lr = 1e-3 in (0, inf) "learning rate" symbol η
        hyper beta2 = 0.9 in [0, 1)
        state v = 0
        v <- beta2*v + (1 - beta2)*g^2
        precondition P = sqrt(v)
        x <- x - lr*g/P
        """;

    private static void refused(String from, String to, String message) {
        assertThat(RULE).contains(from);
        assertThatThrownBy(() -> RuleReader.read("mine.opt", RULE.replace(from, to)))
                .isInstanceOf(FormulaException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aRuleIsReadAsWritten() {
        OptimizerRule rule = RuleReader.read("mine.opt", RULE);
        assertThat(rule.name()).isEqualTo("breakable");
        assertThat(rule.note()).isEqualTo("A rule to break.");
        assertThat(rule.hyper("lr"))
                .isEqualTo(new HyperParameter(
                        "lr", 1e-3, new Domain(0, false, Double.POSITIVE_INFINITY, false), "learning rate", "η"));
        assertThat(rule.precondition().orElseThrow().name()).isEqualTo("P");
        assertThat(rule.values(Map.of("beta2", 0.5)))
                .containsEntry("beta2", 0.5)
                .containsEntry("lr", 1e-3);
    }

    @Test
    void faultsNameFileLineColumnAndWhatIsAllowed() {
        refused("beta2*v +", "beta3*v +", "mine.opt:6:6: 'beta3' is not defined here; defined are [lr, beta2, v");
        refused("v <- beta2", "w <- beta2", "mine.opt:6:1: 'w' is not a state; '<-' may set x or one of [v]");
        refused("x <- x - lr*g/P\n", "", "the rule has no line 'x <- …'");
        refused("hyper beta2 = 0.9 in", "hyper beta2 = 1.9 in", "mine.opt:4:15: beta2 = 1.9 is outside [0, 1)");
        refused("in [0, 1)", "in [1, 0)", "the domain [1,0) is empty");
        refused("state v = 0", "state v = 0, v = 1", "mine.opt:5:14: 'v' is defined already");
        refused("state v = 0", "state g = 0", "'g' has a meaning already");
        refused("x <- x", "precondition Q = v\nx <- x", "a rule has one precondition line; the first is in line 7");
        refused("sqrt(v)\n", "sqrt(v\n", "mine.opt:7:23: the statement ends in 'v'");
        refused("optimizer breakable\n", "", "mine.opt:2:1: found 'hyper' where 'optimizer' is allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        v <- 0.9*v +,x <- x - v                  | 5:12: the statement ends in '+'
        v <- 0.9*v -,precondition P = v,x <- x   | 5:12: the statement ends in '-'
        v <-,x <- x - v                          | 5:3: the statement ends in '<-'
        v,x <- x - v                             | 5:1: the statement ends in 'v'
        w = 2*,,  # a comment,x <- x - v         | 5:6: the statement ends in '*'
        w = v^,x <- x - v                        | 5:6: the statement ends in '^'
        w = (v + g,x <- x - v                    | 5:10: the statement ends in 'g' where ')' is allowed
        w = (v +,x <- x - v                      | 5:8: the statement ends in '+'
        w = sqrt(,x <- x - v                     | 5:9: the statement ends in '('
        precondition P,x <- x - v                | 5:14: the statement ends in 'P' where '=' is allowed
        precondition,x <- x - v                  | 5:1: the statement ends in 'precondition'
        x <- x -,                                | 5:8: the statement ends in '-'
        x <- (x,                                 | 5:7: the statement ends in 'x' where ')' is allowed
        x <- x - v,) w = 1                       | 6:1: found ')'
        v <- g,hyper a = 1,x <- x                | 6:1: found 'hyper'
        """)
    void aStatementThatIsCutIsReportedWhereItEnds(String statements, String problem) {
        String rule = "optimizer cut\nhyper lr = 0.1\n\nstate v = 0\n" + statements.replace(",", "\n");
        assertThatThrownBy(() -> RuleReader.read("mine.opt", rule)).hasMessageContaining("mine.opt:" + problem);
    }

    @Test
    void aDeclarationThatIsCutIsReportedWhereItEnds() {
        refused("hyper beta2 = 0.9", "hyper beta2 =\nhyper b = 0.9", "mine.opt:4:13: the statement ends in '='");
        refused("state v = 0", "state v =", "mine.opt:5:9: the statement ends in '='");
        refused("P = sqrt(v)", "P = max(v,", "the statement ends in ','");
    }

    @Test
    void emptyAndBinaryTextsAreRefusedPlainly() {
        for (String text : List.of("", "\u0000\u0001", "# only a comment\n")) {
            assertThatThrownBy(() -> RuleReader.read("mine.opt", text)).isInstanceOf(FormulaException.class);
        }
    }

    @Test
    void hyperParametersOutsideTheRuleOrTheirDomainAreRefused() {
        OptimizerRule adam = Catalogue.shipped("adam");
        assertThatThrownBy(() -> adam.values(Map.of("beta3", 0.5)))
                .hasMessage("adam has no hyper-parameter 'beta3'; it has [lr, beta1, beta2, eps]");
        assertThatThrownBy(() -> adam.values(Map.of("beta2", 1.2))).hasMessage("adam: beta2 = 1.2 is outside [0, 1)");
        assertThatThrownBy(() -> adam.values(Map.of("lr", Double.NaN))).hasMessageContaining("outside (0, inf)");
        assertThatThrownBy(() -> Catalogue.shipped("adamm"))
                .hasMessageContaining("no optimizer 'adamm'; there are gd,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state m | m <- m + g     | 3:7: the state 'm' has no start; write m = 0",
                "state m = 0, v | m <- g  | 3:14: the state 'v' has no start; write v = 0",
                "state m = 0 | m = 0.9*m  | 4:1: 'm' changes from step to step; write m <- … to change it",
                "state m = 0 | x = x - g  | 4:1: 'x' changes from step to step; write x <- … to change it",
                "state m = 0 | m <- 0.9 m | 4:10: found 'm' right after '0.9'; write a product with *, as in 2*x",
                "state m = 0 | m <- lr m  | 4:9: found 'm' right after 'lr'; write a product with *, as in 2*x",
                "state m = 0 | m <- 2m + g | 4:7: found 'm' right after '2'; write a product with *, as in 2*x",
                "state m = 0 | m <- m + g**2 | 4:11: found '**'; write a power as x^2"
            })
    void commonSlipsAreNamedWhereTheyWereMade(String state, String line, String message) {
        String text = "optimizer slip\nhyper lr = 0.1\n" + state.strip() + "\n" + line.strip() + "\nx <- x - lr*m\n";
        assertThatThrownBy(() -> RuleReader.read("slip.opt", text)).hasMessage("slip.opt:" + message);
    }

    @Test
    void aProductWithoutItsSignIsSeenInACall() {
        assertThatThrownBy(() -> RuleReader.read("slip.opt", "optimizer slip\nhyper lr = 0.1\nx <- x - lr(g)\n"))
                .hasMessageContaining("'lr' is not a function")
                .hasMessageEndingWith("; write a product with *, as in 2*x");
    }

    @Test
    void aHyperParameterDoesNotAskForAProduct() {
        assertThatThrownBy(() -> RuleReader.read("slip.opt", "optimizer slip\nhyper lr = 0.1 foo\nx <- x - lr*g\n"))
                .hasMessageContaining("found")
                .message()
                .doesNotContain("product");
    }

    @Test
    void theLineEvaluateNamesAPointOfParameterAndStates() {
        String rule = "optimizer r\nhyper lr = 0.1\nstate a = x\na <- 0.5*a + 0.5*x\nx <- x - lr*g\n";
        assertThat(RuleReader.read("test", rule).evaluation()).isEmpty();
        assertThat(RuleReader.read("test", rule + "evaluate = (a + x)/2").evaluation())
                .contains(adamscope.formula.FormulaReader.read("test", "(a + x)/2"));
        for (String wrong : List.of("g", "t", "d")) {
            assertThatThrownBy(() -> RuleReader.read("test", rule + "d = 2*a\nevaluate = a + " + wrong))
                    .hasMessageContaining("test:7:16: '" + wrong + "' is not defined here; defined are [lr, a, x]");
        }
    }
}
