package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.report.RunReport;
import adamscope.store.Provenance;
import adamscope.store.ResultStore;
import adamscope.table.Absent;
import adamscope.table.Column;
import adamscope.table.Table;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The folder of a figure, perhaps made by a version that measured less: what of it can be drawn and judged, and what
/// is missing.
///
/// Where something is missing, other numbers are put in its place in turn. What comes out the same with all of them
/// does not depend on it. A statement that does keeps the verdict it had when the folder was made.
final class EarlierRun {
    private static final double[] STAND_INS = {Double.NaN, -1e300, 1e300};

    /// Missing things that may be replaced before a figure is given up.
    private static final int MOST = 500;

    private final ResultStore store;
    private final PaperFigure figure;
    private final Set<String> missing = new LinkedHashSet<>();
    private final List<String> judgedThen = new ArrayList<>();

    EarlierRun(ResultStore store, PaperFigure figure) {
        this.store = store;
        this.figure = figure;
    }

    /// The figure with gaps where numbers are missing; empty if whole tables are, so that the picture in the folder
    /// tells more.
    Optional<Figure> drawn() {
        return orMissing(figure::draw)
                .or(() -> with(
                        Double.NaN, figure::draw, Files.notExists(store.folder().resolve(picture()))));
    }

    /// The picture that the folder has.
    String picture() {
        return "figures/" + figure.caption().id() + ".svg";
    }

    /// The figure's statements: judged anew where the folder has all that they need, as then where it has not.
    List<Claim> claims() {
        return orMissing(this::judged).orElseGet(this::claimsInPart);
    }

    private List<Claim> judged(Tables tables) {
        return PaperPage.axis(store).claims(figure, tables);
    }

    /// Rows made of what the folder has; none if they need more.
    <T> List<T> orNone(Supplier<List<T>> rows) {
        try {
            return rows.get();
        } catch (Absent | IndexOutOfBoundsException | NoSuchElementException _) {
            return List.of();
        }
    }

    /// What the folder lacks and what became of it, as one sentence; empty if nothing is missing.
    String sentence() {
        if (missing.isEmpty()) {
            return "";
        }
        return RunReport.lacks(store.provenance(), missing)
                + (judgedThen.isEmpty() ? "" : "; verdicts of then: " + String.join(", ", judgedThen))
                + "; adamscope reproduce " + figure.caption().id() + " measures anew.";
    }

    private <T> Optional<T> orMissing(Function<Tables, T> made) {
        try {
            return Optional.of(made.apply(new Tables(store::table)));
        } catch (Absent absent) {
            missed(absent);
        } catch (IndexOutOfBoundsException | NoSuchElementException _) {
            missing.add("rows that this version reads");
        }
        return Optional.empty();
    }

    /// Of a table that is not there, no part is told.
    private void missed(Absent absent) {
        boolean whole = !store.tables().contains(absent.table());
        missing.add(whole ? new Absent(absent.table(), "", "").words() : absent.words());
    }

    private List<Claim> claimsInPart() {
        List<Claim> then = then();
        List<List<Claim>> tries = Arrays.stream(STAND_INS)
                .mapToObj(number -> with(number, this::judged, true))
                .flatMap(Optional::stream)
                .toList();
        if (tries.size() < STAND_INS.length
                || tries.stream().map(List::size).distinct().count() > 1) {
            then.forEach(claim -> judgedThen.add(claim.id()));
            return then;
        }
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < tries.getFirst().size(); i++) {
            int at = i;
            Claim claim = tries.getFirst().get(i);
            boolean independent = tries.stream().allMatch(other -> other.get(at).equals(claim));
            claims.add(independent ? claim : asThen(claim, then));
        }
        return claims;
    }

    /// A statement whose numbers the folder lacks in part: with the verdict it had, if there was one.
    private Claim asThen(Claim claim, List<Claim> then) {
        Optional<Claim> before =
                then.stream().filter(old -> old.id().equals(claim.id())).findFirst();
        before.ifPresent(old -> judgedThen.add(old.id()));
        return before.orElseGet(() -> judged(claim.id(), claim.expected(), "not in this folder", Verdict.INCONCLUSIVE));
    }

    /// What the version that made the folder wrote down of its statements.
    private List<Claim> then() {
        List<Claim> claims = new ArrayList<>();
        Provenance provenance = store.provenance();
        if (provenance.results().get("claims") instanceof List<?> written) {
            for (Object entry : written) {
                if (entry instanceof Map<?, ?> claim) {
                    verdict(String.valueOf(claim.get("verdict")))
                            .ifPresent(verdict -> claims.add(judged(
                                    String.valueOf(claim.get("id")),
                                    String.valueOf(claim.get("expected")),
                                    String.valueOf(claim.get("measured")),
                                    verdict)));
                }
            }
        }
        return claims;
    }

    private static Optional<Verdict> verdict(String words) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.words().equals(words))
                .findFirst();
    }

    private Claim judged(String id, String expected, String measured, Verdict verdict) {
        Optional<Register.Entry> entry = Register.entry(id);
        return new Claim(
                id,
                figure.caption().source(),
                entry.map(Register.Entry::says).orElse("no longer in the register"),
                "as the version ran it that made this folder",
                expected,
                "that of the version that made this folder",
                measured,
                verdict,
                "");
    }

    /// What is made of the tables with a number in the place of all that is missing.
    private <T> Optional<T> with(double number, Function<Tables, T> made, boolean wholeTables) {
        Map<String, Set<String>> parts = new LinkedHashMap<>();
        Tables tables = new Tables(name -> completed(name, parts.getOrDefault(name, Set.of()), number, parts));
        for (int i = 0; i < MOST; i++) {
            try {
                return Optional.of(made.apply(tables));
            } catch (Absent absent) {
                if (!wholeTables && absent.part().isEmpty() && !absent.table().equals(SingleNumbers.TABLE)) {
                    return Optional.empty();
                }
                missed(absent);
                Set<String> of = parts.computeIfAbsent(absent.table(), _ -> new LinkedHashSet<>());
                if (!absent.part().isEmpty() && !of.add(absent.part())) {
                    return Optional.empty();
                }
            } catch (RuntimeException _) { // such as of words where a number stands in: it cannot be made
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// A table of the folder with a number in each of some parts that it lacks; one of a single row, if it lacks the
    /// table.
    private Table completed(String name, Set<String> parts, double number, Map<String, ?> known) {
        boolean there = store.tables().contains(name);
        if (!there && !known.containsKey(name)) {
            return store.table(name);
        }
        boolean single = name.equals(SingleNumbers.TABLE);
        Table table = there ? store.table(name) : single ? new SingleNumbers().table() : new Table(name, List.of());
        if (single) {
            List<String> quantities = new ArrayList<>(table.words("quantity"));
            quantities.addAll(parts);
            double[] values = Arrays.copyOf(table.numbers("value"), quantities.size());
            Arrays.fill(values, table.rows(), values.length, number);
            return new Table(
                    name, List.of(new Column.Words("quantity", quantities), new Column.Numbers("value", "", values)));
        }
        double[] all = new double[there ? table.rows() : 1];
        Arrays.fill(all, number);
        List<Column> columns = new ArrayList<>(table.columns());
        parts.forEach(part -> columns.add(new Column.Numbers(part, "", all)));
        return new Table(name, columns);
    }
}
