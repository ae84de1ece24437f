package adamscope.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.checkpoint.Value;
import adamscope.rule.Schedule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedScheduleTest {

    /// `get_last_lr()` of PyTorch 1.13.1 after 50 steps, from lr = 0.1.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "T_max=200 eta_min=0.01 last_epoch=50        | 0.0868198051533946",
                "step_size=20 gamma=0.5 last_epoch=50        | 0.025",
                "gamma=0.99 last_epoch=50                    | 0.06050060671375364",
                "start_factor=1 end_factor=0.1 total_iters=80 last_epoch=50 | 0.04374999999999997"
            })
    void whatTheKeysSayIsWhatPyTorchDoes(String keys, double lr) {
        Schedule schedule = saved(keys).of(0.1).orElseThrow();
        // PyTorch multiplies 50 times, each rounded.
        assertThat(schedule.at(51, Double.NaN)).isCloseTo(lr, within(1e-15));
        assertThat(saved(keys).steps()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        "lr_lambdas.0=0 base_lrs.0=1",
        "_schedulers=2 T_max=10",
        "milestones.30=1 gamma=0.1",
        "total_size=100 step_size_up=3",
        "factor=0.1 patience=10 mode=1",
        "T_0=10 T_mult=2 T_i=10"
    })
    void whatTheKeysDoNotSayIsNotGuessed(String keys) {
        assertThat(saved(keys).of(0.1)).isEmpty();
    }

    private static SavedSchedule saved(String keys) {
        Map<String, Value> values = new LinkedHashMap<>();
        Arrays.stream(keys.split(" "))
                .map(key -> key.split("="))
                .forEach(key -> values.put(key[0], new Value.Number(Double.parseDouble(key[1]))));
        return new SavedSchedule(values);
    }
}
