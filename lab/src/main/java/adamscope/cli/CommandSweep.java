package adamscope.cli;

import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Sweep;
import adamscope.run.SweepFound;
import adamscope.run.SweepProgress;
import adamscope.run.SweepRun;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.store.TileStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
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
            "Repeat a simulation or a training at every point of a space: axes linear, logarithmic,"
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
            description = "Run folder; new or empty. Without it: a fresh one below runs/.")
    private Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with what is in this folder; with -c, only if it is the same experiment.")
    private Path resumed;

    @Option(
            names = "--tile",
            paramLabel = "POINTS",
            description = "Points of a tile, the most that an interruption loses for each processor; default: about a"
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

    @Option(
            names = "--minimum",
            paramLabel = "NUMBER",
            description = "The least value of the objective, from which losses are measured; without it, it is found.")
    private String minimum;

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
            return previewed(SweepProgress.of(preview));
        }
        SweepRun.Means means = new SweepRun.Means(
                folder -> engine.choose(console, folder), tile == null ? OptionalInt.empty() : OptionalInt.of(tile));
        ResultStore store = resumed == null ? ResultStore.create(out, asked(), arguments()) : continued();
        SweepFound found = SweepRun.open(store, console, means).complete();
        if (json.wanted) {
            console.json("sweep", found.document(store.folder()));
        } else {
            found.lines().forEach(console::line);
            console.line("table: " + store.folder().resolve("sweep.parquet") + ", sha256 " + found.sha256());
            console.line("report: " + store.folder().resolve("report.html"));
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
        if (resumed != null
                && experiment.file == null
                && (experiment.rule.isGiven() || fullLength || minimum != null)) {
            throw new IllegalArgumentException(
                    "--resume continues an experiment as it is; --optimizer, --set, --minimum and --full-length would"
                            + " change it");
        }
        if (tile != null && tile < 1) {
            throw new IllegalArgumentException("--tile " + tile + ": a tile has at least 1 point");
        }
    }

    private Sweep asked() {
        return ExperimentDraft.read(experiment.file)
                .setInBase(experiment.rule.optimizer, experiment.rule.settings)
                .inBase("minimum", minimum)
                .with("refine", refine)
                .with("fullLength", fullLength ? true : null)
                .sweep();
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

    private int previewed(SweepProgress sweep) {
        String picture = sweep.picture().map(Path::toString).orElse("");
        double left = sweep.secondsLeft();
        if (json.wanted) {
            console.json(
                    "sweep/preview",
                    sweep.refining()
                            ? JsonDocument.object(
                                    "points",
                                    sweep.points(),
                                    "done",
                                    sweep.done(),
                                    "refining",
                                    true,
                                    "picture",
                                    picture)
                            : JsonDocument.object(
                                    "points",
                                    sweep.points(),
                                    "done",
                                    sweep.done(),
                                    "pointsPerSecond",
                                    sweep.perSecond(),
                                    "secondsLeft",
                                    left,
                                    "picture",
                                    picture));
            return ExitCode.DONE;
        }
        console.line(
                sweep.refining()
                        ? String.format(
                                Locale.ROOT,
                                "%d points run so far; refinement goes on beside boundaries, in a plane of %d",
                                sweep.done(),
                                sweep.points())
                        : String.format(
                                Locale.ROOT,
                                "%d of %d points, %.1f %%%s",
                                sweep.done(),
                                sweep.points(),
                                100.0 * sweep.done() / sweep.points(),
                                Double.isFinite(left) && left > 0
                                        ? String.format(
                                                Locale.ROOT,
                                                ", %.3g/s, %s left",
                                                sweep.perSecond(),
                                                ProgressLine.readable((long) (left * 1e9)))
                                        : ""));
        console.line(picture.isEmpty() ? "nothing to draw yet" : "picture: " + picture);
        return ExitCode.DONE;
    }
}
