package adamscope.report;

import adamscope.figure.Figure;
import adamscope.figure.SampleFigures;
import java.util.List;

/// A report with every kind of section, and text that must be escaped.
public final class SampleReport {
    static final String HOSTILE = "<script>alert('x')</script> & \"quotes\"";

    private SampleReport() {}

    public static Report of() {
        Figure regimes = new Figure(
                "regimes",
                "Three regimes",
                "Loss and second moment",
                3,
                List.of(SampleFigures.loss(), SampleFigures.coupling(), SampleFigures.quantiles()));
        Figure phase = new Figure(
                "phase",
                "",
                "Minimum loss and outcome over β₁ and β₂",
                2,
                List.of(SampleFigures.phase(), SampleFigures.kinds()));
        Figure sharpness = Figure.of("sharpness", "Sharpness against its threshold", SampleFigures.sharpness());
        String mathml =
                "<math display=\"block\"><mrow><msub><mi>x</mi><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msub>"
                        + "<mo>=</mo><msub><mi>x</mi><mi>t</mi></msub><mo>−</mo><mi>η</mi><mfrac><mi>m</mi>"
                        + "<mrow><msqrt><mi>v</mi></msqrt><mo>+</mo><mi>ε</mi></mrow></mfrac></mrow></math>";
        return new Report(
                "Adam on a quartic and on a network",
                "A phase diagram of 65,536 runs, three runs in detail, and a network on Fashion-MNIST.",
                List.of(
                        new Section.Prose(
                                "What was run",
                                List.of(
                                        "The rule adam-uncorrected, without bias correction, on x⁴/4 for 20,000 steps.",
                                        HOSTILE)),
                        new Section.Formula("", mathml, "adam-uncorrected, Kingma & Ba 2014, without bias correction"),
                        new Section.FigureSection(
                                "Phase diagram", phase, "Left: sustained minimum loss. Right: outcome."),
                        new Section.FigureSection(
                                "Three regimes", regimes, "Loss, second moment and coupling of the runs."),
                        new Section.FigureSection(
                                "Network", sharpness, "The sharpness reaches 38/η and stays near it."),
                        new Section.TableSection(
                                "",
                                "Cells by outcome",
                                List.of("outcome", "cells", "share"),
                                List.of(
                                        List.of("converged", "43211", "65.9 %"),
                                        List.of("spiking", "22325", "34.1 %"))),
                        new Section.Claims(
                                "Claims",
                                List.of(
                                        new Claim(
                                                "p1-4.1",
                                                "Paper 1, Theorem 4.1",
                                                "A decoupled solution exists below the curve",
                                                "256 × 256 runs of 20,000 steps",
                                                "1.0",
                                                "0.02: cells on the boundary",
                                                "0.997",
                                                Claim.Verdict.AGREES,
                                                ""),
                                        new Claim(
                                                "p3-2",
                                                "Paper 3, Section 2",
                                                "The preconditioned sharpness stays at 38/η",
                                                "5 hidden layers of 200, 800 steps",
                                                "1.0 × 38/η",
                                                "0.1",
                                                "0.94 ± 0.07",
                                                Claim.Verdict.CONDITIONAL,
                                                "After step 160 only."),
                                        new Claim(
                                                "p2-7",
                                                "Paper 2, Section 7",
                                                "Spikes vanish",
                                                "one run",
                                                "0",
                                                "0",
                                                "3",
                                                Claim.Verdict.DISAGREES,
                                                ""))),
                        new Section.KeyValues(
                                "Provenance",
                                List.of(
                                        new Section.KeyValue("version", "0.1.0"),
                                        new Section.KeyValue("commit", "0123456789abcdef0123456789abcdef01234567"),
                                        new Section.KeyValue("JDK", "Temurin 25.0.3+9"),
                                        new Section.KeyValue("seed", "1")))));
    }
}
