package adamscope.cli;

import adamscope.corpus.Benchmark;
import adamscope.corpus.Corpus;
import adamscope.corpus.JudgedRun;
import adamscope.corpus.RealBenchmark;
import adamscope.diagnosis.Diagnosis;
import adamscope.log.LabelFile;
import adamscope.log.LogReader;
import adamscope.log.NameMap;
import adamscope.regime.RunLog;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/// How often a diagnosis is right: on the corpus, and on labelled logs.
final class DiagnosisMeasure {
    private static final int MOST = 1000;

    private DiagnosisMeasure() {}

    /// The figures on so many runs of each cause of the test half.
    static List<String> ofCorpus(int each) {
        if (each < 1 || each > MOST) {
            throw new IllegalArgumentException("--measure " + each + " is outside [1, " + MOST + "]");
        }
        return Benchmark.of(Corpus.Half.TEST, each).lines();
    }

    /// The figures on the labelled logs of a folder.
    static List<String> of(Path folder, NameMap names, BiFunction<RunLog, Path, Diagnosis> diagnosing) {
        return new RealBenchmark(LabelFile.read(folder).stream()
                        .map(label -> {
                            Path path = folder.resolve(label.file());
                            return JudgedRun.of(
                                    label,
                                    LogReader.read(path, names).stream()
                                            .map(log -> diagnosing.apply(log, path))
                                            .toList());
                        })
                        .toList())
                .lines();
    }
}
