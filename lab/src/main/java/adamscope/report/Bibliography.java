package adamscope.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The works that the program and its pages cite: `bibliography.yaml` beside this class.
public final class Bibliography {
    private static final Map<String, Work> WORKS = read();

    private Bibliography() {}

    /// One work.
    ///
    /// @param key     of BibTeX
    /// @param kind    of BibTeX: article, inproceedings, misc
    /// @param in      journal or proceedings; empty: none
    /// @param arxiv   number on arXiv; empty: none
    /// @param meaning what it is here; empty for those of an optimizer
    /// @param figures first letters of the ids of its figures and statements; empty: none
    public record Work(
            String key,
            String kind,
            List<String> authors,
            String title,
            String in,
            String volume,
            String pages,
            int year,
            String arxiv,
            String doi,
            String meaning,
            String figures,
            List<String> optimizers) {

        /// `Kingma & Ba (2015)`, `Bai et al. (2026)`
        public String label() {
            List<String> names = authors.stream()
                    .map(author -> author.substring(author.lastIndexOf(' ') + 1))
                    .toList();
            String who = switch (names.size()) {
                case 1 -> names.getFirst();
                case 2 -> names.getFirst() + " & " + names.getLast();
                case 3 -> names.get(0) + ", " + names.get(1) + " & " + names.get(2);
                default -> names.getFirst() + " et al.";
            };
            return who + " (" + year + ")";
        }

        /// Where it can be read: `Journal 12, 2121–2159, arXiv:1412.6980`.
        public String place() {
            String printed = Stream.of(in + (volume.isEmpty() ? "" : " " + volume), pages)
                    .filter(part -> !part.isBlank())
                    .collect(Collectors.joining(", "));
            return Stream.of(printed, arxiv.isEmpty() ? "" : "arXiv:" + arxiv, doi.isEmpty() ? "" : "doi:" + doi)
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(", "));
        }

        /// The whole reference in one line.
        public String line() {
            return String.join(", ", authors) + ": " + title + ". " + (place().isEmpty() ? "" : place() + ", ") + year
                    + ".";
        }

        /// Its address; empty: none.
        public String address() {
            return arxiv.isEmpty() ? doi.isEmpty() ? "" : "https://doi.org/" + doi : "https://arxiv.org/abs/" + arxiv;
        }
    }

    /// All of them, those of the figures first.
    public static List<Work> all() {
        return List.copyOf(WORKS.values());
    }

    /// The works of optimizers of the catalogue, in the order of the file; none for a rule of the user's own.
    public static List<Work> ofOptimizers(List<String> names) {
        return all().stream()
                .filter(work -> work.optimizers().stream().anyMatch(names::contains))
                .toList();
    }

    /// The works whose figures or statements have these ids, such as `P1-fig2`, `P3-11g`.
    public static List<Work> ofFigures(List<String> ids) {
        return all().stream()
                .filter(work ->
                        !work.figures().isEmpty() && ids.stream().anyMatch(id -> id.startsWith(work.figures() + "-")))
                .toList();
    }

    /// The page of all works: `docs/bibliography.md`.
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
            # Bibliography

            Written by `adamscope cite --markdown`. `adamscope cite adam P3-fig1` prints such works as BibTeX, and
            `adamscope report RUN --cite` those that a run used.

            ## The papers whose figures are computed anew

            `adamscope reproduce --list` names the figures; their ids begin with P1 to P4.

            """);
        all().stream()
                .filter(work -> !work.figures().isEmpty())
                .forEach(work -> page.append(item("**" + work.figures() + "** ", work)));
        page.append("\n## Optimizers\n\n");
        all().stream()
                .filter(work -> work.figures().isEmpty() && !work.optimizers().isEmpty())
                .forEach(work -> page.append(item("", work)));
        page.append("\n## Methods and data\n\n");
        all().stream()
                .filter(work -> work.figures().isEmpty() && work.optimizers().isEmpty())
                .forEach(work -> page.append(item("", work)));
        return page.toString();
    }

    private static String item(String before, Work work) {
        String title =
                work.address().isEmpty() ? "*" + work.title() + "*" : "[" + work.title() + "](" + work.address() + ")";
        String place = work.place().isEmpty() ? "" : ", " + work.place();
        String names = work.optimizers().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        String here =
                Stream.of(work.meaning(), names).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
        return "- <a id=\"" + work.key() + "\"></a>" + before + String.join(", ", work.authors()) + " (" + work.year()
                + "): " + title + place + ". Here: " + here + ".\n";
    }

    /// One entry of the file.
    private record Written(
            String kind,
            List<String> authors,
            String title,
            String in,
            String volume,
            String pages,
            Integer year,
            String arxiv,
            String doi,

            @com.fasterxml.jackson.annotation.JsonProperty("for")
            String meaning,

            String figures,
            List<String> optimizers) {
        Work work(String key) {
            return new Work(
                    key,
                    required(kind, key),
                    List.copyOf(required(authors, key)),
                    required(title, key),
                    orEmpty(in),
                    orEmpty(volume),
                    orEmpty(pages),
                    required(year, key),
                    orEmpty(arxiv),
                    orEmpty(doi),
                    orEmpty(meaning),
                    orEmpty(figures),
                    optimizers == null ? List.of() : List.copyOf(optimizers));
        }

        private static <T> T required(T value, String key) {
            return Objects.requireNonNull(value, "bibliography.yaml: something of " + key + " is missing");
        }

        private static String orEmpty(String text) {
            return text == null ? "" : text;
        }
    }

    private static Map<String, Work> read() {
        try (InputStream in = Objects.requireNonNull(Bibliography.class.getResourceAsStream("bibliography.yaml"))) {
            Map<String, Work> works = new LinkedHashMap<>();
            new YAMLMapper()
                    .readValue(in, new TypeReference<LinkedHashMap<String, Written>>() {})
                    .forEach((key, written) -> works.put(key, written.work(key)));
            return works;
        } catch (IOException e) {
            throw new UncheckedIOException("bibliography.yaml", e);
        }
    }
}
