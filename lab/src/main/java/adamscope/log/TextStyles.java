package adamscope.log;

/// Trainers that are told by the keys of their rows.
final class TextStyles {
    private TextStyles() {}

    /// Whether a row's loss is the mean since the row before, as Megatron, fairseq, Hugging Face, LLaMA-Factory and
    /// mmdetection print it.
    static boolean average(LineScan scan) {
        boolean learningRate = false;
        boolean epoch = false;
        boolean quoted = false;
        for (int pair = 0; pair < scan.pairs(); pair++) {
            String key = scan.key(pair);
            switch (key) {
                case "number of skipped iterations", "num_updates", "data_time" -> {
                    return true;
                }
                case "learning_rate" -> learningRate = true;
                case "epoch" -> epoch = true;
                default -> {}
            }
            int before = scan.keyFrom(pair) - 1;
            quoted |= before >= 0 && (scan.bytes()[before] == '\'' || scan.bytes()[before] == '"');
        }
        return learningRate && epoch && quoted;
    }
}
