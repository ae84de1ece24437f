package adamscope.cli;

import adamscope.formula.PlainText;
import adamscope.probe.CurvatureAnswers;
import adamscope.probe.CurvatureQuestion;
import adamscope.run.ProbeSubject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope probe`: what the curvature is at one step of a run.
@Command(
        name = "probe",
        description = {
            "Measure the curvature of a trained network with the preconditioner P of its optimizer at one step: of a"
                    + " run folder, or of a checkpoint in one.",
            "--what takes one or several of: sharpness, spectrum, density, degeneracy, directions, batch-sharpness,"
                    + " critical-step, gauss-newton, gradient-covariance, all (default: sharpness, directions,"
                    + " critical-step).",
            "It goes to the step from the nearest checkpoint before it, or from the start; default is the step after"
                    + " the newest checkpoint, or the last. Eigenvalues are the algebraically largest, each with its"
                    + " residual, the Hessian-vector products it cost and whether it converged."
        },
        footerHeading = "%nExample (after adamscope demo --out runs/demo):%n",
        footer = "  adamscope probe runs/demo --step 200 --what sharpness,spectrum")
final class CommandProbe implements Callable<Integer> {
    private static final String ALL = "all";

    private final Console console;

    @Parameters(paramLabel = "RUN|CHECKPOINT", description = "A run folder, or a file step-N.json of its checkpoints.")
    private Path path;

    @Option(names = "--what", split = ",", paramLabel = "QUESTION", description = "What to measure.")
    private List<String> what = new ArrayList<>();

    @Option(names = "--step", paramLabel = "N", description = "The step after which it is measured.")
    private Long step;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "4",
            description = "Eigenvalues and eigenvectors (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--tolerance",
            paramLabel = "R",
            defaultValue = "1e-3",
            description = "Largest residual of an eigenvalue, relative to it (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(
            names = "--batches",
            paramLabel = "N",
            defaultValue = "16",
            description = "Minibatches, for questions about them (default: ${DEFAULT-VALUE}).")
    private int batches;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Samples of each of them (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Mixin
    private JsonOption json;

    CommandProbe(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        refuse("--top", top, top >= 1);
        refuse("--batches", batches, batches >= 1);
        refuse("--batch-size", batchSize, batchSize >= 1);
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "--tolerance = " + new PlainText().number(tolerance) + " is outside (0, 1)");
        }
        CurvatureAnswers.Inquiry inquiry = new CurvatureAnswers.Inquiry(
                questions(), top, tolerance, 1000, new CurvatureAnswers.Batches(batches, batchSize));
        ProbeSubject subject = ProbeSubject.of(path);
        Map<String, Object> answers = subject.answers(console, subject.step(step), inquiry);
        if (json.wanted) {
            console.json("probe", answers);
        } else {
            print("", answers);
        }
        return ExitCode.DONE;
    }

    private static void refuse(String option, int value, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(option + " = " + value + " is outside [1, inf)");
        }
    }

    private List<CurvatureQuestion> questions() {
        if (what.isEmpty()) {
            return CurvatureQuestion.DEFAULT;
        }
        return what.contains(ALL)
                ? List.of(CurvatureQuestion.values())
                : what.stream().map(CurvatureQuestion::named).toList();
    }

    private void print(String indent, Map<?, ?> answers) {
        answers.forEach((name, answer) -> {
            switch (answer) {
                case Map<?, ?> inner -> {
                    console.line(indent + name);
                    print(indent + "  ", inner);
                }
                case List<?> list -> {
                    console.line(indent + name);
                    list.forEach(element -> console.line(indent + "  " + words(element)));
                }
                default -> console.line(indent + name + ": " + words(answer));
            }
        });
    }

    private static String words(Object answer) {
        return switch (answer) {
            case Map<?, ?> map ->
                String.format(
                        Locale.ROOT,
                        "%s (residual %s, error %s, %s)",
                        words(map.get("value")),
                        words(map.get("residual")),
                        words(map.get("error")),
                        map.get("standing"));
            case Double number -> String.format(Locale.ROOT, "%.6g", number);
            case null -> "-";
            default -> answer.toString();
        };
    }
}
