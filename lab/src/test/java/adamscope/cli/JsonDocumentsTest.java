package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents that no other test reads are those of docs/json.md; [Ran#json()] holds each against it.
class JsonDocumentsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "optimizers list, optimizers",
        "optimizers show adam, optimizer",
        "optimizers check adam, optimizer/check",
        "theory --optimizer adam --degree 4 --set beta1=0.9 --set beta2=0.93 --what corner, theory/corner",
        "theory --optimizer rmsprop --degree 4 --set beta2=0.2 --what map, theory/map",
        "theory --optimizer adam --degree 4 --set beta1=0.9 --set beta2=0.93 --what cycle, theory/cycle",
        "theory --optimizer adam --degree 4 --set beta1=0.9 --set beta2=0.93 --what descent, theory/descent",
        "theory --optimizer adam --degree 4 --set beta1=0.9 --set beta2=0.93 --what quadratic, theory/quadratic",
        "theory --optimizer adam --degree 4 --set beta1=0.9 --set beta2=0.93 --what lyapunov, theory/lyapunov",
        "theory --optimizer adam --degree 4 --set beta1=0.9 --set beta2=0.93 --what eps, theory/eps",
        "threshold --optimizer adam --times 1.1, threshold",
        "reproduce --list, figures",
        "cite adam P3-fig1, works",
        "doctor, doctor"
    })
    void printsWhatThePageOfDocumentsSays(String command, String schema) {
        List<String> words = new ArrayList<>(Ran.words(command));
        words.add("--json");
        assertThat(Ran.of(words).json().path("schema").asText()).isEqualTo("adamscope/" + schema);
    }

    @ParameterizedTest
    @CsvSource({
        "bifurcation --optimizer gd --objective x^4/4-x^2/2 --x lr=0.1:0.5:2 --steps 50, bifurcation",
        "basin --optimizer gd --objective x^2+y^2 --set lr=0.1 --x x=1:2:2 --y y=1:2:2 --steps 50, basin",
        "stability-map --optimizer adam --objective x^4/4 --set eps=0 --x beta1=0.1:0.9:2 --y beta2=0.1:0.9:2,"
                + " stability-map",
        "phase --optimizer adam --objective x^4/4 --x0 1 --set eps=0 --x beta1=0.1:0.9:2 --y beta2=0.1:0.9:2"
                + " --steps 50, phase"
    })
    void printsTheSameOfARun(String command, String schema) {
        printsWhatThePageOfDocumentsSays(command + " --out " + folder.resolve("run"), schema);
        printsWhatThePageOfDocumentsSays("report " + folder.resolve("run"), "report");
    }
}
