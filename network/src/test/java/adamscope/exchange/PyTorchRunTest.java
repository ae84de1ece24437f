package adamscope.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.checkpoint.CheckpointFiles;
import adamscope.data.Safetensors;
import adamscope.model.TorchScriptNetwork;
import adamscope.rule.Schedule;
import adamscope.tensor.Place;
import adamscope.training.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The recorded run of docs/examples/pytorch (Adam, lr 0.01, β₂ 0.97, 100 steps), with other names and metadata.
class PyTorchRunTest {
    private static final Path RECORDED = Path.of("../docs/examples/pytorch");
    private static final List<String> NAMES = List.of("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias");

    private static final PyTorchRun.Told NOTHING = new PyTorchRun.Told("", OptionalLong.empty());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "maximize, True, adam-maximize",
        "maximize, TRUE, adam-maximize",
        "maximize, false, adam",
        "amsgrad, True, amsgrad-corrected",
        "decoupled_weight_decay, True, adamw",
        "decoupled_weight_decay, False, adam",
        "optimizer, AdamW, adamw",
        "optimizer, FusedAdam, adamw",
        "optimizer, PagedAdamW32bit, adamw"
    })
    void flagsAreReadAsPythonAndJsonWriteThem(String key, String value, String rule) {
        assertThat(run(metadata(key, value)).optimizer().rule().name()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "maximize, 1, expected true or false",
        "maximize, yes, expected true or false",
        "amsgrad, '', expected true or false",
        "decoupled_weight_decay, 0.1, expected true or false",
        "lr, fast, expected a number",
        "weight_decay, -1, outside",
        "step, 99.5, number of steps",
        "optimizer, NAdam, has no rule here",
        "optimizer, Adamax, has no rule here"
    })
    void otherValuesAreRefused(String key, String value, String message) {
        assertThatThrownBy(() -> run(metadata(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("state.safetensors: ")
                .hasMessageContaining(message);
    }

    @Test
    void whatTheMetadataDoNotSayIsAssumedAloud() {
        PyTorchRun run = run((_, metadata) -> {
            metadata.clear();
            metadata.put("step", "100");
            metadata.put("beta2", "0.97");
        });
        assertThat(run.optimizer().hyper()).containsExactly(Map.entry("beta2", 0.97));
        assertThat(run.said())
                .anyMatch(remark -> remark.contains("taken as Adam"))
                .anyMatch(remark -> remark.contains("does not say lr = 0.001, beta1 = 0.9, eps = 1e-8: assumed"));
    }

    @Test
    void aFileThatSaysEverythingLeavesNothingToSay() {
        assertThat(run((_, _) -> {}).said()).isEmpty();
    }

    @Test
    void numbersThatCannotBeAreSaidWithTheirTensor() {
        PyTorchRun run = run((tensors, _) -> {
            change(tensors, "2.bias.exp_avg_sq", 1, Double.NaN);
            change(tensors, "4.weight.exp_avg_sq", 0, -1e-9);
            change(tensors, "0.weight", 3, Double.POSITIVE_INFINITY);
            change(tensors, "0.bias.exp_avg", 0, -1);
        });
        checkpoint(run);
        assertThat(run.said())
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one)
                                .startsWith("one number of 2.bias.exp_avg_sq")
                                .endsWith("not finite"),
                        one -> assertThat(one)
                                .startsWith("one number of 4.weight.exp_avg_sq")
                                .endsWith("negative"),
                        one -> assertThat(one)
                                .startsWith("one number of 0.weight in")
                                .endsWith("not finite"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lr_scheduler.step", "scheduler.step", "step", "ema.step", "amp.scaler.step"})
    void onlyTheStepOfAParameterCounts(String name) {
        PyTorchRun run = run((tensors, _) -> tensors.put(name, Place.CPU_FLOAT64.number(7)));
        assertThat(run.step()).isEqualTo(100);
    }

    @Test
    void stepsOfParametersMustAgreeWithEachOther() {
        assertThatThrownBy(() -> run((tensors, _) -> tensors.put("2.bias.step", Place.CPU_FLOAT64.number(7))))
                .hasMessageContaining("the number of steps is [");
    }

    /// The same tensors under other names are the same run.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.%s, module.%s.exp",
                "_orig_mod.%s, _orig_mod.%s.exp",
                "module._orig_mod.%s, module._orig_mod.%s.exp",
                "model.%s, optimizer.state.%s.exp",
                "state_dict.net.%s, optimizer.state.net.%s.exp",
                "_fsdp_wrapped_module.%s, %s.exp",
                "%s, state.#.exp",
                "model.module.%s, optimizer.state.#.exp"
            })
    void namesOfWrappersAndOfTreesAreUnderstood(String pattern) {
        String[] patterns = pattern.split(", ", -1);
        PyTorchRun plain = run((_, _) -> {});
        PyTorchRun renamed = run((tensors, _) -> {
            Map<String, Tensor> before = new LinkedHashMap<>(tensors);
            tensors.clear();
            before.forEach((name, tensor) -> {
                int dot = name.indexOf(".exp");
                String parameter = dot < 0 ? name : name.substring(0, dot);
                String number = Integer.toString(NAMES.indexOf(parameter));
                String key = dot < 0 ? "" : name.substring(dot + ".exp".length());
                tensors.put(
                        (dot < 0 ? patterns[0] : patterns[1])
                                        .replace("%s", parameter)
                                        .replace("#", number)
                                + key,
                        tensor);
            });
        });
        assertThat(checkpoint(renamed)).isEqualTo(checkpoint(plain));
    }

    /// Numbers in the opposite order, which shapes cannot tell where the file has no groups.
    @Test
    void theOrderOfAnOptimizerMayBeGiven() {
        Path file = written((tensors, _) -> {
            Map<String, Tensor> before = new LinkedHashMap<>(tensors);
            tensors.clear();
            before.forEach((name, tensor) -> {
                int dot = name.indexOf(".exp");
                tensors.put(
                        dot < 0
                                ? name
                                : "state." + (NAMES.size() - 1 - NAMES.indexOf(name.substring(0, dot)))
                                        + name.substring(dot),
                        tensor);
            });
        });
        assertThatThrownBy(() -> of(file, NOTHING, List.of())).hasMessageContaining("no state of the optimizer has");
        assertThatThrownBy(() -> of(file, NOTHING, List.of("0.weight", "7.bias")))
                .hasMessageContaining("--order: the model has no parameter '7.bias'");
        assertThatThrownBy(() -> of(file, NOTHING, NAMES.subList(0, 5))).hasMessageContaining("--order: 5 names");
        assertThat(checkpoint(of(file, NOTHING, NAMES.reversed()))).isEqualTo(checkpoint(run((_, _) -> {})));
    }

    @Test
    void otherTensorsOfTheFileDoNotDisturb() {
        PyTorchRun run = run((tensors, _) -> {
            Map<String, Tensor> before = new LinkedHashMap<>(tensors);
            before.forEach((name, tensor) -> tensors.put("ema." + name, tensor.mul(Place.CPU_FLOAT64.number(2))));
        });
        assertThat(checkpoint(run)).isEqualTo(checkpoint(run((_, _) -> {})));
        assertThat(run.said()).singleElement().asString().contains("those of '', not of [ema.]");
    }

    @Test
    void groupsOfTheExporterAreGroupsHere() {
        PyTorchRun run = run((_, metadata) -> {
            metadata.put("optimizer", "AdamW");
            metadata.put("weight_decay", "0.1");
            metadata.put("groups", """
                [{"parameters": ["0.weight", "2.weight", "4.weight"], "lr": "0.01", "weight_decay": "0.1"},
                 {"parameters": ["0.bias", "2.bias", "4.bias"], "lr": "0.005", "weight_decay": "0.0"}]\
                """);
        });
        Schedule cosine = new Schedule.Cosine(0.01, 0, 300);
        assertThat(run.groups(Map.of("lr", cosine))).singleElement().satisfies(group -> {
            assertThat(group.parameters()).containsExactly("0.bias", "2.bias", "4.bias");
            assertThat(group.schedules())
                    .containsOnly(
                            Map.entry("weight_decay", new Schedule.Constant(0)),
                            Map.entry("lr", new Schedule.Cosine(0.005, 0, 300)));
        });
    }

    /// As torch.save keeps an exported class: groups with beta1, which no Adam of PyTorch has, and no word of the rule.
    @Test
    void averagesOfAClassOfOnesOwnAreNotTakenForAdams() {
        Path file = written((_, metadata) -> {
            metadata.clear();
            metadata.put("groups", "[{\"parameters\": [], \"lr\": 0.01, \"beta1\": 0.9, \"beta2\": 0.99}]");
        });
        assertThatThrownBy(() -> of(file, NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        file + " is of an optimizer with beta1 and beta2 where those of PyTorch have betas");
    }

    @Test
    void theUserSaysWhatTheFileDoesNot() {
        Path file = written((_, metadata) -> {
            metadata.clear();
            metadata.put("weight_decay", "0.1");
        });
        PyTorchRun run = of(file, new PyTorchRun.Told("Adam", OptionalLong.of(50)));
        assertThat(run.step()).isEqualTo(50);
        assertThat(run.optimizer().rule().name()).isEqualTo("adam");
        assertThat(run.optimizer().decay()).isEqualTo(0.1);
        assertThatThrownBy(() -> of(file, new PyTorchRun.Told("", OptionalLong.empty())))
                .hasMessageContaining("give --step N");
    }

    private static BiConsumer<Map<String, Tensor>, Map<String, String>> metadata(String key, String value) {
        return (_, metadata) -> metadata.put(key, value);
    }

    private static void change(Map<String, Tensor> tensors, String name, int place, double value) {
        Tensor changed = tensors.get(name).clone();
        changed.flatten().narrow(0, place, 1).fill_(new org.bytedeco.pytorch.Scalar(value));
        tensors.put(name, changed);
    }

    private PyTorchRun run(BiConsumer<Map<String, Tensor>, Map<String, String>> change) {
        return of(written(change), new PyTorchRun.Told("", OptionalLong.empty()));
    }

    private final List<AutoCloseable> open = new ArrayList<>();
    private final PointerScope scope = new PointerScope();

    @org.junit.jupiter.api.AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        scope.close();
    }

    private PyTorchRun of(Path file, PyTorchRun.Told told) {
        return of(file, told, List.of());
    }

    private PyTorchRun of(Path file, PyTorchRun.Told told, List<String> order) {
        CheckpointFiles files = CheckpointFiles.open(List.of(file));
        open.add(files);
        TorchScriptNetwork network = TorchScriptNetwork.load(RECORDED.resolve("model.pt"));
        return new PyTorchRun(SavedRun.of(files, file.toString(), network, order), told);
    }

    private Path written(BiConsumer<Map<String, Tensor>, Map<String, String>> change) {
        Path file = folder.resolve(open.size() + "state.safetensors");
        Safetensors state = Safetensors.read(RECORDED.resolve("state.safetensors"));
        Map<String, Tensor> tensors = new LinkedHashMap<>(state.tensors());
        Map<String, String> metadata = new LinkedHashMap<>(state.metadata());
        change.accept(tensors, metadata);
        try {
            new Safetensors(tensors, metadata).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /// θ, m and v, one after the other.
    private static List<Double> checkpoint(PyTorchRun run) {
        Map<String, Double> hyper =
                run.optimizer().rule().values(run.optimizer().hyper());
        Checkpoint checkpoint = run.checkpoint(run.optimizer().rule(), hyper, 0);
        List<Double> numbers = new ArrayList<>();
        Consumer<Tensor> add = tensor -> {
            for (double number : Place.numbers(tensor)) {
                numbers.add(number);
            }
        };
        add.accept(checkpoint.theta());
        add.accept(checkpoint.states().get("m"));
        add.accept(checkpoint.states().get("v"));
        return numbers;
    }
}
