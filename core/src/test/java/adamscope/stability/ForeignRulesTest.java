package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules from the literature against `tools/foreign_thresholds.py`, which knows their update equations in its own words
/// and takes eigenvalues with 40 digits (numpy's growth of simulated orbits where a rule is linear piece by piece).
class ForeignRulesTest {
    private static final String FOLDER = "/adamscope/stability/foreign/";

    /// A line of the recording.
    record Case(String rule, Map<String, Double> settings, double step, String stable) {
        static Case read(String line) {
            String[] columns = line.split("\t");
            Map<String, Double> settings = new HashMap<>();
            for (String setting : columns[1].split(" ")) {
                String[] pair = setting.split("=");
                settings.put(pair[0], Double.parseDouble(pair[1]));
            }
            double step =
                    List.of("late", "growth").contains(columns[2]) ? Threshold.LATE : Double.parseDouble(columns[2]);
            return new Case(columns[0], settings, step, columns[3]);
        }

        List<double[]> intervals() {
            return switch (stable) {
                case "none" -> List.of();
                case "all" -> List.of(new double[] {0, Double.POSITIVE_INFINITY});
                default ->
                    Arrays.stream(stable.split(" "))
                            .map(i -> Arrays.stream(i.split(":"))
                                    .mapToDouble(end ->
                                            end.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(end))
                                    .toArray())
                            .toList();
            };
        }

        @Override
        public String toString() {
            return rule + " " + settings + (step == Threshold.LATE ? "" : " at step " + step);
        }
    }

    static List<Case> recorded() {
        return lines(false);
    }

    /// Rules that are linear piece by piece: curvature times lr and the growth in nats a step.
    static List<Case> growths() {
        return lines(true);
    }

    static List<Case> someGrowths() {
        List<Case> all = growths();
        return IntStream.range(0, all.size())
                .filter(i -> i % 3 == 0)
                .mapToObj(all::get)
                .toList();
    }

    private static List<Case> lines(boolean growths) {
        return text("expected.tsv")
                .lines()
                .filter(line -> line.contains("\tgrowth\t") == growths)
                .map(Case::read)
                .toList();
    }

    private static String text(String name) {
        try (InputStream in = ForeignRulesTest.class.getResourceAsStream(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void intervalsOfStabilityAreThoseOfAnotherProgram(Case c) {
        OptimizerRule rule = RuleReader.read(c.rule() + ".opt", text(c.rule() + ".opt"));
        StableCurvatures found = Threshold.stable(rule, c.settings(), c.step())
                .times(c.settings().get("lr"));
        double tolerance = 1e-11; // double coefficients against 40 digits
        List<double[]> expected = c.intervals();
        assertThat(found.intervals()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            StableCurvatures.CurvatureInterval interval = found.intervals().get(i);
            assertThat(interval.from()).isCloseTo(expected.get(i)[0], within(tolerance * expected.get(i)[0]));
            if (Double.isInfinite(expected.get(i)[1])) {
                assertThat(interval.to()).isInfinite();
            } else {
                assertThat(interval.to()).isCloseTo(expected.get(i)[1], within(tolerance * expected.get(i)[1]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("growths")
    @Tag("slow")
    void rulesThatAreLinearPieceByPieceGrowOutsideTheirIntervalsOnly(Case c) {
        growsOutsideItsIntervalsOnly(c);
    }

    /// Every third of them: each takes seconds.
    @ParameterizedTest
    @MethodSource("someGrowths")
    void someRulesThatAreLinearPieceByPieceGrowOutsideTheirIntervalsOnly(Case c) {
        growsOutsideItsIntervalsOnly(c);
    }

    private static void growsOutsideItsIntervalsOnly(Case c) {
        OptimizerRule rule = RuleReader.read(c.rule() + ".opt", text(c.rule() + ".opt"));
        double lr = c.settings().get("lr");
        StableCurvatures found = Threshold.stable(rule, c.settings(), c.step()).times(lr);
        assertThat(found.piecewise()).isTrue();
        for (double[] sample : c.intervals()) {
            if (Math.abs(sample[1]) > 2e-3) { // an average over 1,000 steps
                assertThat(found.intervals().stream().anyMatch(i -> i.from() < sample[0] && sample[0] < i.to()))
                        .as("%s grows by %s at %s", c, sample[1], sample[0])
                        .isEqualTo(sample[1] < 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.01, 1e-3", "0.5, 0.5, 1e-3", "0.99, 0, 1e-2"})
    void aCautiousMaskKeepsTheThresholdOfAdamw(double beta1, double decay, double lr) {
        // the flipping direction of AdamW, in which m and g agree: (1+β₁)(2−η·wd)/(1−β₁)
        OptimizerRule rule = RuleReader.read("cautious-adamw.opt", text("cautious-adamw.opt"));
        double expected = (1 + beta1) * (2 - lr * decay) / (1 - beta1);
        assertThat(Threshold.timesLearningRate(rule, Map.of("beta1", beta1, "wd", decay, "lr", lr)))
                .hasValueCloseTo(expected, within(1e-10 * expected));
    }

    @Test
    @Tag("slow")
    void theOtherProgramStillSaysWhatWasRecorded() throws IOException, InterruptedException {
        Path program = Path.of("..", "tools", "foreign_thresholds.py");
        assumeTrue(started("python3", "-c", "import mpmath, numpy").waitFor() == 0, "python3 with mpmath and numpy");
        Process run = started("python3", program.toString(), "gd", "ademamix", "nadamw", "pid", "radam", "braked");
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).isZero();
        assertThat(said.lines())
                .isNotEmpty()
                .allMatch(line -> text("expected.tsv").lines().anyMatch(line::equals));
    }

    private static Process started(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void fortyRulesAreRecorded() {
        assertThat(Stream.concat(recorded().stream(), growths().stream())
                        .map(Case::rule)
                        .distinct()
                        .count())
                .isGreaterThanOrEqualTo(40);
    }
}
