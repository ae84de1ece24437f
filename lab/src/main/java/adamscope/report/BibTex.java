package adamscope.report;

import adamscope.report.Bibliography.Work;
import adamscope.store.ProgramBuild;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Works as BibTeX. Letters beyond ASCII are written as commands, so that every BibTeX sorts and prints them.
public final class BibTex {
    /// What is written for a character; the others stand as they are.
    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("\\", "\\textbackslash{}"),
            Map.entry("&", "\\&"),
            Map.entry("%", "\\%"),
            Map.entry("_", "\\_"),
            Map.entry("#", "\\#"),
            Map.entry("$", "\\$"),
            Map.entry("{", "\\{"),
            Map.entry("}", "\\}"),
            Map.entry("~", "\\textasciitilde{}"),
            Map.entry("^", "\\textasciicircum{}"),
            Map.entry("é", "{\\'e}"),
            Map.entry("è", "{\\`e}"),
            Map.entry("Ł", "{\\L}"),
            Map.entry("β₁", "$\\beta_1$"),
            Map.entry("β₂", "$\\beta_2$"),
            Map.entry("η", "$\\eta$"),
            Map.entry("ε", "$\\varepsilon$"),
            Map.entry("λ₁", "$\\lambda_1$"),
            Map.entry("√", "$\\surd$"),
            Map.entry("‖", "$\\|$"),
            Map.entry("∝", "$\\propto$"),
            Map.entry("≤", "$\\le$"),
            Map.entry("≥", "$\\ge$"),
            Map.entry("→", "$\\to$"),
            Map.entry("×", "$\\times$"),
            Map.entry("·", "$\\cdot$"),
            Map.entry("−", "$-$"),
            Map.entry("Σ", "$\\Sigma$"),
            Map.entry("Δ", "$\\Delta$"),
            Map.entry("θ", "$\\theta$"),
            Map.entry("⁻¹", "$^{-1}$"),
            Map.entry("²", "$^2$"),
            Map.entry("³", "$^3$"),
            Map.entry("⁴", "$^4$"),
            Map.entry("–", "--"),
            Map.entry("…", "\\ldots{}"));

    private BibTex() {}

    /// The program that is running.
    public static String program() {
        ProgramBuild build = ProgramBuild.current();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "title",
                "{" + escaped("Adamscope: a laboratory for the training dynamics of adaptive optimizers") + "}");
        fields.put("note", escaped("Version " + build.version() + ", commit " + build.commit()));
        return entry("misc", "adamscope", fields);
    }

    /// An entry for each work.
    public static String of(List<Work> works) {
        return works.stream().map(BibTex::of).collect(Collectors.joining("\n"));
    }

    private static String of(Work work) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("author", escaped(work.authors().stream().map(BibTex::name).collect(Collectors.joining(" and "))));
        // In braces, BibTeX leaves the capitals of names and abbreviations alone.
        fields.put("title", "{" + escaped(work.title()) + "}");
        put(
                fields,
                switch (work.kind()) {
                    case "article" -> "journal";
                    case "inproceedings" -> "booktitle";
                    default -> "howpublished";
                },
                work.in());
        put(fields, "volume", work.volume());
        put(fields, "pages", work.pages());
        fields.put("year", Integer.toString(work.year()));
        if (!work.arxiv().isEmpty()) {
            put(fields, "eprint", work.arxiv());
            fields.put("archiveprefix", "arXiv");
        }
        // A DOI is an address: nothing in it is a command.
        if (!work.doi().isEmpty()) {
            fields.put("doi", work.doi());
        }
        return entry(work.kind(), work.key(), fields);
    }

    /// `Last, First`, so that BibTeX need not guess where a name is parted.
    private static String name(String author) {
        int last = author.lastIndexOf(' ');
        return last < 0 ? author : author.substring(last + 1) + ", " + author.substring(0, last);
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, escaped(value));
        }
    }

    private static String entry(String kind, String key, Map<String, String> fields) {
        return "@" + kind + "{" + key + ",\n"
                + fields.entrySet().stream()
                        .map(field -> "  " + field.getKey() + " = {" + field.getValue() + "}")
                        .collect(Collectors.joining(",\n"))
                + "\n}\n";
    }

    /// A text for LaTeX.
    public static String escaped(String text) {
        StringBuilder written = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            String two = text.substring(at, Math.min(text.length(), at + 2));
            String one = text.substring(at, at + 1);
            String found = COMMANDS.containsKey(two) ? two : one;
            written.append(COMMANDS.getOrDefault(found, found));
            at += found.length();
        }
        return written.toString();
    }
}
