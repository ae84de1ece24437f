package adamscope.cli;

import adamscope.run.Host;
import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The commands that are started most, one after the other in one process, so that the JVM can write down what they
/// load and how they run: `libexec/keep-classes` makes the cache for later starts of it.
///
/// Nothing that the program gives stems from here. It runs with `-Dadamscope.vectors=off`, as the JVM cannot keep
/// classes of a module that is resolved late.
final class Rehearsal {
    private Rehearsal() {}

    /// @param arguments an empty folder to work in
    static void main(String[] arguments) throws InterruptedException {
        String folder = arguments[0];
        play("--help");
        play("help phase");
        play("thoery");
        play("optimizers show adam");
        play("optimizers list");
        play("theory --optimizer adam --degree 4 --set beta1=0.9,beta2=0.93");
        play("theory --optimizer adam --degree 4 --set beta1=0.9,beta2=0.93 --json");
        play("theory --optimizer adam --degree 4 --set beta1=0.9,beta2=0.93 --what lyapunov");
        play("threshold --optimizer adam");
        play("schema");
        play("simulate --optimizer adam --objective x^4/4 --x0 1 --set lr=1e-3,eps=0 --steps 300 --json");
        play("simulate --optimizer adam --objective x^2+y^2 --x0 1,2 --steps 300 --out", folder + "/simulation");
        play(
                "phase --optimizer adam --objective x^4/4 --x0 1 --steps 500 --x beta1=0.1:0.9:6 --y beta2=0.1:0.9:6"
                        + " --out",
                folder + "/phase");
        play("query", folder + "/phase", "select outcome, count(*) from phase group by outcome");
        play("query --format csv", folder + "/phase", "select * from phase limit 3");
        play("runs", folder);
        play("report", folder + "/phase");
        play("flow --optimizer adam --objective x^4/4 --x0 1 --time 1 --out", folder + "/flow");
        play("reproduce --list");
        play("cite P1");
        diagnose(Path.of(folder));
        serve(Path.of(folder));
        Main.main(new String[] {"version"});
    }

    /// A log of a loss that rises once.
    private static void diagnose(Path folder) {
        Path log = folder.resolve("log.csv");
        try {
            Files.writeString(
                    log,
                    IntStream.range(0, 300)
                            .mapToObj(step -> step + "," + (step / 10 == 20 ? "5e1" : "1e" + -step / 100) + ",0.001\n")
                            .collect(Collectors.joining("", "step,loss,lr\n", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        play("diagnose", log.toString());
        play("diagnose --json", log.toString());
        play("diagnose --out", folder + "/diagnosis", log.toString());
    }

    /// As far as the first plane; where nothing may listen the rest is kept.
    private static void serve(Path folder) throws InterruptedException {
        try (Server server = Server.start(folder, "127.0.0.1", 0, new OwnProgram(Main.class.getName()), Host.QUIET)) {
            server.warm().get();
        } catch (IllegalArgumentException | ExecutionException _) {
            // no network at all
        }
    }

    /// @param line words between blanks
    /// @param more words that may hold blanks
    private static void play(String line, String... more) {
        List<String> words = Stream.concat(Arrays.stream(line.split(" ")), Arrays.stream(more))
                .toList();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(words, nowhere, nowhere);
    }
}
