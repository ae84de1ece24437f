package adamscope.cli;

import adamscope.run.Host;
import adamscope.run.Progress;
import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A server whose files fail, started over `failing_files.c`: it is asked all that its pages ask, each time with
/// another call of the operating system going wrong, and what is not as it should be is printed.
///
/// In the served folder lie `whole`, a run that is complete, and `half`, a training that is not; the runs that are
/// begun only wait, see `IdleProgram`.
final class FailingServe implements AutoCloseable {
    private static final int OK = 200;
    private static final int FAILED = 500;
    static final String TRAINING = """
        kind: train
        model: {kind: fully-connected, hidden: [4]}
        data: {source: sine-sum, samples: 16, dimension: 2}
        optimizer: {name: adam, lr: 1e-2}
        steps: 20
        probe: 5
        checkpoint: {steps: 5}
        """;
    static final String SWEEP = """
        kind: sweep
        base:
          kind: simulation
          optimizer: {name: gd}
          objective: x^2/2
          x0: [1]
          steps: 20
        axes:
          lr: [0.5, 1, 1.5]
        """;

    private static final Pattern OF_JAVA = Pattern.compile("defect|Exception|java[.]|the program failed");
    private static final List<String> OF_THE_MACHINE = List.of("full", "eio", "dead", "readonly");

    /// Runs that come to no end of their own.
    private static final Pattern TAKEN_FOR_WHOLE =
            Pattern.compile("aria-label=\"(half|train-[^\"]*|sweep-[^\"]*)\"(?:(?!</tr>).)*<td>complete</td>");

    /// A cell without its value, and the mark of the list that holds it.
    private static final Pattern UNKNOWN = Pattern.compile("td[^>]*>[?]?|div id=\"list\" .*");

    private final Path root;
    private final FailingCalls calls;
    private final Server server;
    private final List<String> remarks = new CopyOnWriteArrayList<>();
    private int tried;

    private FailingServe(Path library, Path root) {
        this.root = root;
        calls = new FailingCalls(library, root);
        calls.failNoMore();
        server = Server.start(root, "127.0.0.1", 0, new OwnProgram("adamscope.serve.IdleProgram"), new Heard(remarks));
    }

    private record Heard(List<String> remarks) implements Host {
        @Override
        public Progress progress(String task, long total, String unit) {
            return Host.QUIET.progress(task, total, unit);
        }

        @Override
        public void remark(String text) {
            remarks.add(text);
        }

        @Override
        public BooleanSupplier stopping() {
            return () -> false;
        }
    }

