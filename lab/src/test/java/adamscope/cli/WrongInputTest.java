package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongInputTest {
    private static final String MATRIX_RULE = """
        optimizer turned
        hyper lr = 1e-3 in (0, inf)
        hyper beta1 = 0.9 in [0, 1)
        state m = 0
        m <- beta1*m + (1 - beta1)*g
        x <- x - lr*orthogonalize(m)
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "--x0 nan                  | --x0 = 'nan' is no number",
                "--x0 inf                  | must be finite",
                "--x0 1,2                  | 2 given, but x^4/4 takes one number for each of its variables [x]",
                "--set beta9=1             | adam has no hyper-parameter 'beta9'; it has [lr, beta1, beta2, eps]",
                "--set beta1=1             | --set beta1 = 1 is outside [0, 1)",
                "--set beta1=much          | --set beta1 = 'much' is no number",
                "--set lr=1 --set lr=2     | --set lr is given twice, as 1 and as 2",
                "--steps 0                 | --steps = 0 is no whole number from 1",
                "--steps -5                | --steps = -5 is no whole number from 1",
                "--steps 99999999999999    | steps = 99999999999999 is more than 1000000000",
                "--steps 5e8               | thin it with every = 500",
                "--every 0                 | --every = 0 is no whole number from 1",
                "--objective (x            | --objective:1:3: found the end of the text where ')' is allowed",
                "--objective sine(x)       | 'sine' is not a function",
                "--objective x²            | '²' has no meaning in a formula; write a power as x^2",
                "--objective ln(x)         | 'ln' is not a function; functions are [abs, cos, cosh, exp, log, sign,"
                        + " sin, sqrt, tanh, max, min]; write the natural logarithm as log(x)",
                "--objective pow(x,2)      | max, min]; write a power as x^2",
                "--objective sigmoid(x)    | max, min]; write 1/(1 + exp(-x))",
                "--objective x;y           | ';' has no meaning in a formula; each statement has a line of its own",
                "--objective x.y           | '.' has no meaning in a formula; functions are written as sqrt(x)",
                "--objective √x            | '√' has no meaning in a formula; write a root as sqrt(x)",
                "--objective pi*x^2        | variables [pi, x]; pi is a variable like others: write 3.141592653589793",
                "--objective e^x           | variables [e, x]; e is a variable like others: write exp(x) for e^x",
                "--set lr=1,beta1          | --set beta1: write NAME=VALUE, such as --set beta2=0.99",
                "--noise 1e999             | --noise = 1e999 is larger than a double can hold",
                "--objective \"\"          | --objective:1:1: found the end of the text",
                "--objective m^2           | 'm' is a name of the optimizer adam",
                "--objective log(x-1)      | there the loss of log(x-1) is no finite number",
                "--optimizer adamm         | no optimizer 'adamm'",
                "-c nowhere.yaml           | no experiment file nowhere.yaml",
            })
    void aSimulationThatCannotBeRunIsRefusedBeforeAnythingIsWritten(String options, String message) {
        List<String> given = Ran.words(options.strip());
        List<String> all = new ArrayList<>(List.of("simulate"));
        for (String usual : List.of(
                "--optimizer adam", "--objective x^4/4", "--x0 1", "--steps 10", "--out " + folder.resolve("o"))) {
            if (!given.contains(Ran.words(usual).getFirst())) {
                all.addAll(Ran.words(usual));
            }
        }
        all.addAll(given);
        Ran.of(all).isWrong(message.strip());
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "--y beta2=0.1:0.9:5                               | two axes are needed, not 1 [beta2]; give" + " --x",
                "--x beta1=0.1:0.9:1 --y beta2=0.1:0.9:5           | points = 1; an axis has at least 2",
                "--x beta1=0.9:0.1:5 --y beta2=0.1:0.9:5           | from = 0.9 must lie below to = 0.1",
                "--x beta1=0.1:0.9:50000 --y beta2=0.1:0.9:20000   | 1.00e+09 cells, the most is 1e+08: it would take"
                        + " about 64",
                "--x beta9=0.1:0.9:5 --y beta2=0.1:0.9:5           | --x beta9: adam has no hyper-parameter 'beta9'",
                "--x beta1=0.1:0.9:5 --y beta1=0.1:0.9:5           | --y beta1: both axes have this name",
                "--x beta1=0.1:0.9:5 --y beta2=0.1:0.9:5 --set beta1=0.5 | --set beta1: the hyper-parameter beta1 has"
                        + " an axis",
                "--x beta1=0.1:1.9:5 --y beta2=0.1:0.9:5           | --x beta1: to = 1.9 is outside [0, 1)",
                "--x beta1=0.1:0.9:5 --y beta2=0.1:0.9:5 --steps 3000000000 | steps = 3000000000 is more than 10000000",
                "--x beta1=0.1:0.9:5 --y beta2=0.1:0.9:5 --x0 nan  | --x0 = 'nan' is no number",
            })
    void aPhaseDiagramThatCannotBeRunIsRefusedBeforeAnythingIsWritten(String options, String message) {
        List<String> given = Ran.words(options.strip());
        List<String> all = new ArrayList<>(List.of("phase", "--optimizer", "adam", "--objective", "x^4/4"));
        for (String usual : List.of("--x0 1", "--steps 10", "--out " + folder.resolve("o"))) {
            if (!given.contains(Ran.words(usual).getFirst())) {
                all.addAll(Ran.words(usual));
            }
        }
        all.addAll(given);
        Ran.of(all).isWrong(message.strip());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aBifurcationDiagramThatDoesNotFitIsRefused() {
        Path out = folder.resolve("out");
        Ran.of(
                        "bifurcation",
                        "--optimizer",
                        "gd-exponential",
                        "--objective",
                        "x^4/4",
                        "--x",
                        "factor=1:2:1000000000",
                        "--out",
                        out.toString())
                .isWrong("is more than 20000000: the limit sets would have so many points");
        assertThat(out).doesNotExist();
    }

    @Test
    void aMatrixRuleIsRefusedByScalarRunsBeforeAnythingIsWritten() throws IOException {
        Path rule = Files.writeString(folder.resolve("turned.opt"), MATRIX_RULE);
        Path out = folder.resolve("out");
        String needs = "turned uses orthogonalize, which needs a matrix";
        Ran.of(
                        "simulate",
                        "--optimizer",
                        rule.toString(),
                        "--objective",
                        "x^4/4",
                        "--x0",
                        "1",
                        "--steps",
                        "5",
                        "--out",
                        out.toString())
                .isWrong(needs);
        Ran.of(
                        "phase",
                        "--optimizer",
                        rule.toString(),
                        "--objective",
                        "x^4/4",
                        "--x0",
                        "1",
                        "--steps",
                        "5",
                        "--x",
                        "lr=0.1:1:3",
                        "--y",
                        "beta1=0:0.9:3",
                        "--out",
                        out.toString())
                .isWrong(needs);
        assertThat(out).doesNotExist();
    }

    @Test
    void filesThatHoldNoRuleAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("a.opt"));
        check("a.opt").isWrong("a.opt is a folder, not a rule file");
        write("empty.opt", "");
        check("empty.opt").isWrong("empty.opt:1:1: found the end of the text where 'optimizer' is allowed");
        Files.write(folder.resolve("latin.opt"), "optimizer café".getBytes(StandardCharsets.ISO_8859_1));
        check("latin.opt").isWrong("latin.opt: it is not UTF-8 text");
        Files.write(folder.resolve("zero.opt"), new byte[100]);
        check("zero.opt").isWrong("'U+0000' has no meaning in a formula");
        write("two.opt", MATRIX_RULE.replace("x <-", "precondition P = 1\nprecondition Q = 2\nx <-"));
        check("two.opt").isWrong("two.opt:7:1: a rule has one precondition line; the first is in line 6");
        write("standard.opt", MATRIX_RULE.replace("0.9 in", "1.5 in"));
        check("standard.opt").isWrong("standard.opt:3:15: beta1 = 1.5 is outside [0, 1)");
        check("none.opt").isWrong("no rule file");
    }

    @Test
    void aRuleFileFromAnotherSystemReads() throws IOException {
        write("windows.txt", "\uFEFF" + MATRIX_RULE.replace("\n", "\r\n"));
        assertThat(check("windows.txt").out()).startsWith("ok: optimizer turned");
    }

    @Test
    void foldersThatHoldNoFinishedRunAreNotReported() throws IOException {
        Ran.of("report", folder.toString()).isWrong("is no run folder: it has no experiment.yaml");
        Path log = Path.of("..", "docs", "examples", "spike.csv");
        Path diagnosis = folder.resolve("diagnosis");
        assertThat(Ran.of("diagnose", log.toString(), "--out", diagnosis.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        Ran.of("report", diagnosis.toString()).isWrong("it holds a diagnosis");
        Path run = folder.resolve("run");
        assertThat(Ran.of(
                                "simulate",
                                "--optimizer",
                                "gd",
                                "--objective",
                                "x^2/2",
                                "--x0",
                                "1",
                                "--steps",
                                "20",
                                "--out",
                                run.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        byte[] table = Files.readAllBytes(run.resolve("trajectory.parquet"));
        Files.delete(run.resolve("trajectory.parquet"));
        Ran without = Ran.of("report", run.toString());
        assertThat(without.code()).as(without.err()).isEqualTo(ExitCode.DONE);
        assertThat(without.err()).contains("lacks table 'trajectory'; what needs it is left out");
        Files.write(run.resolve("trajectory.parquet"), java.util.Arrays.copyOf(table, 200));
        Ran.of("report", run.toString()).isWrong("trajectory.parquet is damaged or no Parquet");
        Files.writeString(run.resolve("provenance.json"), "{}");
        Ran.of("report", run.toString()).isWrong("provenance.json is damaged");
        Files.writeString(run.resolve("provenance.json"), "{\"start\": ");
        Ran.of("report", run.toString()).isWrong("provenance.json is damaged");
        Files.delete(run.resolve("provenance.json"));
        Ran.of("report", run.toString()).isWrong("holds an unfinished run");
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedAndItsFolderTakenBack() throws IOException {
        write("net.yaml", "kind: network\noptimizer: adam\nsteps: 2\nimages: 10\nhidden: [3]\ndevice: cuda:97\n");
        Path out = folder.resolve("out");
        Ran.of("demo", "-c", folder.resolve("net.yaml").toString(), "--out", out.toString())
                .isWrong("device 'cuda:97': this libtorch does not reach one here");
        assertThat(out).doesNotExist();
    }

    @Test
    void ofTwoRunsIntoOneFolderOneIsRefused() {
        String[] phase = {
            "phase",
            "--optimizer",
            "gd-exponential",
            "--objective",
            "x^2/2",
            "--x0",
            "1",
            "--x",
            "lr=0.1:1:3",
            "--y",
            "factor=1:1.1:3",
            "--steps",
            "20",
            "--out",
            folder.resolve("both").toString()
        };
        List<Integer> codes = Stream.of(phase, phase)
                .parallel()
                .map(Ran::of)
                .map(Ran::code)
                .sorted()
                .toList();
        assertThat(codes).containsExactly(ExitCode.DONE, ExitCode.WRONG_INPUT);
    }

    @Test
    void aFileThatIsNoRuleIsCalledSo() throws IOException {
        write("model.py", "# a net\nimport torch\n");
        Ran.of(Ran.words("simulate --objective x^2 --x0 1 --steps 5 --optimizer " + folder.resolve("model.py")))
                .isWrong(
                        "model.py is no rule file: it begins with 'import torch', a rule with a line 'optimizer NAME'");
        write("run.yaml", "kind: train\n");
        Ran.of(Ran.words("simulate --objective x^2 --x0 1 --steps 5 --optimizer " + folder.resolve("run.yaml")))
                .isWrong("an experiment is given with -c");
    }

    @Test
    void theExplorerIsNotWrittenOverAndBeginsWhereTheLossIsANumber() throws IOException {
        write("page.html", "mine");
        Ran.of("explore", "--steps", "2e3", "--out", folder.resolve("page.html").toString())
                .isWrong("page.html exists, and nothing is ever written over; choose another file");
        Ran.of(
                        "explore",
                        "--objective",
                        "log(x)",
                        "--x0=-1",
                        "--out",
                        folder.resolve("other.html").toString())
                .isWrong("the loss log(x) is NaN there");
        Ran.of("explore", "--steps", "2.5", "--out", "x.html").isWrong("--steps = 2.5 is no whole number");
    }

    /// −Δu of sin(πx)·sin(2πy) is 5π² of it, and x is not 0 on the boundary.
    @Test
    void aSolutionThatDoesNotSolveItsEquationIsRefusedWithBothSides() throws IOException {
        String text = """
            kind: train
            model:
              kind: deep-galerkin
              domain: {box: [[0, 1], [0, 1]]}
              equation: "-laplace(%s) = 2*pi^2*sin(pi*x)*sin(pi*y)"
              boundary: "u = 0"
              exact: "%s"
            optimizer: {name: adam}
            steps: 3
            """;
        String[] train = {
            "train",
            "-c",
            folder.resolve("pde.yaml").toString(),
            "--out",
            folder.resolve("pde").toString()
        };
        write("pde.yaml", String.format(Locale.ROOT, text, "u", "sin(pi*x)*sin(2*pi*y)"));
        Ran.of(train).isWrong("exact: u = sin(pi*x)*sin(2*pi*y) does not solve equation: -laplace(u) =");
        write("pde.yaml", String.format(Locale.ROOT, text, "u", "sin(pi*x)*sin(pi*y) + x"));
        Ran.of(train).isWrong("+ x does not solve boundary: u = 0: left");
        write("pde.yaml", String.format(Locale.ROOT, text, "2*u", "sin(pi*x)*sin(pi*y)"));
        Ran.of(train)
                .isWrong("pde.yaml:5: model.equation:1:2: 'laplace(2*u)' is not defined here, only laplace(u) as it"
                        + " stands; write what multiplies it before it, as in 2*laplace(u)");
        assertThat(folder.resolve("pde")).doesNotExist();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Ran check(String name) {
        return Ran.of("optimizers", "check", folder.resolve(name).toString());
    }
}
