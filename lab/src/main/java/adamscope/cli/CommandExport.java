package adamscope.cli;

import adamscope.data.AtomicFile;
import adamscope.data.Safetensors;
import adamscope.exchange.PyTorchState;
import adamscope.experiment.Train;
import adamscope.formula.PlainText;
import adamscope.model.BatchLoss;
import adamscope.model.ModelSource;
import adamscope.run.TrainingRun;
import adamscope.store.ResultStore;
import adamscope.tensor.LibTorch;
import adamscope.tensor.TensorScope;
import adamscope.training.Checkpoint;
import adamscope.training.CheckpointFolder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope export`: the newest checkpoint of a training in PyTorch's names.
@Command(
        name = "export",
        description = {
            "Write the newest checkpoint of a training for PyTorch: DIR/state.safetensors with parameters, optimizer"
                    + " state and hyper-parameters, the TorchScript model if the run has one, and adamscope_export.py,"
                    + " whose load(DIR, model, optimizer) takes them into a PyTorch loop."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope export runs/example --out exported")
final class CommandExport implements Callable<Integer> {
    private static final String STATE = "state.safetensors";
    private static final String SCRIPT = "adamscope_export.py";

    private final Console console;

    @Parameters(paramLabel = "RUN", description = "Run folder of a training.")
    private Path run;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write; new or empty.")
    private Path folder;

    @Mixin
    private JsonOption json;

    CommandExport(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ResultStore store = ResultStore.of(run);
        if (!(store.experiment() instanceof Train train)) {
            throw new IllegalArgumentException(
                    run + " holds an experiment of kind " + store.experiment().kind() + ", no training");
        }
        Path checkpoints = TrainingRun.checkpoints(run, "");
        List<Long> steps = CheckpointFolder.steps(checkpoints);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(run + " has no checkpoint");
        }
        LibTorch.require();
        try (TensorScope _ = new TensorScope()) {
            Checkpoint checkpoint = CheckpointFolder.read(checkpoints, steps.getLast(), train.digest(run));
            BatchLoss loss = train.task()
                    .at(train.training().run().place(), train.training().run().seed());
            Path state = folder.resolve(STATE);
            Safetensors exported =
                    PyTorchState.of(checkpoint, loss.blocks(), train.training().tuned());
            write(exported, train);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("folder", folder.toString());
            result.put("step", checkpoint.step());
            result.put("loss", checkpoint.loss());
            result.put("parameters", loss.parameters());
            if (json.wanted) {
                console.json("export", result);
            } else {
                console.line(String.format(
                        Locale.ROOT,
                        "%s parameters after step %s, loss %s: %s",
                        loss.parameters(),
                        checkpoint.step(),
                        new PlainText().number(checkpoint.loss()),
                        state));
            }
        }
        return ExitCode.DONE;
    }

    private void write(Safetensors exported, Train train) {
        OutFolder.write(folder, part -> {
            exported.write(part.resolve(STATE));
            try (InputStream script = CommandExport.class.getResourceAsStream(SCRIPT)) {
                AtomicFile.write(part.resolve(SCRIPT), script.readAllBytes());
            }
            if (train.task().model() instanceof ModelSource.TorchScript(Path file)) {
                AtomicFile.write(part.resolve("model.pt"), Files.readAllBytes(file));
            }
        });
    }
}
