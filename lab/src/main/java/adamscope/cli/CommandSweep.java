package adamscope.cli;

import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.NetworkTraining;
import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.store.ResultStore;
import adamscope.store.TileStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `adamscope sweep`: one experiment at every point of a space, resumable.
@Command(
        name = "sweep",
        description = {
            "Repeat a simulation or the training of a network at every point of a space: axes linear, logarithmic,"
                    + " one-minus-logarithmic, lists, or sampled along a Sobol sequence.",
            "Finished tiles are kept whatever happens: --resume checks them, repairs what is damaged and continues,"
                    + " to the same bytes."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope sweep -c docs/examples/sweep-betas.yaml --out runs/betas")
final class CommandSweep implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private ExperimentOption experiment;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Run folder; has to be new or empty. Without it: a fresh one below runs/.")
    private Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Continue the sweep in this folder; with -c, only if it is the same experiment.")
    private Path resumed;

    @Option(
            names = "--tile",
            paramLabel = "POINTS",
            description = "Points of a tile, the most that an interruption loses for each processor; standard: about a"
                    + " second of work. Changes no result.")
    private Integer tile;

    @Option(
            names = "--refine",
            paramLabel = "OUTCOME",
            arity = "0..1",
            fallbackValue = Sweep.ANY,
            description =
                    "In a plane of two axes, run only points beside boundaries of this outcome (without a word: of"
                            + " any), and report areas and boundary with error bars.")
    private String refine;

    @Option(
            names = "--preview",
            paramLabel = "DIR",
            description = "Draw what the sweep in this folder has so far, say how far it came, and run nothing; another"
                    + " process may be at work in it.")
    private Path preview;

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--full-length",
            description = "Compute every step of every run, also where its cycle is exact or its fall is the theory's;"
                    + " only beyond the range of double there is nothing to compute.")
    private boolean fullLength;

    @Mixin
    private JsonOption json;

    CommandSweep(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        refuseContradictions();
        engine.refuseUnusable();
        if (preview != null) {
            return SweepView.of(preview).show(console, json.wanted);
        }
        ResultStore run = resumed == null ? begun() : continued();
        TileStore tiles;
        try {
            tiles = resumed == null ? TileStore.begin(run, tileSize((Sweep) run.experiment())) : TileStore.resume(run);
        } catch (IllegalArgumentException e) {
            if (resumed == null) {
                run.withdraw();
            }
            throw e;
        }
        if (tiles.repaired() > 0) {
            console.remark(
                    "adamscope: " + tiles.repaired() + " damaged or foreign tiles were taken away and run again");
        }
        Map<String, Object> found = new SweepRun(console, run, tiles, engine.choose(console, run.folder())).complete();
        if (json.wanted) {
            console.json(found);
        } else {
            console.line(String.format(
                    Locale.ROOT,
                    "%s points, %s of them run, %s kept from before",
                    found.get("points"),
                    found.get("pointsRun"),
                    found.get("pointsKept")));
            ExperimentCommand.counts((Map<?, ?>) found.get("outcomes")).forEach(console::line);
            if (found.get("areas") instanceof Map<?, ?> areas) {
                areas.forEach((outcome, area) ->
                        console.line(String.format(Locale.ROOT, "  area of %-12s %s", outcome, area)));
                console.line(String.format(
                        Locale.ROOT,
                        "an island of fewer than %1$s × %1$s points may lie unseen between those of the coarse grid",
                        found.get("coarseGrid")));
            }
            if (found.get("ranShare") instanceof Double share) {
                console.line(String.format(
                        Locale.ROOT, "%.1f %% of the steps were computed, the rest was known", 100 * share));
            }
            console.line("table: " + run.folder().resolve("sweep.parquet") + ", sha256 " + found.get("sha256"));
            console.line("report: " + run.folder().resolve("report.html"));
        }
        return ExitCode.DONE;
    }

    private void refuseContradictions() {
        if (resumed != null && out != null) {
            throw new IllegalArgumentException("--resume continues in its own folder; leave out --out " + out);
        }
        if (preview != null && (resumed != null || out != null || experiment.file != null)) {
            throw new IllegalArgumentException("--preview only looks at a folder; leave out --resume, --out and -c");
        }
        if (preview != null) {
            return;
        }
        if (refine != null && experiment.file == null) {
            throw new IllegalArgumentException("--refine needs the experiment: -c FILE.yaml");
        }
        if (resumed == null && experiment.file == null) {
            throw new IllegalArgumentException("nothing to sweep: give -c FILE.yaml, or --resume DIR to continue one");
        }
        if (resumed != null && experiment.file == null && (experiment.rule.isGiven() || fullLength)) {
            throw new IllegalArgumentException(
                    "--resume continues an experiment as it is; --optimizer, --set and --full-length would change it");
        }
        if (tile != null && tile < 1) {
            throw new IllegalArgumentException("--tile " + tile + ": a tile has at least 1 point");
        }
    }

    private Sweep asked() {
        return ExperimentDraft.read(experiment.file)
                .setInBase(experiment.rule.optimizer, experiment.rule.settings)
                .with("refine", refine)
                .with("fullLength", fullLength ? true : null)
                .sweep();
    }

    private ResultStore begun() {
        Sweep sweep = asked();
        return ResultStore.create(out, sweep, arguments());
    }

    private ResultStore continued() {
        ResultStore run = ResultStore.resume(resumed, arguments());
        if (!(run.experiment() instanceof Sweep)) {
            throw new IllegalArgumentException(
                    resumed + " holds kind = " + run.experiment().kind() + ", no sweep");
        }
        if (experiment.file != null) {
            TileStore.refuseOther(resumed, asked());
        }
        return run;
    }

    private List<String> arguments() {
        return command.commandLine().getParent().getParseResult().originalArgs();
    }

    /// About a second of work on one thread, and at least eight tiles for each.
    private int tileSize(Sweep sweep) {
        if (tile != null) {
            return tile;
        }
        if (sweep.base() instanceof NetworkTraining) {
            return 1;
        }
        double seconds = 1e-6 + 4e-9 * ((Simulation) sweep.base()).steps();
        double fair =
                (double) sweep.space().points() / (8 * Runtime.getRuntime().availableProcessors());
        return (int) Math.clamp(Math.min(1 / seconds, fair), 512, 1 << 18);
    }
}
