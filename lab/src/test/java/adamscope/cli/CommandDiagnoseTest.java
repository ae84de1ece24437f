package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandDiagnoseTest {
    private static final String EXAMPLE =
            Path.of("..", "docs", "examples", "spike.csv").toString();

    @TempDir
    private Path folder;

    @Test
    void theExampleIsToldToLagAndSaysWhatToChange() {
        Ran ran = Ran.of(List.of("diagnose", EXAMPLE, "--hyper", "lr=0.0135,beta1=0.792,beta2=0.9871"));
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out())
                .contains("outcome: spiking", "First suspect: preconditioner lag", "beta2 =", "what to do:");
    }

    @Test
    void jsonHoldsTheSidesOfTheInequality() {
        Ran ran = Ran.of(List.of("diagnose", EXAMPLE, "--json", "--hyper", "beta1=0.792,beta2=0.9871"));
        assertThat(ran.out())
                .startsWith("{")
                .contains("\"cause\": \"preconditioner-lag\"", "\"measured\"", "\"bound\"");
    }

    /// The preconditioned sharpness is half and twice the threshold 2(1+β₁)/((1−β₁)η) = 38,000 in turn, so every second
    /// row alarms from row 51 on, v being settled after 50: (2399 − 51)/2 + 1 = 1175 times.
    @Test
    void alarmsPastThoseThatAreListedAreCounted() throws IOException {
        Path log = Files.writeString(
                folder.resolve("log.csv"),
                "step,loss,preconditioned_sharpness\n"
                        + IntStream.range(0, 2400)
                                .mapToObj(step -> step + ",1," + (step % 2 == 0 ? 19_000 : 76_000) + "\n")
                                .collect(Collectors.joining()));
        List<String> command = List.of("diagnose", log.toString(), "--hyper", "lr=1e-3,beta1=0.9");
        assertThat(Ran.of(command).out()).contains("1175 alarms");
        JsonNode warning = JsonMapper.builder()
                .build()
                .readTree(Ran.of(Stream.concat(command.stream(), Stream.of("--json"))
                                .toList())
                        .out())
                .at("/runs/0/warning");
        assertThat(warning.path("alarms")).hasSize(1000);
        assertThat(warning.path("alarmsInAll").asInt()).isEqualTo(1175);
    }

    @Test
    void outHoldsAPageAndTheDocument() throws IOException {
        Path out = folder.resolve("out");
        Ran ran = Ran.of(List.of("diagnose", EXAMPLE, "--out", out.toString()));
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(out.resolve("report.html"))).contains("<svg", "Suspects");
        assertThat(out.resolve("diagnosis.json")).isNotEmptyFile();
    }

    @Test
    void thePageDrawsWhatMovedBesidesTheLossAndHoldsTheWordsOfTheLog() throws IOException {
        String printed = IntStream.range(0, 300)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "step %d | loss: %.3f | grad norm: %.3f%s%n",
                        i,
                        i == 200 ? 9.0 : 2.0 + 0.01 * (i * 37 % 11),
                        i == 120 ? 50.0 : 1.0 + 0.01 * (i * 29 % 13),
                        i == 150 ? "\n[deepspeed] OVERFLOW! Skipping step." : ""))
                .collect(Collectors.joining());
        Path log = folder.resolve("train.log");
        Files.writeString(log, printed);
        Path out = folder.resolve("words");
        assertThat(Ran.of(List.of("diagnose", log.toString(), "--out", out.toString()))
                        .out())
                .contains("the log says: overflow: 1 line, the first after step 150");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains(
                        "What the log says in words",
                        "OVERFLOW! Skipping step",
                        "gradientNorm: one rise, ×",
                        "at step 120; without a rise of the loss",
                        // the label of its own panel
                        ">gradientNorm<");
    }

    @Test
    void anAlarmInTheRiseIsNoWarningAndTheLastRowHasNoSequel() throws IOException {
        String rows = IntStream.range(0, 300)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%d,%.4f,%.4f",
                        i,
                        (i == 200 ? 9 : i == 299 ? 5 : 1) * (1.0 + 0.01 * (i * 37 % 11)),
                        (i == 200 ? 40 : 1) * (1.0 + 0.01 * (i * 29 % 13))))
                .collect(Collectors.joining("\n", "step,loss,grad_norm\n", "\n"));
        assertThat(Ran.of(List.of("diagnose", csv(rows))).out())
                .contains("the rise at step 200 had no alarm before it, its first came at step 200")
                .contains("at step 299, where the log ends")
                .doesNotContain("without warning", "never came back");
    }

    @Test
    void aLogOfEpochsIsToldInEpochs() throws IOException {
        String rows = IntStream.range(1, 60)
                .mapToObj(i -> String.format(Locale.ROOT, "%d,%.4f", i, i == 40 ? 9 : 1.0 + 0.01 * (i * 37 % 11)))
                .collect(Collectors.joining("\n", "epoch,loss\n", "\n"));
        assertThat(Ran.of(List.of("diagnose", csv(rows))).out())
                .contains("59 losses, epochs 1 to 59", "The loss rose ×8", "at epoch 40, back at epoch 41")
                .doesNotContain("step 40");
    }

    @Test
    void aRunFolderIsHeldAgainstTheThresholdOfItsOwnRule() {
        Path run = folder.resolve("nadam");
        Ran.of(List.of("simulate", "--optimizer=nadam", "--objective=x^2/2", "--x0=1", "--steps=200", "--out=" + run));
        // paper 3, Table 1: (2/eta)(1 + beta1)/((1 - beta1)(1 + 2 beta1)) = 13.571/eta at beta1 = 0.9
        assertThat(Ran.of(List.of("diagnose", run.toString())).out())
                .contains("nadam is stable while lr·λ₁(P⁻¹H) < 13.57");
    }

    @Test
    void aLogWithoutAnyLossSaysWhichSeriesItHas() throws IOException {
        Ran ran = Ran.of(List.of("diagnose", csv("step,reward\n1,2\n2,3\n")));
        assertThat(ran.code()).isNotEqualTo(ExitCode.DONE);
        assertThat(ran.err()).contains("--map");
    }

    @Test
    void lossesThatAreNoNumbersAreSaidAndNothingFails() throws IOException {
        Ran ran = Ran.of(List.of(
                "diagnose",
                csv("step,loss\n"
                        + IntStream.range(0, 40).mapToObj(i -> i + ",nan\n").collect(Collectors.joining()))));
        assertThat(ran.out() + ran.err()).contains("no");
    }

    @Test
    void aLogThatNobodyWritesAnyMoreIsToldOnceAndTheWatchEnds() {
        List<String> hyper = List.of("--hyper", "lr=0.0135,beta1=0.792,beta2=0.9871");
        Ran once = Ran.of(
                Stream.concat(Stream.of("diagnose", EXAMPLE), hyper.stream()).toList());
        Ran watched = Ran.of(Stream.concat(Stream.of("diagnose", EXAMPLE, "--watch=0.1"), hyper.stream())
                .toList());
        assertThat(watched.code()).isEqualTo(ExitCode.DONE);
        assertThat(watched.out()).isEqualTo(once.out());
    }

    @Test
    void aWatchWarnsOfStepsThatGrowBeforeTheLossDoes() throws IOException {
        Ran ran = Ran.of(List.of(
                "diagnose",
                csv("step,loss,update_norm\n"
                        + IntStream.range(0, 300)
                                .mapToObj(i -> String.format(
                                        Locale.ROOT,
                                        "%d,%s,%s\n",
                                        i,
                                        1 + 0.01 * Math.sin(i * i),
                                        (i < 280 ? 1 : 10) * (1 + 0.1 * Math.sin(i * i))))
                                .collect(Collectors.joining())),
                "--watch=0.1"));
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        // ten times the usual, an alarm from three times on: log 10 / log 3 = 2.1
        assertThat(ran.out()).contains("step 280: stepNorm stands at 2.");
    }

    @Test
    void aTrainingIsReplayedAndTheRateThatWasRaisedIsWhatRemovesTheRise() throws IOException {
        Path file = Files.writeString(folder.resolve("raised.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [8], activation: tanh}
            data: {source: sine-sum, samples: 64, dimension: 3}
            loss: mean-squared
            optimizer: {name: adam, lr: 1e-3}
            steps: 120
            changes:
              - {at: 60, set: {lr: 1.0}}
              - {at: 63, set: {lr: 1e-3}}
            """);
        Path run = folder.resolve("run");
        assertThat(Ran.of("train", "-c", file.toString(), "--out", run.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        Path out = folder.resolve("page");
        Ran ran = Ran.of("diagnose", run.toString(), "--replay", "--json", "--out", out.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        // The rate of step 1 held throughout is a run without the change.
        assertThat(ran.json().at("/runs/0/replays/0/cause").asText()).isEqualTo("schedule");
        assertThat(ran.json().at("/runs/0/replays/0/results").findValuesAsText("change"))
                .contains("nothing", "lr-held", "m-reset")
                .doesNotContain("batch-skipped");
        // What removes the rise in the replay is the advice, and what does not stands below it.
        assertThat(ran.json().at("/runs/0/events/0/advice/0").asText())
                .contains("lr held", "a replay leaves 0.00 of 0.6");
        assertThat(ran.json().at("/runs/0/events/0/advice/1").asText()).startsWith("of no use in a replay: lr halved");
        assertThat(ran.json().at("/runs/0/hyper/batchShare").asDouble()).isEqualTo(1);
        assertThat(ran.json().at("/runs/0/warning/scores").size()).isEqualTo(121);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("again, one thing changed each time", "Early warning");
    }

    @Test
    void aDashReadsWhatATrainerPrintsFromStandardInputAlsoWatched() {
        String printed = IntStream.range(0, 60)
                .mapToObj(
                        step -> String.format(Locale.ROOT, "step %d | loss %.4f | gnorm 0.3%n", step, 3 - 0.01 * step))
                .collect(Collectors.joining());
        for (List<String> options : List.of(List.<String>of(), List.of("--watch=60"))) {
            InputStream before = System.in;
            System.setIn(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
            try {
                Ran ran = Ran.of(Stream.concat(Stream.of("diagnose", "-"), options.stream())
                        .toList());
                assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
                assertThat(ran.out()).startsWith("standard input: 60 losses, steps 0 to 59");
            } finally {
                System.setIn(before);
            }
        }
    }

    @Test
    void theSourceOfEveryHyperParameterIsToldWithWhatItOverrules() throws IOException {
        Path log = Path.of(csv("step,loss\n1,2\n2,1\n"));
        Files.writeString(
                log.resolveSibling("config.yaml"),
                "optim: {lr: 3e-4, betas: [0.9, 0.95]}\ndiffusion: {betas: [1e-4, 0.02]}\nfp16: true\n");
        Ran ran = Ran.of(List.of("diagnose", log.toString(), "--hyper", "lr=0.01"));
        assertThat(ran.out())
                .contains("hyper-parameters: lr = 0.01 (--hyper), not 3e-4 (config.yaml: optim.lr),"
                        + " beta1 = 0.9 (config.yaml: optim.betas), beta2 = 0.95 (config.yaml: optim.betas),"
                        + " computed in float16 (config.yaml: fp16); not known: eps");
    }

    /// ‖g‖ = ½·exp(−t/30), so g² falls by exp(−1/15) = 0.9355 a step, whatever the loss does.
    @Test
    void howFastTheGradientFellIsReadFromTheGradientAndLrFromItsColumn() throws IOException {
        StringBuilder rows = new StringBuilder("step,loss,lr,grad_norm\n");
        for (int t = 0; t < 300; t++) {
            double bump = 1 + 13.3 * Math.exp(-Math.pow((t - 204) / 3.0, 2));
            rows.append(String.format(
                    Locale.ROOT,
                    "%d,%.9f,0.001,%.12f%n",
                    t,
                    (0.05 + 2 * Math.exp(-t / 80.0)) * bump,
                    0.5 * Math.exp(-t / 30.0) * bump));
        }
        String log = csv(rows.toString());
        assertThat(Ran.of(List.of("diagnose", log, "--hyper", "beta1=0.9,beta2=0.999"))
                        .out())
                .contains("hyper-parameters: lr = 0.001 (in every row), beta1 = 0.9 (--hyper)")
                .contains("g² fell by a factor 0.9355 a step");
    }

    @Test
    void aLearningRateThatIsAColumnIsKnown() throws IOException {
        Ran ran = Ran.of("diagnose", csv("step,loss,lr\n1,2,0.01\n2,1,0.02\n"));
        assertThat(ran.out())
                .contains("hyper-parameters: lr of each step (a column of the log); not known: beta1, beta2, eps");
    }

    @Test
    void runsOfOneOrderOfDataAreHeldAgainstEachOther() throws IOException {
        String adam = Files.writeString(folder.resolve("adam.csv"), noisy(1)).toString();
        String muon = Files.writeString(folder.resolve("muon.csv"), noisy(0.9)).toString();
        Path page = folder.resolve("page");
        Ran ran = Ran.of(List.of("diagnose", adam, muon, "--json", "--out", page.toString()));
        assertThat(ran.json().at("/comparison/pairs/0/verdict").asText()).isEqualTo("equal-steps");
        assertThat(ran.json().at("/comparison/pairs/0/shared").toString()).isEqualTo("[100,250]");
        assertThat(Files.readString(page.resolve("report.html"))).contains("Across the runs");
        Ran against = Ran.of(List.of("diagnose", adam, "--against", muon));
        assertThat(against.out())
                .contains("across the runs:", "2 of 2 rises of adam.csv are at steps at which muon.csv rises too");
        assertThat(Ran.of(List.of("diagnose", adam, "--against", muon, "--watch"))
                        .code())
                .isEqualTo(ExitCode.WRONG_INPUT);
    }

    /// 400 losses with rises of one row at steps 100 and 250.
    private static String noisy(double factor) {
        return "step,loss\n"
                + IntStream.range(0, 400)
                        .mapToObj(i -> String.format(
                                Locale.ROOT,
                                "%d,%.6f%n",
                                i,
                                factor * (2 + 0.02 * Math.sin(i * i)) * (i == 100 || i == 250 ? 1.8 : 1)))
                        .collect(Collectors.joining());
    }

    @Test
    void anUnknownHyperParameterIsRefused() {
        Ran ran = Ran.of(List.of("diagnose", EXAMPLE, "--hyper", "beta3=1"));
        assertThat(ran.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.err()).contains("beta3");
    }

    private String csv(String text) throws IOException {
        return Files.writeString(folder.resolve("log.csv"), text).toString();
    }

    /// 40 rises, each 2 % higher than the one before: the page lists the last 30.
    @Test
    void thePageListsTheHighestRisesAndSaysHowManyThereAre(@TempDir Path place) throws IOException {
        StringBuilder rows = new StringBuilder("step,loss\n");
        for (int step = 1; step <= 4100; step++) {
            rows.append(step + "," + (step % 100 == 0 && step <= 4000 ? 10 * Math.pow(1.02, step / 100.0) : 1) + "\n");
        }
        Path out = place.resolve("out");
        Ran.of("diagnose", csv(rows.toString()), "--out", out.toString());
        String page = Files.readString(out.resolve("report.html"));
        assertThat(page)
                .contains(
                        "the 30 highest of 40 are shown",
                        "<td class=\"number\">1100</td>",
                        "<td class=\"number\">4000</td>")
                .doesNotContain("<td class=\"number\">1000</td>", "<td class=\"number\">100</td>");
    }
}
