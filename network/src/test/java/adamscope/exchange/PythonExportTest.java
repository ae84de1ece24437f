package adamscope.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adamscope.data.Safetensors;
import adamscope.dynamics.ClosedMap;
import adamscope.linear.CountedNormal;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.optimizer.StateVariable;
import adamscope.rule.TensorRule;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exported rules against the program's own steps, where `/usr/bin/python3` has torch; else skipped.
class PythonExportTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path RESOURCES = Path.of("src/test/resources/adamscope/exchange");
    private static final int STEPS = 200;

    /// Two groups: a matrix, a filter of four dimensions, a vector; a single number, a square matrix, a vector.
    private static final Map<String, List<Block>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put(
                "A",
                List.of(
                        new Block("A.matrix", 0, List.of(5L, 7L)),
                        new Block("A.filter", 35, List.of(2L, 3L, 2L, 2L)),
                        new Block("A.vector", 59, List.of(6L))));
        GROUPS.put(
                "B",
                List.of(
                        new Block("B.square", 0, List.of(3L, 3L)),
                        new Block("B.single", 9, List.of()),
                        new Block("B.vector", 10, List.of(4L))));
    }

    @TempDir
    private Path folder;

    @Test
    void exportedRulesMakeTheStepsOfTheProgram() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
        Path output = folder.resolve("output.txt");
        assumeTrue(run(output, "-c", "import torch, numpy") == 0, PYTHON + " has no torch");
        int rules = 0;
        for (String name : Catalogue.NAMES) {
            write(Catalogue.shipped(name));
            rules++;
        }
        try (Stream<Path> files = Files.list(RESOURCES.resolve("rules"))) {
            for (Path file : files.toList()) {
                write(Catalogue.find(file.toString()));
                rules++;
            }
        }
        assertThat(rules).isEqualTo(Catalogue.NAMES.size() + 10);
        int exit = run(
                output,
                RESOURCES.resolve("check_exported.py").toString(),
                folder.toString(),
                "../python",
                RESOURCES.resolve("standin").toString());
        String printed = Files.readString(output);
        assertThat(exit).as(printed).isZero();
        assertThat(printed.lines()).hasSize(rules);
    }

    @Test
    void aLineThatPythonCannotParseIsRefusedByName() {
        OptimizerRule deep = RuleReader.read(
                "deep.opt",
                "optimizer deep\nhyper lr = 0.1\nx <- x - lr*" + "exp(".repeat(160) + "g" + ")".repeat(160) + "\n");
        for (BiFunction<OptimizerRule, String, String> export :
                List.<BiFunction<OptimizerRule, String, String>>of(PyTorchClass::of, OptaxTransformation::of)) {
            assertThatThrownBy(() -> export.apply(deep, "deep.opt"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("deep: a line with more than 150 parentheses inside one another");
        }
    }

    @Test
    void adamReadsAsAPersonWouldWriteIt() {
        assertThat(PyTorchClass.of(Catalogue.shipped("adam"), "adam"))
                .contains("    m.mul_(beta1).add_(g, alpha=1 - beta1)  # m <- beta1*m + (1 - beta1)*g\n")
                .contains("    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)  # v <- beta2*v + (1 - beta2)*g^2\n")
                .contains("    P = (1 - beta1**t) * (torch.sqrt(v / (1 - beta2**t)) + eps)\n")
                .contains("    x.addcdiv_(m, P, value=-lr)  # x <- x - lr*m/P\n")
                .contains("    torch._foreach_addcdiv_(x, m, P, value=-lr)\n")
                .contains("def __init__(self, params, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, foreach=False,");
    }

    @Test
    void aFileOfARuleNamesTheCommandByThePathThatWasGiven() throws IOException {
        Path file = Files.createDirectory(folder.resolve("my rules")).resolve("another \\name.opt");
        Files.writeString(file, "optimizer down\nhyper lr = 0.1\nx <- x - lr*g\n");
        OptimizerRule rule = Catalogue.find(file.toString());
        String inDocstring = file.toString().replace("\\", "\\\\");
        assertThat(PyTorchClass.of(rule, file.toString()))
                .contains("Written by `adamscope optimizers export '" + inDocstring + "' --to pytorch`; needs");
        assertThat(OptaxTransformation.of(rule, file.toString()))
                .contains("Written by `adamscope optimizers export '" + inDocstring + "' --to optax`; needs");
    }

    private static int run(Path output, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /// The two files of a rule, and its run here.
    private void write(OptimizerRule rule) throws IOException {
        Files.writeString(folder.resolve(rule.name() + ".py"), PyTorchClass.of(rule, rule.name()));
        Files.writeString(folder.resolve(rule.name() + "_optax.py"), OptaxTransformation.of(rule, rule.name()));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        PythonRule names = PythonRule.of(rule, true);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("rule", rule.text());
        metadata.put("class", PythonFile.className(rule));
        metadata.put("function", OptaxTransformation.function(rule));
        metadata.put("states", String.join(" ", PythonRule.stateNames(rule)));
        boolean matrices = rule.text().contains("orthogonalize");
        try (PointerScope _ = new PointerScope()) {
            for (String group : GROUPS.keySet()) {
                List<Block> blocks = GROUPS.get(group).stream()
                        .filter(block -> block.isMatrix() || !matrices)
                        .toList();
                Map<String, Double> hyper = rule.values(group.equals("A") ? Map.of() : other(rule));
                hyper.forEach((name, value) ->
                        metadata.put(group + "." + names.names().get(name), value.toString()));
                add(rule, hyper, packed(blocks), tensors);
            }
            new Safetensors(tensors, metadata).write(folder.resolve(rule.name() + ".safetensors"));
        }
    }

    /// Half the learning rate, another average.
    private static Map<String, Double> other(OptimizerRule rule) {
        Map<String, Double> other = new LinkedHashMap<>();
        rule.hyperParameters().forEach(hyper -> {
            if (hyper.name().equals("lr") || hyper.name().equals("lambda")) {
                other.put(hyper.name(), hyper.defaultValue() / 2);
            }
            if (hyper.name().equals("beta1")) {
                other.put(hyper.name(), 0.8);
            }
        });
        return other;
    }

    /// The same blocks without gaps between them.
    private static List<Block> packed(List<Block> blocks) {
        List<Block> packed = new ArrayList<>();
        long offset = 0;
        for (Block block : blocks) {
            packed.add(new Block(block.name(), offset, block.shape()));
            offset += block.size();
        }
        return packed;
    }

    /// 200 steps from a cold start; the gradient is c·x − d, too flat for any rule to arrive.
    private static void add(
            OptimizerRule rule, Map<String, Double> hyper, List<Block> blocks, Map<String, Tensor> tensors) {
        Place place = Place.CPU_FLOAT64;
        int size = (int) (blocks.getLast().offset() + blocks.getLast().size());
        double[] start = new double[size];
        double[] c = new double[size];
        double[] d = new double[size];
        for (int i = 0; i < size; i++) {
            start[i] = CountedNormal.number(1, i);
            c[i] = 0.01 + 0.02 * Math.abs(CountedNormal.number(2, i));
            d[i] = CountedNormal.number(3, i);
        }
        Tensor theta = place.tensor(start, size);
        Tensor slope = place.tensor(c, size);
        Tensor shift = place.tensor(d, size);
        blocks.forEach(block -> {
            tensors.put(block.name() + ".x", shaped(block, theta.clone()));
            tensors.put(block.name() + ".c", shaped(block, slope));
            tensors.put(block.name() + ".d", shaped(block, shift));
        });
        Point before = new Point(theta, theta.mul(slope).sub(shift), place);
        TensorRule run = TensorRule.start(rule, hyper, blocks, ClosedMap.Start.ZERO, before);
        for (int step = 0; step < STEPS; step++) {
            run.advance(theta, theta.mul(slope).sub(shift));
        }
        for (Block block : blocks) {
            tensors.put(block.name() + ".end", shaped(block, theta));
            for (StateVariable state : rule.states()) {
                tensors.put(block.name() + ".end." + state.name(), shaped(block, run.state(state.name())));
            }
        }
    }

    private static Tensor shaped(Block block, Tensor flat) {
        long[] shape = block.shape().stream().mapToLong(Long::longValue).toArray();
        return flat.narrow(0, block.offset(), block.size()).view(shape).contiguous();
    }
}