    /// Arguments: library, served folder, faults with commas.
    static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[1]);
        Files.createDirectories(root.resolve("half"));
        Files.writeString(root.resolve("half/experiment.yaml"), TRAINING);
        Files.writeString(root.resolve("half/live.jsonl"), "{\"step\":1,\"loss\":0.5}\n");
        int tried;
        try (FailingServe serve = new FailingServe(Path.of(arguments[0]), root.toRealPath())) {
            serve.askAll(List.of(arguments[2].split(",")));
            tried = serve.tried;
        }
        System.out.println(tried + " runs");
    }

    private record Question(String name, String path, Map<String, String> body) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Question> questions() {
        return List.of(
                new Question("page", "", Map.of()),
                new Question("list", "list", Map.of()),
                new Question("again", "?again=half", Map.of()),
                new Question("watch", "watch?run=half", Map.of()),
                new Question("live", "live?run=half&run=whole", Map.of()),
                new Question("report", "runs/whole/report.html", Map.of()),
                new Question("explorer", "runs/whole/explorer.html", Map.of()),
                new Question("compare", "compare?run=whole&run=half", Map.of()),
                new Question("query", "query", Map.of("run", "whole", "select", "select count(*) from trajectory")),
                new Question("start a training", "start", Map.of("name", "a.yaml", "text", TRAINING)),
                new Question("start a sweep", "start", Map.of("name", "a.yaml", "text", SWEEP)),
                new Question(
                        "start what is refused",
                        "start",
                        Map.of("name", "a.yaml", "text", TRAINING.replace("steps: 20", "steps: 7"))),
                new Question("resume", "resume", Map.of("run", "half")));
    }

    private void askAll(List<String> faults) throws Exception {
        for (Question question : questions()) {
            calls.failNoMore();
            HttpResponse<String> right = asked(question);
            List<String> made = calls.made();
            settle();
            String list = asked(questions().get(1)).body();
            for (String fault : faults) {
                for (int n = 1; n <= made.size(); n++) {
                    String call = made.get(n - 1);
                    if (!FailingFiles.concerns(fault, call)) {
                        continue;
                    }
                    tried++;
                    for (String words : after(question, fault, n, right, list)) {
                        System.out.println(question + ", " + fault + " " + n + " " + call + ": " + words.strip());
                    }
                }
            }
        }
    }

    private List<String> after(Question question, String fault, int n, HttpResponse<String> right, String list)
            throws Exception {
        List<String> wrong = new ArrayList<>();
        remarks.clear();
        calls.fail(n, fault);
        try {
            judge(question, fault, right, asked(question), wrong);
        } catch (IOException e) {
            wrong.add("no answer: " + e);
        }
        calls.failNoMore();
        remarks.stream().filter(words -> OF_JAVA.matcher(words).find()).forEach(wrong::add);
        String now = asked(questions().get(1)).body();
        if (TAKEN_FOR_WHOLE.matcher(now).find()) {
            wrong.add("taken for whole");
        }
        settle();
        now = asked(questions().get(1)).body();
        if (!now.equals(list)) {
            wrong.add("another list afterwards: " + difference(list, now));
        }
        return wrong;
    }

    private static void judge(
            Question question,
            String fault,
            HttpResponse<String> right,
            HttpResponse<String> answer,
            List<String> wrong) {
        String words = answer.body();
        if (answer.statusCode() == OK) {
            boolean says = question.path.equals("start") || question.path.equals("resume");
            // what a listing leaves out nobody can know
            boolean sees = !fault.equals("absent");
            if (right.statusCode() == OK && sees && !says && !isOwned(right.body(), words)) {
                wrong.add("answers something else: " + difference(right.body(), words));
            }
            return;
        }
        if (words.lines().count() != 1
                || words.isBlank()
                || OF_JAVA.matcher(words).find()) {
            wrong.add("no sentence, " + answer.statusCode() + ": " + words);
        }
        if (OF_THE_MACHINE.contains(fault)
                && answer.statusCode() != FAILED
                && right.statusCode() != answer.statusCode()) {
            wrong.add("blames who asked, " + answer.statusCode() + ": " + words);
        }
    }

    /// Whether an answer is the right one but for what it says itself that it could not read: a run as a whole, or a
    /// size or a number of it.
    private static boolean isOwned(String right, String words) {
        if (words.contains("unreadable") || words.contains("cannot be read")) {
            return true;
        }
        String[] expected = right.split("<");
        String[] found = words.split("<");
        return expected.length == found.length
                && IntStream.range(0, found.length)
                        .allMatch(i -> expected[i].equals(found[i])
                                || UNKNOWN.matcher(found[i]).matches());
    }

    /// Where two texts begin to differ.
    private static String difference(String one, String other) {
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return from(other, at) + " IN PLACE OF " + from(one, at);
    }

    private static String from(String text, int at) {
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 100))
                .replace("\n", " ");
    }

    /// Ends what was begun, and takes away its folder.
    private void settle() throws Exception {
        try (Stream<Path> inside = Files.list(root)) {
            for (Path run : inside.filter(Files::isDirectory).toList()) {
                String name = run.getFileName().toString();
                Question stop = new Question("stop", "stop", Map.of("run", name));
                HttpResponse<String> stopped = asked(stop);
                long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
                while (stopped.statusCode() == OK) {
                    if (System.nanoTime() > end) {
                        System.out.println("does not end: " + run);
                        return;
                    }
                    TimeUnit.MILLISECONDS.sleep(5);
                    stopped = asked(stop);
                }
                if (name.startsWith("train-") || name.startsWith("sweep-")) {
                    remove(run);
                }
            }
        }
        Files.writeString(root.resolve("half/live.jsonl"), "{\"step\":1,\"loss\":0.5}\n");
    }

    private static void remove(Path run) throws IOException {
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    private HttpResponse<String> asked(Question question) throws IOException, InterruptedException {
        AskedServer asked = new AskedServer(server.address());
        return question.body.isEmpty() ? asked.get(question.path) : asked.post(question.path, question.body);
    }

    @Override
    public void close() {
        calls.failNoMore();
        server.close();
    }
}
