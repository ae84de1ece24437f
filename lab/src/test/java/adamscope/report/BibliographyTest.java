package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.optimizer.Catalogue;
import adamscope.paper.Caption;
import adamscope.paper.PaperFigures;
import adamscope.web.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BibliographyTest {

    @Test
    void thePageOfWorksIsTheOneThatTheFileGives() throws IOException {
        assertThat(MarkdownPage.withoutNavigation(Files.readString(Path.of("..", "docs", "bibliography.md"))))
                .isEqualTo(Bibliography.markdown());
    }

    @Test
    void everyOptimizerOfTheCatalogueHasAWorkAndNoOtherIsNamed() {
        assertThat(Catalogue.NAMES)
                .allSatisfy(name -> assertThat(Bibliography.ofOptimizers(List.of(name)))
                        .as(name)
                        .isNotEmpty());
        assertThat(Bibliography.all())
                .allSatisfy(work -> assertThat(Catalogue.NAMES).containsAll(work.optimizers()));
    }

    @Test
    void everyFigureIsOfOneWork() {
        assertThat(PaperFigures.captions().stream().map(Caption::id))
                .allSatisfy(id ->
                        assertThat(Bibliography.ofFigures(List.of(id))).as(id).hasSize(1));
    }

    @Test
    void bibTexIsAsciiWithBracesInPairs() {
        String text = BibTex.program() + BibTex.of(Bibliography.all());
        assertThat(text).matches(Pattern.compile("\\p{ASCII}*", Pattern.DOTALL));
        int depth = 0;
        for (char c : text.toCharArray()) {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            assertThat(depth).isNotNegative();
        }
        assertThat(depth).isZero();
    }

    /// The identities as arXiv and the proceedings have them.
    @Test
    void thePapersAreNamedInFull() {
        assertThat(Bibliography.ofFigures(List.of("P1-fig2", "P2-fig8", "P3-fig1", "P4-rate")))
                .extracting(Bibliography.Work::label, Bibliography.Work::arxiv)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Bai et al. (2026)", "2603.09581"),
                        org.assertj.core.groups.Tuple.tuple("Ma, Wu & E (2022)", "2009.06125"),
                        org.assertj.core.groups.Tuple.tuple("Cohen et al. (2022)", "2207.14484"),
                        org.assertj.core.groups.Tuple.tuple("Peng et al. (2025)", "2507.05966"));
    }

    @Test
    void aWorkIsWrittenAsBibTexReadsIt() {
        assertThat(BibTex.of(Bibliography.ofOptimizers(List.of("heavy-ball")))).isEqualTo("""
            @article{polyak1964speeding,
              author = {Polyak, Boris T.},
              title = {{Some Methods of Speeding Up the Convergence of Iteration Methods}},
              journal = {USSR Computational Mathematics and Mathematical Physics},
              volume = {4},
              pages = {1--17},
              year = {1964},
              doi = {10.1016/0041-5553(64)90137-5}
            }
            """);
    }
}
