package adamscope.report;

import adamscope.figure.Figure;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.report.Bibliography.Work;
import adamscope.store.ProgramBuild;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a page rests on: the works of its optimizers and of the statements that it judges.
public final class Citation {
    private Citation() {}

    /// The works, those of the papers first; none for rules of the user's own.
    public static List<Work> works(List<OptimizerRule> rules, List<Claim> claims) {
        Set<Work> works = new LinkedHashSet<>(
                Bibliography.ofFigures(claims.stream().map(Claim::id).toList()));
        works.addAll(Bibliography.ofOptimizers(
                rules.stream().filter(Catalogue::holds).map(OptimizerRule::name).toList()));
        return List.copyOf(works);
    }

    /// The works as a section of a page; empty without any.
    public static Optional<Section> section(List<OptimizerRule> rules, List<Claim> claims) {
        List<Work> works = works(rules, claims);
        return works.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Prose(
                        "Sources", works.stream().map(Work::line).toList()));
    }

    /// Captions in LaTeX, one for each figure, and BibTeX of the program and the works.
    public static String latex(Report report, List<Figure> figures, List<Work> works) {
        List<String> keys = new ArrayList<>(List.of("adamscope"));
        works.forEach(work -> keys.add(work.key()));
        StringBuilder text = new StringBuilder();
        for (Figure figure : figures) {
            String title = figure.title().isEmpty() ? report.title() : figure.title();
            text.append("% ").append(figure.id()).append('\n');
            text.append("\\caption{")
                    .append(BibTex.escaped(sentence(title) + " " + sentence(figure.description())))
                    .append(" Computed with Adamscope ")
                    .append(BibTex.escaped(ProgramBuild.current().version()))
                    .append("~\\cite{")
                    .append(String.join(",", keys))
                    .append("}.}\n\n");
        }
        return text + BibTex.program() + "\n" + BibTex.of(works);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
