package adamscope.serve;

import adamscope.diagnosis.RunAxis;
import adamscope.diagnosis.SideBySide;
import adamscope.log.NameMap;
import adamscope.report.ExplorerState;
import adamscope.report.ReportHtml;
import adamscope.report.SideBySidePage;
import adamscope.run.ComparedRuns;
import adamscope.run.Host;
import adamscope.store.ResultStore;
import adamscope.store.RunList;
import adamscope.web.ExplorerPage;
import com.sun.net.httpserver.HttpExchange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// What is at which address:
///
/// | address | what |
/// | --- | --- |
/// | | the runs of the folder |
/// | `list` | the same without the page around them, where it has changed |
/// | `explorer.html` | the explorer |
/// | `runs/NAME/…` | files of a run folder; `explorer.html` there begins as the run did |
/// | `diagnose?name=FILE` | the diagnosis of a log that is sent |
/// | `plane` | a phase plane in pieces, see [PlaneStream] |
/// | `compare?run=NAME&run=NAME` | runs side by side |
/// | `live?run=NAME&run=NAME` | runs as they go on |
/// | `watch?run=NAME&run=NAME` | the same for a page's script |
/// | `picture?run=NAME` | what a sweep has so far, drawn |
/// | `query` | the answer to a SELECT over a run |
/// | `start`, `resume`, `stop` | work on a run, see [LiveWork] |
final class Site implements AutoCloseable {
    private static final int MOST_COMPARED = 100;
    private static final int LONG_WORK_AT_ONCE = 2;
    private static final int LONG_WORK_WAITING = 200;
    private static final int PLANES_WAITING = 16;
    private static final int LOGS_AT_ONCE = 4;
    private static final long PATIENCE_SECONDS = 60;
    private static final int MOST_PAGES = 1000;
    private static final String DIAGNOSE = "diagnose";
    static final String PLANE = "plane";
    private static final String RUN = "run";
    private static final String RUNS = "runs/";
    private static final double PARTED = 1e-6;

    private final RunPaths paths;
    private final String base;
    private String first = "";
    private final Map<String, AtomicBoolean> planes = new ConcurrentHashMap<>();
    private final LiveWork work;
    private final Shared<String> list;

    /// Planes take a minute; what takes a second does not wait behind them.
    private final Turns planeTurns = new Turns(LONG_WORK_AT_ONCE, PLANES_WAITING, PATIENCE_SECONDS);

    /// Logs on their way, each with room on the disk.
    private final Turns arriving = new Turns(LOGS_AT_ONCE, LONG_WORK_WAITING, PATIENCE_SECONDS);

    private final Turns turns = new Turns(LONG_WORK_AT_ONCE, LONG_WORK_WAITING, PATIENCE_SECONDS);

    /// The site of a folder.
    ///
    /// @param base the path of the list of runs, which has the token
    Site(Path folder, String base, OwnProgram program, Host host) {
        this.paths = new RunPaths(folder);
        this.base = base;
        this.work = new LiveWork(paths, program, host);
        this.list = new Shared<>(() -> new ListedRuns(paths, RunList.of(paths.root()), work::state).html());
    }

    /// What is sent back for a path behind the token.
    ///
    /// @throws HttpProblem              if there is nothing
    /// @throws IllegalArgumentException if what is asked for cannot be
    HttpAnswer answer(String path, HttpExchange asked) {
        if (path.equals(PLANE)) {
            Asked.by(asked, List.of("POST"));
            return plane(Asked.withInfinities(Asked.json(asked)));
        }
        if (path.equals(DIAGNOSE)) {
            Asked.by(asked, List.of("POST"));
            return arriving.take(() -> diagnosed(asked));
        }
        if (List.of("start", "resume", "stop", "query").contains(path)) {
            Asked.by(asked, List.of("POST"));
            return ordered(path, Asked.json(asked));
        }
        Asked.by(asked, List.of("GET", "HEAD"));
        if (path.startsWith(RUNS)) {
            return ofRun(paths.found(path.substring(RUNS.length())));
        }
        return switch (path) {
            case "" -> page(new RunsPage(paths.root(), list.now(), again(asked)).html());
            case "list" -> HttpAnswer.Whole.unlessKnown(list.now(), asked);
            case "live" ->
                page(new LivePage(chosen(asked).stream().map(paths::name).toList()).html());
            case "picture" -> turns.take(() -> SweepSoFar.picture(chosen(asked).getFirst()));
            case "watch" -> work.watch(few(Asked.values(asked, RUN)));
            case ExplorerState.FILE -> HttpAnswer.Whole.page(HttpAnswer.Leave.EXPLORER, firstPage());
            case "compare" -> turns.take(() -> compared(chosen(asked)));
            default -> throw new HttpProblem(HttpProblem.NOT_FOUND, "there is nothing at this address");
        };
    }

