package adamscope.cli;

import adamscope.store.RunQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope query`: SQL over the tables of runs.
@Command(
        name = "query",
        description = {
            "Answer a question in SQL (DuckDB) over the tables of runs. A table is called as its file in the run"
                    + " folder; the column run says which run a row is of.",
            "Reads only: one SELECT, and no file but those of the runs. Unfinished sweeps give what they have so far."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope query runs/example \\%n"
                + "      \"select outcome, count(*) as cells from phase group by outcome\"")
final class CommandQuery implements Callable<Integer> {
    private final Console console;

    /// How an answer is written.
    enum AnswerFormat {
        /// Aligned columns for a person.
        table,
        /// Comma-separated values, RFC 4180.
        csv,
        /// One JSON document.
        json
    }

    @Parameters(
            paramLabel = "RUN… SELECT",
            arity = "1..*",
            description = "Run folders or folders of runs, then the question.")
    private List<String> words;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "How the answer is written.")
    private AnswerFormat format = AnswerFormat.table;

    @Mixin
    private JsonOption json;

    CommandQuery(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (words.size() < 2) {
            throw new IllegalArgumentException(
                    "a run and a question are needed: adamscope query RUN… \"select …\"; given is '" + words.getFirst()
                            + "'");
        }
        List<Path> places =
                words.subList(0, words.size() - 1).stream().map(Path::of).toList();
        try (RunQuery query = RunQuery.over(places)) {
            Answer answer = Answer.to(console, json.wanted ? AnswerFormat.json : format);
            query.run(words.getLast(), answer);
            answer.end();
        }
        return ExitCode.DONE;
    }
}
