package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogReaderTest {
    @TempDir
    Path folder;

    private RunLog one(String name, String text) throws IOException {
        List<RunLog> runs = LogReader.read(Files.writeString(folder.resolve(name), text), NameMap.byDefault());
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    @Test
    void csvHasItsColumnsUnderTheNamesOfQuantities() throws IOException {
        RunLog log = one("log.csv", "step,train_loss,learning_rate,grad_norm\n1,0.5,0.1,2\n2,0.25,0.1,1\n");
        assertThat(log.steps()).containsExactly(1, 2);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(0.5, 0.25);
        assertThat(log.numbers(Quantity.LR).orElseThrow()).containsExactly(0.1, 0.1);
        assertThat(log.numbers(Quantity.GRADIENT_NORM).orElseThrow()).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"it", "iter", "iteration", "global_step", "Schritt", "étape", "paso", "passo", "шаг", "步", "ステップ"
            })
    void stepsAreFoundUnderShortNamesAndInOtherLanguages(String name) throws IOException {
        assertThat(one("log.csv", name + ",loss\n10,0.5\n20,0.25\n30,0.125\n").steps())
                .containsExactly(10, 20, 30);
        assertThat(one(
                                "log.jsonl",
                                "{\"step\": 10, \"loss\": 0.5}\n{\"step\": 20, \"loss\": 0.25}\n".replace("step", name))
                        .steps())
                .containsExactly(10, 20);
    }

    @Test
    void anOpenQuoteCostsItsLine() throws IOException {
        RunLog log = one("log.csv", "step,loss\n1,0.5\n2,\"0.25\n3,0.125\n");
        assertThat(log.steps()).contains(1, 3);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).contains(0.5, 0.125);
    }

    @Test
    void aDamagedLineOfJsonCostsThatLine() throws IOException {
        RunLog log = one("log.jsonl", """
            {"config": {"lr": 0.001, "betas": [0.9, 0.95], "eps": 1e-08}}
            {"step": 1, "loss": 1.5}
            {"step": 2, "lo
            {"step": 3, "loss": NaN, "grad": {"norm": 7}}
            {"step": 4, "loss": 0.5}
            """);
        assertThat(log.steps()).containsExactly(1, 3, 4);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(1.5, Double.POSITIVE_INFINITY, 0.5);
        assertThat(log.numbers(Quantity.GRADIENT_NORM).orElseThrow()[1]).isEqualTo(7);
        assertThat(log.hyper()).containsEntry("lr", 1e-3).containsEntry("beta2", 0.95);
        assertThat(log.remarks()).anyMatch(remark -> remark.startsWith("1 lines of log.jsonl are no JSON"));
    }

    @Test
    void twoTermsWithoutATotalAreAddedAndThatIsSaid() throws IOException {
        RunLog log = one("log.csv", "step,a/loss,b/loss\n1,1,2\n2,3,4\n");
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(3, 7);
        assertThat(log.numbers("loss/a").orElseThrow()).containsExactly(1, 3);
        assertThat(log.facts().summed()).containsExactly("loss/a", "loss/b");
        assertThat(log.remarks())
                .anyMatch(remark -> remark.contains("sum of 'a/loss', 'b/loss'") && remark.contains("--map loss="));
    }
}