    /// One plane at a time for each page: another one ends it, and that of the warm-up.
    private HttpAnswer plane(Map<String, Object> question) {
        AtomicBoolean ended = new AtomicBoolean();
        if (planes.size() >= MOST_PAGES) {
            planes.clear();
        }
        AtomicBoolean before = planes.put(String.valueOf(question.get("page")), ended);
        Stream.of(before, planes.get(WarmUp.PAGE))
                .filter(plane -> plane != null && plane != ended)
                .forEach(plane -> plane.set(true));
        return new PlaneStream(question, planeTurns, ended::get);
    }

    private HttpAnswer diagnosed(HttpExchange asked) {
        Asked.atMost(asked, DroppedLog.MOST_BYTES);
        String name = Asked.values(asked, "name").stream().findFirst().orElse("");
        return HttpAnswer.Whole.page(
                HttpAnswer.Leave.FOREIGN, new DroppedLog(name).page(asked.getRequestBody(), turns));
    }

    private static HttpAnswer page(String html) {
        return HttpAnswer.Whole.page(HttpAnswer.Leave.OWN, html);
    }

    /// Made once.
    private synchronized String firstPage() {
        if (first.isEmpty()) {
            first = ExplorerPage.first().served(base);
        }
        return first;
    }

    private HttpAnswer explorer(ExplorerPage shown) {
        return HttpAnswer.Whole.page(HttpAnswer.Leave.EXPLORER, shown.served(base));
    }

    private HttpAnswer ofRun(RunPaths.Found found) {
        if (found.inside().equals(List.of(ExplorerState.FILE))) {
            // whoever wrote the one that may lie there: this one is ours
            return turns.take(() -> ExplorerPage.of(ResultStore.of(found.run()))
                    .map(this::explorer)
                    .orElseThrow(() -> new HttpProblem(
                            HttpProblem.NOT_FOUND, paths.name(found.run()) + ExplorerState.HOLDS_NOTHING)));
        }
        Path file = paths.file(found);
        return new HttpAnswer.OfFile(file, RunPaths.type(file));
    }

    private HttpAnswer ordered(String what, Map<String, Object> order) {
        return switch (what) {
            case "start" -> work.start(new DroppedLog(words(order, "name")).fileName(), words(order, "text"));
            case "resume" -> work.resume(paths.run(words(order, RUN)));
            case "query" -> turns.take(() -> SweepSoFar.answer(paths.run(words(order, RUN)), words(order, "select")));
            default -> work.stop(paths.run(words(order, RUN)));
        };
    }

    private static String words(Map<String, Object> order, String key) {
        if (order.get(key) instanceof String words) {
            return words;
        }
        throw new HttpProblem(HttpProblem.BAD_REQUEST, "'" + key + "' is missing, or no text");
    }

    /// The experiment that a page begins with.
    private String again(HttpExchange asked) {
        return Asked.values(asked, "again").stream()
                .findFirst()
                .map(name -> LiveWork.text(paths.run(name)))
                .orElse("");
    }

    private List<Path> chosen(HttpExchange asked) {
        return few(Asked.values(asked, RUN)).stream().map(paths::run).toList();
    }

    private static List<String> few(List<String> names) {
        List<String> chosen = names.stream().distinct().toList();
        if (chosen.isEmpty() || chosen.size() > MOST_COMPARED) {
            throw new HttpProblem(
                    HttpProblem.BAD_REQUEST,
                    "choose from 1 to " + MOST_COMPARED + " runs; " + chosen.size() + " are chosen");
        }
        return chosen;
    }

    /// Ends the work that pages began where it can go on.
    @Override
    public void close() {
        work.close();
    }

    private HttpAnswer compared(List<Path> chosen) {
        ComparedRuns read = ComparedRuns.read(chosen, NameMap.byDefault()).namedFrom(paths.root());
        List<SideBySide.Rates> rates = read.rates();
        if (read.runs().isEmpty() && rates.isEmpty()) {
            throw new HttpProblem(
                    HttpProblem.BAD_REQUEST, "nothing to compare: no run with steps, and no sweep with an axis lr");
        }
        Optional<SideBySide> runs = read.runs().isEmpty()
                ? Optional.empty()
                : Optional.of(new SideBySide(read.runs(), RunAxis.STEP, PARTED));
        return HttpAnswer.Whole.page(HttpAnswer.Leave.FOREIGN, ReportHtml.text(SideBySidePage.of(runs, rates)));
    }
}
