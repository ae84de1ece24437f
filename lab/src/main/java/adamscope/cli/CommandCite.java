package adamscope.cli;

import adamscope.optimizer.Catalogue;
import adamscope.paper.PaperFigures;
import adamscope.report.BibTex;
import adamscope.report.Bibliography;
import adamscope.report.Bibliography.Work;
import adamscope.store.JsonDocument;
import adamscope.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope cite`: the works behind optimizers and figures, as BibTeX.
@Command(
        name = "cite",
        description = {
            "Print the works behind optimizers, figures of the papers and this program, as BibTeX.",
            "What a run used: adamscope report RUN --cite."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope cite adam P3-fig1")
final class CommandCite implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Optimizers of the catalogue, ids of figures (P1-fig2) or papers (P1), keys of works; none:"
                    + " all works.")
    private List<String> names = List.of();

    @Option(names = "--markdown", description = "The page of all works: docs/bibliography.md.")
    private boolean markdown;

    @Mixin
    private JsonOption json;

    CommandCite(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (markdown && !names.isEmpty()) {
            throw new IllegalArgumentException("--markdown is the page of all works; it takes no names");
        }
        List<Work> works = names.isEmpty() ? Bibliography.all() : chosen();
        if (json.wanted) {
            console.json(
                    "works",
                    JsonDocument.object(
                            "works", works.stream().map(CommandCite::document).toList()));
        } else if (markdown) {
            console.out().print(Bibliography.markdown());
        } else {
            console.out().print(BibTex.program() + "\n" + BibTex.of(works));
        }
        return ExitCode.DONE;
    }

    private List<Work> chosen() {
        Set<Work> works = new LinkedHashSet<>();
        for (String name : names) {
            List<Work> found = new ArrayList<>();
            Bibliography.all().stream()
                    .filter(work -> work.key().equals(name) || work.figures().equals(name))
                    .forEach(found::add);
            found.addAll(Bibliography.ofOptimizers(List.of(name)));
            if (PaperFigures.captions().stream()
                    .anyMatch(caption -> caption.id().equals(name))) {
                found.addAll(Bibliography.ofFigures(List.of(name)));
            }
            if (found.isEmpty()) {
                throw new IllegalArgumentException(unknown(name));
            }
            works.addAll(found);
        }
        return List.copyOf(works);
    }

    private static String unknown(String name) {
        List<String> known = new ArrayList<>(Catalogue.NAMES);
        PaperFigures.captions().forEach(caption -> known.add(caption.id()));
        Bibliography.all().forEach(work -> known.add(work.key()));
        return "no work for '" + name + "'; allowed are optimizers of the catalogue, ids of figures, P1 to P4 and "
                + Bibliography.all().stream().map(Work::key).collect(Collectors.joining(", "))
                + Nearest.hint(name, known);
    }

    private static Object document(Work work) {
        return JsonDocument.object(
                "key", work.key(),
                "kind", work.kind(),
                "authors", work.authors(),
                "title", work.title(),
                "in", work.in(),
                "volume", work.volume(),
                "pages", work.pages(),
                "year", work.year(),
                "arxiv", work.arxiv(),
                "doi", work.doi(),
                "optimizers", work.optimizers(),
                "figures", work.figures());
    }
}
