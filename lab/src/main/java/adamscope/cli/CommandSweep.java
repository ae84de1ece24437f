package adamscope.cli;

import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Sweep;
import adamscope.run.ShardFound;
import adamscope.run.ShardRun;
import adamscope.run.SweepFound;
import adamscope.run.SweepMerge;
import adamscope.run.SweepProgress;
import adamscope.run.SweepRun;
import adamscope.store.ResultStore;
import adamscope.store.ShardFolders;
import adamscope.store.TileStore;
import adamscope.sweep.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `adamscope sweep`: one experiment at every point of a space, resumable.
@Command(
        name = "sweep",
        description = {
            "Repeat a simulation or a training at every point of a space: axes linear, logarithmic,"
                    + " one-minus-logarithmic, lists, or sampled along a Sobol sequence.",
            "Finished tiles are kept whatever happens: --resume checks them, repairs what is damaged and continues,"
                    + " to the same bytes. SIGTERM, SIGUSR1 and --until end it with exit code 75."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope sweep -c docs/examples/sweep-betas.yaml --out runs/betas")
final class CommandSweep implements Callable<Integer> {
    /// What `--merge` heeds: with `-c` also what makes of the file the sweep that the shards are to be of.
    private static final Set<String> OF_MERGE = Set.of(
            "--merge",
            "--out",
            "--config",
            "--optimizer",
            "--set",
            "--minimum",
            "--full-length",
            "--refine",
            "--until",
            "--json",
            "--debug");

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

    @Mixin
    private ShardOption shard;

    @Option(
            names = "--merge",
            paramLabel = "DIR",
            arity = "1..*",
            description = "Put the shards in these folders together, to the bytes of a run that was not cut; what is"
                    + " missing, doubled, damaged or of another sweep is named, and nothing written.")
    private List<Path> merged;

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
    private JobOption job;

    @Mixin
    private UntilOption until;

    @Mixin
    private JsonOption json;

    CommandSweep(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        refuseContradictions();
        engine.refuseUnusable();
        until.begin(console.interruption());
        Optional<Shard> part = shard.chosen();
        if (preview != null) {
            return new PreviewPrint(console, json.wanted).print(SweepProgress.of(preview));
        }
        if (merged != null) {
            return merge();
        }
        if (job.isGiven()) {
            job.answer(console, asked(), arguments(), json.wanted);
            return ExitCode.DONE;
        }
        SweepRun.Means means = new SweepRun.Means(
                folder -> engine.choose(console, folder), tile == null ? OptionalInt.empty() : OptionalInt.of(tile));
        ResultStore store = resumed != null ? continued() : begun(means, part);
        return part.isPresent()
                ? said(store, ShardRun.open(store, console, means, part.get()).complete())
                : said(store, SweepRun.open(store, console, means).complete());
    }

    private ResultStore begun(SweepRun.Means means, Optional<Shard> part) {
        Sweep sweep = asked();
        part.ifPresent(shard -> ShardRun.refuseRefined(sweep, shard));
        int shards = part.map(Shard::of).orElse(0);
        return ResultStore.cut(out, sweep, arguments(), means.tileSize(sweep, shards), shards);
    }

    private int merge() {
        ShardFolders shards =
                ShardFolders.of(merged, experiment.file == null ? Optional.empty() : Optional.of(asked()));
        ResultStore store = ResultStore.create(out, shards.experiment(), arguments());
        if (!json.wanted) {
            console.line(
                    shards.shards() + (shards.shards() == 1 ? " shard, " : " shards, ") + shards.tiles() + " tiles");
        }
        return said(store, new SweepMerge(console, shards).into(store));
    }

    private int said(ResultStore store, ShardFound found) {
        if (json.wanted) {
            console.json("sweep/shard", found.document(store.folder()));
        } else {
            found.lines().forEach(console::line);
        }
        return ExitCode.DONE;
    }

    private int said(ResultStore store, SweepFound found) {
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
        if (preview != null) {
            refuseBeside("--preview only looks at a folder", Set.of("--preview", "--json", "--debug"));
            return;
        }
        if (merged != null) {
            refuseBeside("--merge runs nothing, it makes one run of shards", OF_MERGE);
        }
        if (shard.given != null && resumed == null && out == null) {
            throw new IllegalArgumentException("--shard " + shard.given
                    + ": name the folder with --out DIR, the shard's own or one that all shards share");
        }
        job.refuseUnusable(out);
        if (job.isGiven() && (resumed != null || shard.given != null)) {
            throw new IllegalArgumentException("--cost and --emit run nothing; leave out --resume and --shard");
        }
        if (job.isGiven() && refine != null) {
            throw new IllegalArgumentException("--cost and --emit are of every point; leave --refine away");
        }
        if (refine != null && experiment.file == null) {
            throw new IllegalArgumentException("--refine needs the experiment: -c FILE.yaml");
        }
        if (resumed == null && merged == null && experiment.file == null) {
            throw new IllegalArgumentException("nothing to sweep: give -c FILE.yaml, or --resume DIR to continue one");
        }
        if ((resumed != null || merged != null)
                && experiment.file == null
                && (experiment.rule.isGiven() || fullLength || minimum != null)) {
            throw new IllegalArgumentException((merged != null ? "--merge takes" : "--resume continues")
                    + " an experiment as it is; --optimizer, --set, --minimum and --full-length would"
                    + " change it");
        }
        if (tile != null && tile < 1) {
            throw new IllegalArgumentException("--tile " + tile + ": a tile has at least 1 point");
        }
    }

    /// Refuses every option that would be without effect.
    private void refuseBeside(String because, Set<String> allowed) {
        List<String> idle = command.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !allowed.contains(name))
                .distinct()
                .toList();
        if (!idle.isEmpty()) {
            throw new IllegalArgumentException(because + "; leave out " + String.join(", ", idle));
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
}
