package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.Experiment;
import adamscope.shape.Key;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FormulaCommandTest {
    private static final List<String> COMMANDS =
            FormulaKind.ALL.stream().map(FormulaKind::word).toList();

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void everyKeyOfAKindIsAnOptionWithItsMeaningAndDefault(String command) {
        String help = Ran.of(command, "--help").out().replaceAll("\\s+", " ");
        FormulaKind kind = FormulaKind.ALL.get(COMMANDS.indexOf(command));
        for (Key<?> key : Experiment.Kinds.ALL.shape(kind.kind()).orElseThrow().keys()) {
            assertThat(help).contains("--" + key.name() + "=");
            if (!key.name().equals("optimizer")) {
                assertThat(help).contains(key.described().substring(1));
            }
        }
        for (String axis : List.of("--x=", "--y=").subList(0, kind.axes())) {
            assertThat(help).contains(axis + "NAME=FROM:TO:POINTS[:SCALE]");
        }
    }

    @Test
    void allOptionsThatAreMissingAreNamedTogether() {
        Ran.of("simulate").isWrong("--optimizer, --objective, --x0 and --steps are missing");
        Ran.of("phase").isWrong("--optimizer, --objective, --x0, --steps, --x and --y are missing");
        Ran.of("bifurcation", "--set", "lr=1").isWrong("--optimizer, --objective and --x are missing");
        Ran.of("basin", "--optimizer", "adam").isWrong("--objective, --x and --y are missing");
        Ran.of("flow", "--x0", "1").isWrong("--optimizer, --objective and --time are missing");
    }

    @Test
    void aRateBesideTheDecayThatItStandsForIsRefused() {
        Ran.of(
                        "flow",
                        "--optimizer",
                        "adam",
                        "--objective",
                        "x^4/4",
                        "--x0",
                        "1",
                        "--time",
                        "1",
                        "--a",
                        "2",
                        "--set",
                        "beta2=0.9")
                .isWrong("--a = 2.0 stands for beta2, which --set gives too; leave one of them out");
    }
}
