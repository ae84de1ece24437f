package adamscope.cli;

import adamscope.checkpoint.CheckpointFiles;
import adamscope.data.ArraySource;
import adamscope.data.AtomicFile;
import adamscope.exchange.PyTorchOptimizer;
import adamscope.exchange.PyTorchRun;
import adamscope.exchange.SavedRun;
import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Train;
import adamscope.formula.PlainText;
import adamscope.model.BatchLoss;
import adamscope.model.TorchScriptNetwork;
import adamscope.model.TorchScriptTrial;
import adamscope.rule.TunedSchedule;
import adamscope.run.TrainingRun;
import adamscope.shape.Decimal;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import adamscope.tensor.TensorScope;
import adamscope.text.FileReason;
import adamscope.text.Shell;
import adamscope.training.Checkpoint;
import adamscope.training.CheckpointFolder;
import adamscope.training.Companions;
import adamscope.training.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope import`: a run of PyTorch as a run folder.
@Command(
        name = "import",
        description = {
            "Take over a run of PyTorch: a TorchScript model, optimizer state, data. The run folder has a checkpoint"
                    + " from which adamscope train --resume goes on.",
            "The state is read from what python/adamscope_export.py wrote, or from a checkpoint as it is: safetensors,"
                + " .pt, .bin and .ckpt of torch.save, a folder of torch.distributed.checkpoint or of Hugging Face's"
                + " Trainer. No code in it runs; what it does not say is assumed and told.",
            "A TorchScript file is a program: one that reads or writes files is refused, and it is tried on two samples"
                    + " in a process of its own with bounds on time and memory. Import files of people you trust."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope import --torchscript docs/examples/pytorch/model.pt \\%n"
                + "      --state docs/examples/pytorch/state.safetensors \\%n"
                + "      --data docs/examples/pytorch/data.safetensors \\%n"
                + "      --loss cross-entropy --set steps=200 --out runs/imported")
final class CommandImport implements Callable<Integer> {
    private static final String HELD = "validation.safetensors";

    private final Console console;

    @Option(names = "--torchscript", paramLabel = "FILE", required = true, description = "torch.jit.save's file.")
    private Path torchscript;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            required = true,
            description =
                    "Checkpoint with parameters and optimizer state; may be repeated where they lie in several files.")
    private List<Path> states;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "Class of PyTorch's optimizer, where the checkpoint does not say it: Adam, AdamW, RMSprop, SGD.")
    private String kind;

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "Steps that were made, where the checkpoint does not say it (SGD does not count).")
    private Long step;

    @Option(
            names = "--order",
            paramLabel = "FILE",
            description =
                    "Names of the parameters in the order of the optimizer, one on a line, where the shapes of its"
                            + " states leave a choice.")
    private Path order;

    @Option(
            names = "--lr",
            paramLabel = "VALUE|SCHEDULE",
            description =
                    "Learning rate from here on, in place of the checkpoint's: '{schedule: linear, value: 1e-3, end: 0,"
                            + " steps: 300}'.")
    private String lr;

    @Option(names = "--data", paramLabel = "FILE", description = "Safetensors with the tensors inputs and targets.")
    private Path data;

    @Option(names = "--inputs", paramLabel = "FILE.npy", description = "In place of --data, with --targets.")
    private Path inputs;

    @Option(names = "--targets", paramLabel = "FILE.npy", description = "In place of --data, with --inputs.")
    private Path targets;

    @Option(
            names = "--validation",
            paramLabel = "SHARE|FILE",
            description = "Samples that are not trained on from here on, to measure on: a share of the data as 0.1,"
                    + " safetensors with inputs and targets, or a mapping as in an experiment: '{share: 0.1, every:"
                    + " 50}'.")
    private String validation;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "cross-entropy or mean-squared (PyTorch's), or half-squared; without it that of the exporter;"
                    + " texts need none.")
    private String loss;

    @Mixin
    private RuleOptions rule;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandImport(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (out.folder == null) {
            throw new IllegalArgumentException("--out is missing; name the run folder");
        }
        if (step != null && step < 0) {
            throw new IllegalArgumentException("--step " + step + ": allowed are 0 and more");
        }
        if ((data == null) == (inputs == null) || (inputs == null) != (targets == null)) {
            throw new IllegalArgumentException("give --data FILE.safetensors, or --inputs and --targets");
        }
        console.wayOn("the same command goes on in " + out.folder);
        LibTorch.require();
        LibTorch.useThreads(1);
        try (TensorScope _ = new TensorScope();
                CheckpointFiles checkpoint = CheckpointFiles.open(states)) {
            Map<String, Path> files = files();
            Precision precision = SavedRun.precision(checkpoint);
            TorchScriptTrial.require(torchscript, inputsOf(), precision);
            SavedRun saved = SavedRun.of(checkpoint, source(), TorchScriptNetwork.load(torchscript), order());
            PyTorchRun found = new PyTorchRun(
                    saved, new PyTorchRun.Told(kind, step == null ? OptionalLong.empty() : OptionalLong.of(step)));
            // All files are looked at where they are, before a folder is made.
            Train here = experiment(found, files, precision);
            refuseOtherLoss(found, here);
            BatchLoss looked = here.task().at(here.training().run().place(), 0);
            Checkpoint from = checkpoint(found, here, looked);
            return imported(experiment(found, copied(files), precision), files, from, found, looked.parameters());
        }
    }

    /// The files of the state as a person calls them.
    private String source() {
        return states.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private List<String> order() {
        if (order == null) {
            return List.of();
        }
        try {
            return Files.readAllLines(order).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + order + ": " + FileReason.of(e), e);
        }
    }

    /// The experiment is written last: a folder without its checkpoint is no run, and the same import goes on in it.
    private int imported(
            Train train, Map<String, Path> files, Checkpoint checkpoint, PyTorchRun found, long parameters) {
        Map<String, Object> facts =
                JsonDocument.object("step", checkpoint.step(), "torchscript", torchscript, "state", source());
        ResultStore store = out.fill(train, facts, () -> {
            copied(files).forEach((name, copy) -> copy(files.get(name), copy));
            Path checkpoints = TrainingRun.checkpoints(out.folder, "");
            CheckpointFolder.clear(checkpoints);
            new CheckpointFolder(checkpoints, train.digest(out.folder), train.checkpoints(), Companions.NONE)
                    .last(() -> checkpoint);
        });
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("folder", store.folder().toString());
        result.put("optimizer", train.training().tuned().rule().name());
        result.put("step", checkpoint.step());
        result.put("loss", checkpoint.loss());
        result.put("parameters", parameters);
        List<String> remarks = remarks(train, found);
        result.put("remarks", remarks);
        if (json.wanted) {
            console.json("import", result);
        } else {
            remarks.forEach(remark -> console.remark("note: " + remark));
            console.line(String.format(
                    Locale.ROOT,
                    "%s, %s parameters, step %s, loss %s",
                    result.get("optimizer"),
                    result.get("parameters"),
                    checkpoint.step(),
                    new PlainText().number(checkpoint.loss())));
            console.line("go on with: " + Shell.call("train", "--resume", store.folder()));
        }
        return ExitCode.DONE;
    }

    private List<String> remarks(Train train, PyTorchRun found) {
        List<String> remarks = new ArrayList<>(found.said());
        if (loss == null && found.criterion().isEmpty()) {
            remarks.add("the checkpoint does not say the loss and there is no --loss: it is that of the data,"
                    + " cross-entropy of tokens and images, otherwise mean-squared");
        }
        boolean groups = found.optimizer().groups().stream().anyMatch(group -> !group.isEmpty());
        if (groups && train.training().tuned().groups().isEmpty()) {
            remarks.add("--optimizer is another rule than that of the checkpoint: its groups are left out");
        }
        return remarks;
    }

    /// Where PyTorch's own loss is known, that of all the data here must agree.
    private void refuseOtherLoss(PyTorchRun found, Train train) {
        if (found.loss().isEmpty()) {
            return;
        }
        Place place = train.training().run().place();
        Task whole =
                new Task(train.task().model(), train.task().data(), train.task().loss());
        double reached = found.lossOf(whole.at(place, 0));
        // Sums in another order: some 1e3 roundings at most.
        double allowed = 1e4 * place.precision().roundoff() * Math.max(1, Math.abs(reached));
        found.loss().ifPresent(pytorch -> {
            if (!(Math.abs(pytorch - reached) <= allowed)) {
                throw new IllegalArgumentException("the loss at these parameters is " + new PlainText().number(reached)
                        + ", but PyTorch had " + new PlainText().number(pytorch) + " (metadata of " + source()
                        + "): model, data or --loss are not those of the run");
            }
        });
    }

    private Checkpoint checkpoint(PyTorchRun found, Train train, BatchLoss looked) {
        long step = found.step();
        if (train.training().ending().steps() <= step) {
            throw new IllegalArgumentException(
                    "steps = " + train.training().ending().steps() + ": the run has made " + step
                            + " already; give --set steps=N with the step at which it ends");
        }
        Map<String, Double> hyper = train.training().tuned().at(step + 1);
        return found.checkpoint(train.training().tuned().rule(), hyper, found.lossOf(looked));
    }

    private ArraySource.Stored inputsOf() {
        return data != null ? new ArraySource.Stored(data, "inputs") : new ArraySource.Stored(inputs, "");
    }

    private Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("model.pt", torchscript);
        if (data != null) {
            files.put("data.safetensors", data);
        } else {
            files.put("inputs.npy", inputs);
            files.put("targets.npy", targets);
        }
        validationFile().ifPresent(file -> files.put(HELD, file));
        return files;
    }

    private Optional<Path> validationFile() {
        return validation != null && validation.endsWith(".safetensors")
                ? Optional.of(Path.of(validation))
                : Optional.empty();
    }

    /// As a value in YAML.
    private String validation(Map<String, Path> files) {
        String written = validation.strip();
        if (files.containsKey(HELD)) {
            Path file = files.get(HELD);
            return "{data: {source: arrays, inputs: " + quoted(file + "#inputs").strip() + ", targets: "
                    + quoted(file + "#targets").strip() + "}}";
        }
        return written.startsWith("{")
                ? written.lines().collect(Collectors.joining(" "))
                : "{share: " + Decimal.written(Decimal.read("--validation", written)) + "}";
    }

    private Map<String, Path> copied(Map<String, Path> files) {
        Map<String, Path> copied = new LinkedHashMap<>();
        files.keySet()
                .forEach(name -> copied.put(name, out.folder.toAbsolutePath().resolve(name)));
        return copied;
    }

    private static void copy(Path from, Path to) {
        try {
            byte[] content = Files.readAllBytes(from);
            AtomicFile.write(to, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to + ": " + e.getMessage(), e);
        }
    }

    private Train experiment(PyTorchRun found, Map<String, Path> files, Precision precision) {
        PyTorchOptimizer optimizer = found.optimizer();
        StringBuilder text = new StringBuilder("kind: train\nsteps: " + (found.step() + 1000) + "\nmodel:\n");
        text.append("  kind: torchscript\n  file: ").append(quoted(files.get("model.pt")));
        text.append("data:\n  source: arrays\n");
        if (data != null) {
            Path file = files.get("data.safetensors");
            text.append("  inputs: ").append(quoted(file + "#inputs"));
            text.append("  targets: ").append(quoted(file + "#targets"));
        } else {
            text.append("  inputs: ").append(quoted(files.get("inputs.npy")));
            text.append("  targets: ").append(quoted(files.get("targets.npy")));
        }
        text.append("precision: ").append(precision.name().toLowerCase(java.util.Locale.ROOT));
        text.append("\noptimizer:\n");
        if (optimizer.shipped()) {
            text.append("  name: ").append(optimizer.rule().name()).append('\n');
        } else {
            text.append("  rule: |\n").append(optimizer.rule().text().indent(4));
        }
        optimizer.hyper().forEach((name, value) -> {
            if (lr == null || !name.equals("lr")) {
                text.append("  " + name + ": " + new PlainText().number(value) + "\n");
            }
        });
        if (lr != null) {
            text.append("  lr: ")
                    .append(lr.lines().collect(Collectors.joining(" ")))
                    .append('\n');
        }
        if (optimizer.decay() > 0) {
            text.append("decay: " + new PlainText().number(optimizer.decay()) + "\ndecoupled: false\n");
        }
        if (validation != null) {
            text.append("validation: ").append(validation(files)).append('\n');
        }
        Train train = ExperimentDraft.parse(source(), text.toString())
                .with("loss", loss == null ? found.criterion().orElse(null) : loss)
                .optimizer(rule.optimizer)
                .set(rule.settings)
                .train();
        return scheduled(train, found);
    }

    /// With the schedule of the learning rate, unless the user gives one, and the groups of the optimizer.
    private Train scheduled(Train train, PyTorchRun found) {
        TunedSchedule tuned = train.training().tuned();
        boolean given = lr != null || rule.settings.stream().anyMatch(setting -> setting.startsWith("lr="));
        if (!given) {
            tuned = tuned.with(
                    found.schedule().map(schedule -> Map.of("lr", schedule)).orElse(Map.of()));
        }
        if (tuned.rule().equals(found.optimizer().rule())) {
            tuned = tuned.with(found.groups(tuned.schedules()));
        }
        return new Train(train.task(), train.training().with(tuned), train.watch(), train.checkpoints());
    }

    private static String quoted(Object path) {
        return "'" + path.toString().replace("'", "''") + "'\n";
    }
}
